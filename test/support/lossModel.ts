import assert from 'node:assert/strict';
import { sameAddress, type MessageAddress } from '../../src/chat/address';
import type { MessageContent } from '../../src/chat/chatMessage';
import { DraftStore, type DraftProblem, type MessageState } from '../../src/documents/draftStore';
import { intendedContent, type Revision } from '../../src/journal/revision';
import { sameContent, sameJson } from '../../src/message/changes';
import type { ModifyOutcome } from '../../src/modify/modifyRequest';
import type { Command, Plan } from './lossPlans';
import { includes, type ModifyWorld, type OwnChange, type Window } from './modifyWorld';

/** Figures of a whole run of the model. */
export interface Figures {
  commands: number;
  modifies: number;
  overwritten: number;
  faults: number;
  foreignChanges: number;
  deaths: number;
  powerCuts: number;
  restarts: number;
  settled: number;
  contentsChecked: number;
  readonly outcomes: Map<string, number>;
}

export function newFigures(): Figures {
  return {
    commands: 0,
    modifies: 0,
    overwritten: 0,
    faults: 0,
    foreignChanges: 0,
    deaths: 0,
    powerCuts: 0,
    restarts: 0,
    settled: 0,
    contentsChecked: 0,
    outcomes: new Map(),
  };
}

const readCalls: ReadonlySet<string> = new Set([
  'openim/admin_getroammsg',
  'group_open_http_svc/group_msg_get_simple',
]);
const modifyCalls: ReadonlySet<string> = new Set(['openim/modify_c2c_msg', 'openim/modify_group_msg']);

/** What a run may overwrite because somebody said so. */
interface Permission {
  readonly address: MessageAddress;
  readonly contents: MessageContent[];
  withoutCopy: boolean;
}

/**
 * A person with two messages: edits, modifies, is interfered with, loses windows and power; and the laws that hold
 * after every step, whatever happens.
 */
export class LossModel {
  private window!: Window;
  private drafts!: DraftStore;
  private readonly states: MessageState[] = [];
  /** The latest text a person saved for each message. */
  private readonly saved: (string | undefined)[] = [];
  private readonly violations: string[] = [];
  private readonly draftProblems: DraftProblem[] = [];
  private permission: Permission | undefined;
  /** Ids of revisions whose change reached the service. */
  private readonly landed = new Set<string>();
  private texts = 0;

  constructor(
    private readonly world: ModifyWorld<MessageAddress>,
    private readonly random: () => number,
    private readonly figures: Figures,
  ) {
    world.onOwnChange = (change) => this.judge(change);
  }

  async run(commands: readonly Command[]): Promise<void> {
    await this.start();
    for (const [index, address] of this.world.addresses.entries()) {
      this.states[index] = this.stateOf(address, this.world.content(address), null);
    }
    for (const command of commands) {
      this.figures.commands += 1;
      await this.carryOut(command);
      assert.deepEqual(this.violations, []);
      await this.checkLaws();
    }
    await this.restart(false);
    await this.checkLaws();
    assert.deepEqual(await this.window.journal.unfinished(), [], 'something is left in doubt');
  }

  private async carryOut(command: Command): Promise<void> {
    switch (command.kind) {
      case 'edit':
        return this.edit(command.message, command.member);
      case 'foreign':
        this.interfere(command.message, command.member, command.copies);
        return;
      case 'modify':
        return this.modify(command.message, command.plan);
      case 'restart':
        return this.restart(command.powerCut);
    }
  }

  private async edit(index: number, member: 'body' | 'cloud' | 'both'): Promise<void> {
    const state = this.states[index]!;
    const { msgBody, cloudCustomData } = { ...state.base, ...this.fresh('mine', member) };
    const draft = `{ "MsgBody": ${msgBody ?? '[]'}, "CloudCustomData": ${cloudCustomData ?? '""'} }`;
    await this.keep(index, { ...state, draft });
    this.saved[index] = draft;
  }

  private interfere(index: number, member: 'body' | 'cloud', copies: boolean): void {
    const address = this.world.addresses[index]!;
    const draft = this.states[index]?.draft;
    // A colleague may well make the very change that a draft holds.
    const content = copies && draft ? contentOfDraft(draft) : this.fresh('theirs', member);
    this.figures.foreignChanges += 1;
    this.world.change(address, content);
  }

