import assert from 'node:assert/strict';
import { allCodes } from '../../../src/chat/catalogue';
import { c2cAddress, type C2cAddress } from '../../../src/chat/address';
import type { MessageContent } from '../../../src/chat/chatMessage';
import type { RevisionOutcome } from '../../../src/journal/revision';
import { importAccounts } from '../../../src/modify/accountImport';
import { readFault } from '../../../src/sandbox/http/faults';
import { MODIFY, text } from '../../support/modifyCase';
import { ModifyWorld, type Window } from '../../support/modifyWorld';

const RECALL = 'openim/admin_msgwithdraw';
const IMPORT = 'im_open_login_svc/account_import';

/** By hand: what is documented to have done nothing, and may be done later. */
const notDone = new Set([
  ...[2480, 10006, 10023, 10049, 10056, 20027, 20028, 22006, 30008, 60007, 60011, 60018, 60019, 72010, 90057],
]);

/** By hand: internal errors and time-outs, which promise nothing, and a request that waits. Two of them nobody documented. */
const doubtful = new Set([
  ...[10002, 20004, 20005, 20018, 30006, 30007, 30539, 40006, 50004, 50005, 51007, 60008, 60013, 60014],
  ...[70169, 70202, 70500, 90992, 90994, 90995, 91000, 100001, 110007, 19999, 424242],
]);

/** By hand: what a webhook or the moderation says before a message is sent, and after one was modified. */
const afterModifying = new Set([20006, 80001, 80003, 80004, 120001, 125000]);

const codes = [...new Set([...allCodes().map(({ code }) => code), 19999, 125000, 424242])].filter(Boolean);

/** Codes that the client itself heals with a new signature. */
const healed = new Set([20002, 70001, 70052]);

type Kind = 'refused' | 'notDone' | 'doubt';

function kindOf(code: number, command: string): Kind {
  if (notDone.has(code)) return 'notDone';
  const late = command === MODIFY && afterModifying.has(code);
  return doubtful.has(code) || late ? 'doubt' : 'refused';
}

