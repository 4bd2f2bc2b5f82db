import assert from 'node:assert/strict';
import type { C2cAddress } from '../../../src/chat/address';
import type { MessageContent } from '../../../src/chat/chatMessage';
import type { Environment } from '../../../src/journal/revision';
import type { RecallOutcome, RecallQuestions } from '../../../src/modify/recall';
import { ModifyWorld, type Window } from '../../support/modifyWorld';
import type { LineAction } from '../../support/faultyLine';

const READ = 'openim/admin_getroammsg';
const RECALL = 'openim/admin_msgwithdraw';

describe('Recalling', () => {
  const base: MessageContent = { msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"old"}}]' };
  let world: ModifyWorld;
  let window: Window;
  let address: C2cAddress;
  let asked: string[];
  let commands: string[];

  beforeEach(async () => {
    world = await ModifyWorld.start([base]);
    window = await world.open();
    address = world.addresses[0]!;
    asked = [];
    commands = [];
    line();
  });
  afterEach(() => world.stop());

  /** The line does this to the next recalls. */
  const line = (...actions: LineAction[]): void => {
    window.line.onRequest = ({ command }) => {
      commands.push(command);
      return command === RECALL ? (actions.shift() ?? 'pass') : 'pass';
    };
  };
  const run = (
    environment: Environment = 'sandbox',
    over: Partial<RecallQuestions> = {},
  ): Promise<RecallOutcome> =>
    window.modifier.recall(
      { connection: world.connection(environment), client: window.client, address },
      {
        unreadable: () => Promise.resolve('cancel'),
        confirm: ({ before }) => {
          asked.push(before?.msgBody ?? 'no copy');
          return Promise.resolve('recall');
        },
        ...over,
      },
    );
  const isRecalled = (): boolean => world.sandbox.store.message(address)?.flags === 8;
  const states = async (): Promise<string[]> =>
    (await window.journal.list()).map(({ action, outcome: { state } }) => `${action} ${state}`);

  it('journals the content, recalls, and finds it recalled the second time', async () => {
    assert.equal((await run()).kind, 'done');
    assert.equal(isRecalled(), true);
    const [revision] = await window.journal.list();
    assert.deepEqual([revision?.action, revision?.before, revision?.intent], ['recall', base, {}]);
    assert.equal(revision?.outcome.state, 'done');
    assert.deepEqual(await run(), { kind: 'gone', why: 'recalled' });
    assert.deepEqual(asked, []);
  });

  it('asks in test and production every time, and in a sandbox as the window says', async () => {
    for (const environment of ['test', 'test', 'production', 'production'] as const) {
      const outcome = await run(environment, {
        confirm: ({ connection }) => {
          asked.push(connection.environment);
          return Promise.resolve('cancel');
        },
      });
      assert.deepEqual(outcome, { kind: 'cancelled', at: 'asking' });
    }
    assert.deepEqual(asked, ['test', 'test', 'production', 'production']);
    // Whatever was confirmed before for modifying.
    window = await world.open({ asksInTest: false, asksForGood: true });
    asked = [];
    await run('sandbox', { confirm: () => Promise.resolve('cancel') });
    await run('test');
    assert.deepEqual(asked, [base.msgBody]);
    assert.equal(isRecalled(), true);
  });

  it('recalls nothing when the answer is no', async () => {
    const outcome = await run('production', { confirm: () => Promise.resolve('cancel') });
    assert.deepEqual(outcome, { kind: 'cancelled', at: 'asking' });
    assert.deepEqual(await states(), []);
    assert.equal(isRecalled(), false);
    assert.equal((await run('production')).kind, 'done');
    assert.deepEqual(asked, [base.msgBody]);
  });

  it('keeps what the message is when it is recalled, not what it was when it was asked', async () => {
    const theirs = { msgBody: '[]' };
    const confirm: RecallQuestions['confirm'] = () => {
      world.change(address, theirs);
      return Promise.resolve('recall');
    };
    assert.equal((await run('production', { confirm })).kind, 'done');
    assert.deepEqual((await window.journal.list())[0]?.before, theirs);
  });

  it('finds out after a lost answer, and tries again when nothing was done', async () => {
    line('dropBefore', 91000, 'dropAfter');
    assert.equal((await run()).kind, 'done');
    assert.equal(commands.filter((command) => command === RECALL).length, 3);
    assert.deepEqual(await states(), ['recall done']);
  });

  it('takes a message that somebody recalled meanwhile for recalled', async () => {
    line(20023);
    assert.equal((await run()).kind, 'done');
  });

  it('says what the service refuses', async () => {
    line(90009);
    const outcome = await run();
    assert.equal(outcome.kind === 'refused' && outcome.error.code, 90009);
    line(20022);
    assert.deepEqual(await run(), { kind: 'gone', why: 'gone' });
  });

  it('is settled after a crash', async () => {
    const begin = () =>
      window.journal.begin({
        action: 'recall',
        connection: world.connection('test'),
        address,
        before: base,
        intent: {},
      });
    const settle = async (): Promise<string[]> =>
      (await window.modifier.settle(() => Promise.resolve(window.client))).settled.map(
        ({ outcome }) => outcome.state,
      );
    await begin();
    assert.deepEqual(await settle(), ['notDone']);
    await begin();
    await window.client.recallMessage(address);
    assert.deepEqual(await settle(), ['done']);
    assert.ok(commands.includes(READ));
  });
});