  private async modify(index: number, plan: Plan): Promise<void> {
    const { world, window, figures } = this;
    const address = world.addresses[index]!;
    if (this.states[index]!.draft === null) await this.edit(index, plan.member);
    const state = this.states[index]!;
    figures.modifies += 1;
    const permission: Permission = { address, contents: [state.base], withoutCopy: false };
    this.permission = permission;
    const before = world.ownChanges.length;
    const foreignBefore = figures.foreignChanges;
    const cancel = new AbortController();
    let moments = 0;
    const moment = async (): Promise<void> => {
      await window.life.step();
      if (plan.foreignAt.includes(moments))
        this.interfere(index, this.random() < 0.5 ? 'body' : 'cloud', false);
      if (plan.cancelAt === moments) cancel.abort();
      moments += 1;
    };
    const line = [...plan.line];
    window.line.onRequest = async ({ command }) => {
      // Between its reading and its call nobody can tell the tool: there only the service's own check helps.
      if (readCalls.has(command)) await moment();
      else await window.life.step();
      const action = line.shift() ?? 'pass';
      if (action !== 'pass') figures.faults += 1;
      return action;
    };
    window.line.onCarriedOut = async ({ command }) => {
      if (modifyCalls.has(command)) await moment();
    };
    if (plan.dieAt !== undefined) window.life.endAfter(plan.dieAt);
    const choices = [...plan.conflict];
    const outcome = await Promise.race([
      window.life.death,
      window.modifier.run(
        {
          connection: world.connection(plan.environment),
          client: window.client,
          address,
          text: state.draft!,
          base: state.base,
        },
        {
          problems: () => Promise.resolve('sendAnyway'),
          conflict: async ({ service }) => {
            await moment();
            const choice = choices.shift() ?? 'cancel';
            if (choice === 'keepMine') permission.contents.push(service);
            return choice;
          },
          unreadable: async () => {
            await moment();
            permission.withoutCopy = plan.unreadable === 'withoutCopy';
            return plan.unreadable;
          },
          confirm: async ({ after }) => {
            await moment();
            assert.ok(
              sameContent(after, { ...after, ...contentOfDraft(state.draft!) }),
              'not what is in the draft',
            );
            return 'modify';
          },
        },
        { signal: cancel.signal },
      ),
    ]);
    window.life.goOn();
    if (outcome === 'dead') {
      figures.deaths += 1;
      count(figures.outcomes, 'dead');
      await this.restart(plan.powerCut);
      return;
    }
    count(figures.outcomes, outcome.kind);
    this.permission = undefined;
    this.window.line.onRequest = () => 'pass';
    this.window.line.onCarriedOut = () => undefined;
    if (figures.foreignChanges === foreignBefore)
      this.checkOutcome(outcome, world.ownChanges.slice(before), address);
    await this.follow(index, outcome);
  }

  /** Without interference the outcome must tell exactly what happened. */
  private checkOutcome(outcome: ModifyOutcome, changes: readonly OwnChange[], address: MessageAddress): void {
    const told = JSON.stringify(outcome);
    switch (outcome.kind) {
      case 'done':
        assert.ok(changes.length > 0, told);
        assert.ok(sameContent(outcome.content, this.world.content(address)), told);
        return;
      case 'unknown':
        return;
      case 'busy':
        assert.fail('a lock was left behind');
        return;
      case 'refused':
      case 'cancelled':
      case 'nothingToDo':
      case 'conflict':
      case 'gone':
      case 'invalid':
      case 'unreachable':
        assert.equal(changes.length, 0, told);
    }
  }

  /** What the shell does with an outcome: it moves the base. */
  private async follow(index: number, outcome: ModifyOutcome): Promise<void> {
    const state = this.states[index]!;
    if (outcome.kind === 'done' || (outcome.kind === 'nothingToDo' && outcome.content)) {
      // What a colleague wrote first is the colleague's, and no longer ours to keep.
      if (outcome.kind === 'nothingToDo') this.saved[index] = undefined;
      await this.keep(index, { ...state, base: outcome.content!, draft: null });
    } else if (outcome.kind === 'conflict' && outcome.choice === 'mergeByHand') {
      await this.keep(index, { ...state, base: outcome.service });
    } else if (outcome.kind === 'conflict' && outcome.choice === 'takeService') {
      // The person gives the draft up.
      this.saved[index] = undefined;
      await this.keep(index, { ...state, base: outcome.service, draft: null });
    }
  }

  private async restart(powerCut: boolean): Promise<void> {
    this.window.life.end();
    this.figures.restarts += 1;
    if (powerCut) {
      this.figures.powerCuts += 1;
      this.world.disk.recover(this.random);
    }
    this.permission = undefined;
    await this.start();
    for (const [index, address] of this.world.addresses.entries()) {
      const found = await this.drafts.read({ connectionId: 'c0ffee', address });
      // A state that was never written is read from the service when the message is opened.
      this.states[index] = found ?? this.stateOf(address, this.world.content(address), null);
    }
    const doubtful = await this.window.journal.unfinished();
    const { settled, left } = await this.window.modifier.settle(() => Promise.resolve(this.window.client));
    assert.deepEqual(left, []);
    assert.equal(settled.length, doubtful.length);
    this.figures.settled += settled.length;
    for (const revision of settled) await this.checkSettled(revision);
  }