describe('Every code, before and after the change', () => {
  let world: ModifyWorld;
  let window: Window;
  let calls: string[];
  let round = 0;

  beforeEach(async () => {
    world = await ModifyWorld.start([text('old')]);
    window = await world.open();
    window.line.onRequest = ({ command }) => {
      calls.push(command);
      return 'pass';
    };
    calls = [];
  });
  afterEach(() => world.stop());

  function fault(command: string, code: number, when: 'before' | 'after', times?: number): void {
    const { faults } = world.sandbox.sandbox;
    faults.clear();
    calls = [];
    faults.add(readFault({ command, kind: 'code', code, when, ...(times && { times }) }).fault);
  }

  const called = (command: string): number => calls.filter((call) => call === command).length;

  async function lastRevision(): Promise<RevisionOutcome> {
    const [last] = await window.journal.list({ limit: 1 });
    assert.ok(last);
    return last.outcome;
  }

  const run = async (address: C2cAddress, content: MessageContent): Promise<string> => {
    const outcome = await window.modifier.run(
      {
        connection: world.connection('sandbox'),
        client: window.client,
        address,
        text: `{"MsgBody":${content.msgBody}}`,
        base: world.content(address),
      },
      {
        problems: () => Promise.resolve('cancel'),
        conflict: () => assert.fail('a conflict with ourselves'),
        unreadable: () => Promise.resolve('cancel'),
        confirm: () => Promise.resolve('modify'),
      },
    );
    return outcome.kind;
  };

  it('a modify ends as done, or as refused where nothing was done', async () => {
    const address = world.addresses[0]!;
    for (const code of codes) {
      const kind = kindOf(code, MODIFY);
      const tries = { refused: healed.has(code) ? 2 : 1, notDone: 5, doubt: 3 }[kind];
      // Again and again before the change: nothing is there, and it is said so.
      const was = world.content(address);
      fault(MODIFY, code, 'before');
      assert.equal(await run(address, text(`never ${(round += 1)}`)), 'refused', `${code} before`);
      assert.deepEqual([called(MODIFY), (await lastRevision()).state], [tries, 'refused'], `${code} before`);
      assert.equal((await lastRevision()).code, code);
      assert.deepEqual(world.content(address), was, `${code} before`);
      if (kind === 'refused') continue;
      // Once before the change: it is tried again.
      const second = text(`second ${(round += 1)}`);
      fault(MODIFY, code, 'before', 1);
      assert.equal(await run(address, second), 'done', `${code} once before`);
      assert.deepEqual([called(MODIFY), (await lastRevision()).state], [2, 'done'], `${code} once before`);
      assert.deepEqual(world.content(address), second);
      // After the change: it is there, and not done twice.
      const first = text(`first ${(round += 1)}`);
      fault(MODIFY, code, 'after');
      assert.equal(await run(address, first), 'done', `${code} after`);
      assert.deepEqual([called(MODIFY), (await lastRevision()).state], [1, 'done'], `${code} after`);
      assert.deepEqual(world.content(address), first);
    }
  });

  it('a doubtful modify whose message cannot be read is unknown, and is settled by what is there', async () => {
    const address = world.addresses[0]!;
    for (const when of ['before', 'after'] as const) {
      for (const code of [60008, 60014, 90994, 424242]) {
        const mine = text(`${when} ${(round += 1)}`);
        fault(MODIFY, code, when);
        window.line.onRequest = ({ command }) => {
          calls.push(command);
          return calls.includes(MODIFY) && command !== MODIFY ? 'gatewayBefore' : 'pass';
        };
        assert.equal(await run(address, mine), 'unknown', `${code} ${when}`);
        assert.equal((await lastRevision()).state, 'unknown');
        window.line.onRequest = () => 'pass';
        await window.modifier.settle(() => Promise.resolve(window.client));
        assert.equal((await lastRevision()).state, when === 'after' ? 'done' : 'notDone', `${code} ${when}`);
      }
    }
  });

  it('a recall ends as done, or as refused where nothing was done', async () => {
    const { store } = world.sandbox;
    const [{ from, to, key }] = world.addresses as [C2cAddress];
    const [seq = 0, random = 0, time = 0] = key.split('_').map(Number);
    const recall = async (): Promise<[kind: string, address: C2cAddress, state: string]> => {
      // A new message each time: what was recalled stays so.
      round += 1;
      const parts = { seq: seq + round, random: random + round, time: time + round };
      store.change({ kind: 'message', message: { from, to, ...parts, body: '[]' } });
      const address = c2cAddress(from, to, `${parts.seq}_${parts.random}_${parts.time}`);
      const outcome = await window.modifier.recall(
        { connection: world.connection('sandbox'), client: window.client, address },
        { unreadable: () => Promise.resolve('cancel'), confirm: () => Promise.resolve('recall') },
      );
      return [outcome.kind, address, (await lastRevision()).state];
    };
    const isRecalled = (address: C2cAddress): boolean => store.message(address)?.flags === 8;
    for (const code of codes) {
      const kind = kindOf(code, RECALL);
      fault(RECALL, code, 'before');
      const [ended, address, state] = await recall();
      // Recalled before is what was wanted; one that is not there is said to be gone.
      const special = { 20023: 'done', 20022: 'gone', 20026: 'gone', 10030: 'gone' }[code];
      assert.equal(ended, special ?? 'refused', `${code} before`);
      assert.equal(state, code === 20023 ? 'done' : 'refused', `${code} before`);
      assert.ok(!isRecalled(address), `${code} before`);
      if (kind === 'refused') continue;
      fault(RECALL, code, 'before', 1);
      const again = await recall();
      assert.deepEqual([again[0], again[2], called(RECALL)], ['done', 'done', 2], `${code} once before`);
      assert.ok(isRecalled(again[1]), `${code} once before`);
      fault(RECALL, code, 'after');
      const after = await recall();
      assert.deepEqual([after[0], after[2], called(RECALL)], ['done', 'done', 1], `${code} after`);
      assert.ok(isRecalled(after[1]), `${code} after`);
    }
  });

  it('an import of an account ends as done, or as refused where nothing was done', async () => {
    const { store } = world.sandbox;
    const bring = async (): Promise<[kind: string, userId: string]> => {
      const userId = `user-${(round += 1)}`;
      const { kind } = await importAccounts(window.client, [userId], { timing: window.timing });
      return [kind, userId];
    };
    const isThere = (userId: string): boolean => store.account(userId) !== undefined;
    for (const code of codes) {
      const kind = kindOf(code, IMPORT);
      fault(IMPORT, code, 'before');
      const [ended, userId] = await bring();
      assert.deepEqual([ended, isThere(userId)], ['refused', false], `${code} before`);
      if (kind === 'refused') continue;
      fault(IMPORT, code, 'before', 1);
      const [again, second] = await bring();
      assert.deepEqual([again, isThere(second), called(IMPORT)], ['done', true, 2], `${code} once before`);
      fault(IMPORT, code, 'after');
      const [after, first] = await bring();
      assert.deepEqual([after, isThere(first), called(IMPORT)], ['done', true, 1], `${code} after`);
    }
    fault('im_open_login_svc/multiaccount_import', 60008, 'after', 1);
    const both = await importAccounts(window.client, ['erin', 'frank'], { timing: window.timing });
    assert.deepEqual(both, { kind: 'done', failed: [] });
    fault('*', 60008, 'after');
    assert.equal((await importAccounts(window.client, ['gina'], { timing: window.timing })).kind, 'unknown');
  });
});
