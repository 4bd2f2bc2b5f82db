import assert from 'node:assert/strict';
import type { MessageContent } from '../../../src/chat/chatMessage';
import type { LineAction } from '../../support/faultyLine';
import { base, expectKind, mine, MODIFY, ModifyCase, text } from '../../support/modifyCase';

describe('Settling what is in doubt', () => {
  let t: ModifyCase;

  beforeEach(async () => {
    t = await ModifyCase.start();
  });
  afterEach(() => t.stop());

  const begin = (intent: MessageContent, before: MessageContent | null = base) =>
    t.window.journal.begin({
      action: 'modify',
      connection: t.world.connection('production'),
      address: t.address,
      before,
      intent,
    });
  const settle = async (): Promise<string[]> => {
    const { settled } = await t.window.modifier.settle(() => Promise.resolve(t.window.client));
    return settled.map(({ outcome: { state, info } }) => (info === undefined ? state : `${state} ${info}`));
  };
  const { msgBody = '' } = mine;

  it('tells done, not done, and changed by somebody else', async () => {
    await begin({ msgBody });
    assert.deepEqual(await settle(), ['notDone']);
    await begin({ msgBody });
    t.world.change(t.address, mine);
    assert.deepEqual(await settle(), ['done']);
    await begin({ msgBody });
    t.world.change(t.address, text('theirs'));
    assert.deepEqual(await settle(), ['foreign']);
    assert.deepEqual(await settle(), []);
  });

  it('tells of messages that are recalled or gone', async () => {
    await begin({ msgBody });
    t.world.sandbox.store.change({ kind: 'recalled', ...t.address });
    assert.deepEqual(await settle(), ['foreign recalled']);
    await begin({ msgBody });
    for (const owner of [t.address.from, t.address.to]) {
      const peer = owner === t.address.from ? t.address.to : t.address.from;
      t.world.sandbox.store.change({ kind: 'hidden', owner, peer, keys: [t.address.key] });
    }
    assert.deepEqual(await settle(), ['foreign gone']);
  });

  it('judges an older one by what the next one saw', async () => {
    await begin({ msgBody });
    await begin({ cloudCustomData: '"newer"' }, mine);
    t.world.change(t.address, { ...mine, cloudCustomData: '"newer"' });
    assert.deepEqual(await settle(), ['done', 'done']);
  });

  it('judges one by what the next one saw, also when that overwrote the very member since', async () => {
    const third = text('third', 'data');
    await begin({ msgBody });
    await begin({ msgBody: third.msgBody ?? '' }, mine);
    t.world.change(t.address, third);
    assert.deepEqual(await settle(), ['done', 'done']);
    await begin({ msgBody }, third);
    await begin({ msgBody: text('fifth').msgBody ?? '' }, third);
    t.world.change(t.address, text('fifth', 'data'));
    assert.deepEqual(await settle(), ['notDone', 'done']);
  });

  it('leaves those alone that another window is at, and those without a client', async () => {
    await begin({ msgBody });
    const none = await t.window.modifier.settle(() => Promise.resolve(undefined));
    assert.deepEqual(
      none.left.map(({ why }) => why),
      ['noClient'],
    );
    const failing = await t.window.modifier.settle(() => Promise.reject(new Error('no secret')));
    assert.deepEqual(
      failing.left.map(({ why }) => why),
      ['noClient'],
    );
    const other = await t.world.open();
    const asking = t.questions({
      confirm: async () => {
        await begin({ msgBody: '[]' });
        const { left } = await t.window.modifier.settle(() => Promise.resolve(t.window.client));
        assert.deepEqual(
          left.map(({ why }) => why),
          ['busy'],
        );
        return 'cancel';
      },
    });
    const wanted = t.request(text('held', 'data'), { alwaysAsk: true, client: other.client });
    expectKind(await other.modifier.run(wanted, asking), 'cancelled');
  });

  it('waits for a request that a window sent just before it died', async () => {
    let land: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (land = resolve));
    const sent = new Promise<void>((resolve) => {
      t.window.line.onRequest = async ({ command }): Promise<LineAction> => {
        if (command !== MODIFY) return 'pass';
        resolve();
        await held;
        return 'pass';
      };
    });
    void t.run();
    await sent;
    t.window.life.end();
    t.window = await t.world.open();
    let reads = 0;
    t.window.line.onRequest = async (): Promise<LineAction> => {
      reads += 1;
      if (reads === 5) {
        land();
        while (t.world.ownChanges.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return 'pass';
    };
    const outcome = expectKind(await t.run(t.request(text('of the second', 'data'))), 'conflict');
    assert.deepEqual(outcome.service, mine);
    assert.deepEqual(t.world.content(t.address), mine);
    assert.deepEqual(await t.states(), ['done']);
  });

  it('settles what is in doubt about a message when it is modified again', async () => {
    await begin({ msgBody });
    expectKind(await t.run(), 'done');
    assert.deepEqual(await t.states(), ['done', 'notDone']);
  });
});
