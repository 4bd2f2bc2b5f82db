import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { MessageAddress } from '../../../src/chat/address';
import { outgoingOf } from '../../../src/outgoing/outgoing';
import type { SendOutcome } from '../../../src/sending/sendRequest';
import { textBody } from '../../support/groups';
import type { LineAction } from '../../support/faultyLine';
import { lineActions, rarely } from '../../support/lossPlans';
import { ModifyWorld } from '../../support/modifyWorld';
import { runs, soaks } from '../../support/runs';
import { SendingWindow, sendingCalls } from '../../support/sendWorld';
import { seededRandom } from '../../support/tornFiles';

/** What goes wrong while one document is sent. Steps are disk operations, requests, waits. */
interface Plan {
  readonly line: readonly LineAction[];
  readonly again: boolean;
  readonly dieAt: number | undefined;
  readonly powerCut: boolean;
  /** Whether the next window looks by itself before the person sends again. */
  readonly settles: boolean;
  readonly cancelAt: number | undefined;
}

/** The request to send is the first one, and it is its answer that is to be lost. */
const lines = fc
  .tuple(
    lineActions.filter((action) => action !== 'pass'),
    fc.array(lineActions, { maxLength: 5 }),
  )
  .map(([first, rest]) => [first, ...rest]);

const plans: fc.Arbitrary<Plan> = fc.record({
  line: lines,
  again: fc.boolean(),
  dieAt: rarely(fc.nat(50), 5),
  powerCut: fc.boolean(),
  settles: fc.boolean(),
  cancelAt: rarely(fc.nat(4), 2),
});

const body: unknown = JSON.parse(textBody('hello'));
const now = Math.floor(Date.now() / 1000);
const documents = fc.constantFrom<Record<string, unknown>>(
  { From_Account: 'alice', To_Account: 'bob' },
  { From_Account: 'bob', To_Account: 'bob' },
  { To_Account: 'bob', OnlineOnlyFlag: 1 },
  { From_Account: 'alice', To_Account: 'bob', SyncOtherMachine: 2, MsgLifeTime: 0 },
  { From_Account: 'alice', To_Account: ['bob', 'nobody'] },
  { From_Account: 'alice', To_Account: 'bob', SyncFromOldSystem: 2, MsgTimeStamp: now - 86_400 },
  { GroupId: 'g', TopicId: 't', From_Account: 'alice' },
  { GroupId: 'g', TopicId: 't', From_Account: 'alice', OnlineOnlyFlag: 1 },
  { GroupId: 'g', TopicId: 't', From_Account: 'bob', SendTime: now - 60 },
);

/** A person who sends one document until it is gone, and what holds whatever fails. */
class Run {
  /** Requests to send that the service carried out. */
  private carriedOut = 0;
  /** How often the person said that it may be sent again. */
  private allowed = 0;
  private own!: SendingWindow;

  constructor(
    private readonly world: ModifyWorld<MessageAddress>,
    private readonly members: Record<string, unknown>,
    private readonly random: () => number,
    private readonly figures: Map<string, number>,
  ) {}

  async run(steps: readonly Plan[]): Promise<void> {
    await this.start();
    const document = await this.own.write({ ...this.members, MsgBody: body });
    for (const plan of [...steps, CALM, CALM]) await this.send(document, plan);
    this.count(`sent ${this.carriedOut}`);
    // A topic takes no import older than its last message; everything else has arrived at last.
    const isSent = this.carriedOut > 0;
    assert.equal(
      await this.own.unsent.has(document),
      !isSent,
      'a document that was sent stays, or the other way round',
    );
  }

  private async send(document: string, plan: Plan): Promise<void> {
    this.count('attempts');
    const { window } = this.own;
    const line = [...plan.line];
    const cancel = new AbortController();
    let requests = 0;
    window.line.onRequest = async ({ command, body: text }) => {
      await window.life.step();
      if (plan.cancelAt === requests) cancel.abort();
      requests += 1;
      const action = line.shift() ?? 'pass';
      if (action !== 'pass') this.count('faults');
      const isStopped = typeof action === 'number' || action === 'dropBefore' || action === 'gatewayBefore';
      if (sendingCalls.has(command) && !isStopped) {
        this.judge(text);
        this.carriedOut += 1;
      }
      return action;
    };
    const before = this.carriedOut;
    const isThere = await this.own.unsent.has(document);
    if (plan.dieAt !== undefined) window.life.endAfter(plan.dieAt);
    const outgoing = outgoingOf(JSON.stringify({ ...this.members, MsgBody: body }));
    const outcome = await Promise.race([
      window.life.death,
      this.own.send(
        document,
        () => {
          if (plan.again) this.allowed += 1;
          return Promise.resolve(plan.again ? 'send' : 'cancel');
        },
        { signal: cancel.signal, outgoing },
      ),
    ]);
    window.life.goOn();
    window.line.onRequest = () => 'pass';
    this.count(outcome === 'dead' ? 'dead' : outcome.kind);
    assert.ok(this.carriedOut <= 1 + this.allowed, 'sent twice unasked');
    if (outcome === 'dead') return this.restart(plan);
    assert.deepEqual(this.own.troubles, []);
    assert.equal(outcome.kind === 'gone', !isThere);
    await this.check(outcome, this.carriedOut - before);
  }

