import assert from 'node:assert/strict';
import { settleDoubts, type SettlingRooms } from '../../../src/app/settling';
import { c2cAddress } from '../../../src/chat/address';
import { Journal } from '../../../src/journal/journal';
import type { RevisionConnection, RevisionEntry } from '../../../src/journal/revision';
import { text } from '../../support/modifyCase';
import { TornFiles } from '../../support/tornFiles';

describe('What is in doubt when the extension starts', () => {
  const connection = (id: string): RevisionConnection => ({
    ...{ id, name: 'Test app', endpoint: 'https://console.tim.qq.com', sdkAppId: 1400000000 },
    ...{ administrator: 'administrator', environment: 'test' },
  });
  const request = { command: 'openim/sendmsg', body: '{}', document: '0123456789abcdef' };
  const change = (id: string): RevisionEntry => ({
    ...{
      action: 'modify',
      connection: connection(id),
      address: c2cAddress('alice', 'bob', '1_2_1700000000'),
    },
    ...{ before: text('old'), intent: text('new') },
  });
  const send = (id: string): RevisionEntry => ({ ...change(id), action: 'send', before: null, request });
  const imported = (id: string): RevisionEntry => ({
    ...change(id),
    action: 'import',
    before: null,
    item: 0,
  });
  const plan = 'fedcba9876543210';
  type Doubts = 'changes' | 'sends' | 'imports';

  let journal: Journal;
  let settled: string[];
  let reported: unknown[];
  const report = (error: unknown): void => void reported.push(error);

  beforeEach(() => {
    journal = new Journal('/journal', { layer: new TornFiles() });
    settled = [];
    reported = [];
  });

  /** The rooms, of which some cannot settle. */
  function rooms(failing?: Doubts): SettlingRooms {
    const settle =
      (what: Doubts) =>
      (id = 'all') => {
        settled.push(`${what} of ${id}`);
        return what === failing ? Promise.reject(new Error(`no ${what}`)) : Promise.resolve();
      };
    return {
      journal: { load: () => Promise.resolve({ journal }) },
      modifying: { load: () => Promise.resolve({ doubts: { settle: settle('changes') } }) },
      sending: { load: () => Promise.resolve({ settle: settle('sends') }) },
      planning: { load: () => Promise.resolve({ plans: { settleImports: settle('imports') } }) },
    };
  }

  it('is settled, changes and sendings alike, each only where there is one', async () => {
    await settleDoubts(rooms(), report);
    assert.deepEqual(settled, []);
    await journal.begin(send('one'));
    await settleDoubts(rooms(), report);
    assert.deepEqual(settled, ['sends of all']);
    await journal.begin(change('two'));
    await settleDoubts(rooms(), report);
    assert.deepEqual(settled.slice(1).sort(), ['changes of all', 'sends of all']);
    settled = [];
    await journal.beginMany(plan, [imported('three')]);
    await settleDoubts(rooms(), report, 'three');
    assert.deepEqual(settled, ['imports of three']);
    assert.deepEqual(reported, []);
  });

  it('is settled for the connection that has its secret back', async () => {
    await journal.begin(send('one'));
    await journal.begin(change('two'));
    await settleDoubts(rooms(), report, 'one');
    await settleDoubts(rooms(), report, 'two');
    assert.deepEqual(settled, ['sends of one', 'changes of two']);
  });

  for (const failing of ['changes', 'sends', 'imports'] as const) {
    it(`is settled also where ${failing} cannot be, and that is told`, async () => {
      await journal.begin(send('one'));
      await journal.begin(change('one'));
      await journal.beginMany(plan, [imported('one')]);
      await settleDoubts(rooms(failing), report, 'one');
      assert.deepEqual(settled.sort(), ['changes of one', 'imports of one', 'sends of one']);
      assert.deepEqual(
        reported.map((error) => (error as Error).message),
        [`no ${failing}`],
      );
    });
  }
});