  private async checkSettled(revision: Revision): Promise<void> {
    const landed = this.landed.has(revision.id);
    const { state, readBack } = revision.outcome;
    const now = this.world.content(revision.address);
    if (state === 'notDone') {
      assert.ok(!landed || !ours(revision, now), 'done, and settled as not done');
    } else if (state === 'done') {
      assert.ok(ours(revision, now) || landed, 'settled as done, and is not there');
    } else {
      assert.equal(state, 'foreign');
      assert.ok(!ours(revision, now), 'ours, and settled as foreign');
    }
    const index = this.world.addresses.findIndex((address) => sameAddress(address, revision.address));
    const held = this.states[index]!;
    if (state === 'done' && readBack && held.draft !== null && ours(revision, contentOfDraft(held.draft))) {
      await this.keep(index, { ...held, base: readBack, draft: null });
    }
  }

  /** At the moment at which the service changes: was it written down, and may it be overwritten? */
  private judge({ address, previous, next, journaled }: OwnChange): void {
    this.figures.overwritten += 1;
    const { permission } = this;
    const noted = journaled.find(
      (revision) =>
        sameContent({ ...previous, ...intendedContent(revision) }, next) && copyOf(revision, previous),
    );
    if (noted) this.landed.add(noted.id);
    else if (!permission?.withoutCopy) this.violations.push('modified without a journal entry before it');
    else {
      const without = journaled.find(
        ({ before, intent }) => before === null && sameContent({ ...previous, ...intent }, next),
      );
      if (without) this.landed.add(without.id);
      else this.violations.push('modified without a copy and without a journal entry before it');
      return;
    }
    if (!permission || !sameAddress(permission.address, address))
      this.violations.push('nobody asked for this');
    else if (!includes(permission.contents, previous) && !permission.withoutCopy) {
      this.violations.push(`foreign content overwritten unasked: ${JSON.stringify(previous)}`);
    }
  }

  private async checkLaws(): Promise<void> {
    const { world, window, figures } = this;
    assert.deepEqual(this.violations, []);
    const revisions = await window.journal.list();
    assert.deepEqual(window.problems, [], 'damaged journal files');
    assert.deepEqual(this.draftProblems, [], 'damaged drafts');
    const everything = [...world.disk.files().values()].join('\n');
    assert.ok(!everything.includes(world.sandbox.secretKey), 'the secret key is on the disk');
    for (const { address, previous, journaled } of world.ownChanges) {
      if (journaled.some(({ before }) => before === null)) continue;
      figures.contentsChecked += 1;
      const kept = revisions.some(
        (revision) => sameAddress(revision.address, address) && copyOf(revision, previous),
      );
      assert.ok(kept, `overwritten and not in the journal: ${JSON.stringify(previous)}`);
    }
    for (const [index, address] of world.addresses.entries()) {
      const text = this.saved[index];
      if (text === undefined) continue;
      figures.contentsChecked += 1;
      const content = contentOfDraft(text);
      const found =
        (await this.drafts.read({ connectionId: 'c0ffee', address }))?.draft === text ||
        sameContent({ ...world.content(address), ...content }, world.content(address)) ||
        revisions.some((revision) => sameAddress(revision.address, address) && ours(revision, content));
      assert.ok(found, `what was saved is nowhere: ${text}`);
    }
  }

  private async start(): Promise<void> {
    this.window = await this.world.open();
    this.drafts = new DraftStore('/drafts', {
      layer: this.world.disk,
      onProblem: (problem) => this.draftProblems.push(problem),
    });
  }

  private async keep(index: number, state: MessageState): Promise<void> {
    await this.drafts.write(state);
    this.states[index] = state;
  }

  private stateOf(address: MessageAddress, base: MessageContent, draft: string | null): MessageState {
    return { ref: { connectionId: 'c0ffee', address }, facts: undefined, base, draft, savedAt: 0 };
  }

  private fresh(whose: string, member: 'body' | 'cloud' | 'both'): MessageContent {
    this.texts += 1;
    const words = `${whose} ${this.texts}`;
    const msgBody = JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]);
    return {
      ...(member !== 'cloud' && { msgBody }),
      ...(member !== 'body' && { cloudCustomData: JSON.stringify(words) }),
    };
  }
}

function copyOf({ before }: Revision, content: MessageContent): boolean {
  return before !== null && sameContent(before, content);
}

/** True when what the revision sent is in the content. */
function ours({ intent }: Revision, content: MessageContent): boolean {
  const { msgBody, cloudCustomData } = intent;
  if (msgBody !== undefined && !sameJson(msgBody, content.msgBody)) return false;
  return cloudCustomData === undefined || sameJson(cloudCustomData, content.cloudCustomData);
}

function contentOfDraft(draft: string): MessageContent {
  const { MsgBody, CloudCustomData } = JSON.parse(draft) as { MsgBody: unknown; CloudCustomData: unknown };
  return { msgBody: JSON.stringify(MsgBody), cloudCustomData: JSON.stringify(CloudCustomData) };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