  /** What is told must be what happened. */
  private async check(outcome: SendOutcome, done: number): Promise<void> {
    switch (outcome.kind) {
      case 'done':
      case 'earlier':
        assert.ok(this.carriedOut > 0, 'told as sent, and is not');
        if (this.members.OnlineOnlyFlag === 1) return;
        for (const address of outcome.addresses)
          assert.ok(await this.own.window.client.findMessage(address), 'told as sent, and not there');
        return;
      case 'unknown':
        return;
      case 'refused':
        // Refused by the service itself, which the line counts as carried out.
        this.carriedOut -= done;
        return;
      case 'busy':
        assert.fail('a lock was left behind');
        return;
      case 'absent':
        this.carriedOut -= done;
        assert.ok(done === 0 || this.isRefusedBySandbox(), 'told as not sent, and is');
        return;
      default:
        assert.equal(done, 0, outcome.kind);
    }
  }

  /** An import into a topic that has a newer message is not taken, and its answer may be lost too. */
  private isRefusedBySandbox(): boolean {
    return this.members.SendTime !== undefined;
  }

  /** At the moment at which it leaves, the disk holds what is sent, with its end open. */
  private judge(text: string): void {
    const kept = [...this.world.disk.files()].some(
      ([file, content]) => file.includes('/unfinished/') && content.includes(JSON.stringify(text)),
    );
    assert.ok(kept, 'sent without a journal entry before it');
  }

  private async restart({ powerCut, settles }: Plan): Promise<void> {
    this.own.window.life.end();
    if (powerCut) this.world.disk.recover(this.random);
    await this.start();
    if (!settles) return;
    for (const { kind } of await this.own.settle()) {
      this.count(`settled ${kind}`);
      if (kind === 'done') assert.ok(this.carriedOut > 0, 'settled as sent, and is not');
      else assert.ok(this.carriedOut === 0 || this.isRefusedBySandbox(), 'settled as not sent, and is');
    }
  }

  private async start(): Promise<void> {
    this.own = new SendingWindow(this.world, await this.world.open());
  }

  private count(what: string): void {
    this.figures.set(what, (this.figures.get(what) ?? 0) + 1);
  }
}

const CALM: Plan = {
  line: [],
  again: true,
  dieAt: undefined,
  powerCut: false,
  settles: true,
  cancelAt: undefined,
};

/** A soak tries to send each of so many documents four times and more on average. */
const DOCUMENTS = 2_500;
const ATTEMPTS = 10_000;

describe('Nothing is sent twice', function () {
  this.timeout(soaks ? 4 * 60 * 60 * 1000 : 360_000);

  it('whatever fails between call and answer, and whenever the window or the power goes', async () => {
    const figures = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(plans, { minLength: 1, maxLength: 4 }),
        fc.integer(),
        async (members, steps, seed) => {
          const world = await ModifyWorld.startMixed([]);
          try {
            await new Run(world, members, seededRandom(seed), figures).run(steps);
          } finally {
            await world.stop();
          }
        },
      ),
      { ...runs(50, DOCUMENTS), endOnFailure: true },
    );
    // A run that never gets to the interesting places proves nothing.
    const rare = soaks ? ['earlier', 'refused', 'settled done', 'settled absent'] : [];
    for (const what of ['faults', 'dead', 'done', 'absent', 'unknown', ...rare])
      assert.ok(figures.has(what), `never ${what}`);
    const attempts = figures.get('attempts') ?? 0;
    assert.ok(!soaks || attempts >= ATTEMPTS, `only ${attempts} attempts`);
    if (soaks) console.log(`        ${JSON.stringify({ sentTwice: 0, ...Object.fromEntries(figures) })}`);
  });
});
