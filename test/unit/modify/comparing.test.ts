import assert from 'node:assert/strict';
import type { MessageContent } from '../../../src/chat/chatMessage';
import type { ConflictChoice } from '../../../src/modify/modifyRequest';
import type { LineAction } from '../../support/faultyLine';
import { base, expectKind, mine, MODIFY, ModifyCase, READ, text } from '../../support/modifyCase';

describe('Comparing before a modify', () => {
  let t: ModifyCase;

  beforeEach(async () => {
    t = await ModifyCase.start();
  });
  afterEach(() => t.stop());

  const theirs = text('theirs', 'theirs');

  it('sends nothing when somebody else changed the message', async () => {
    for (const choice of ['takeService', 'mergeByHand', 'cancel'] as ConflictChoice[]) {
      t.world.change(t.address, theirs);
      const outcome = expectKind(
        await t.run(t.request(), t.questions({ conflict: () => Promise.resolve(choice as 'cancel') })),
        'conflict',
      );
      assert.deepEqual([outcome.choice, outcome.service], [choice, theirs]);
    }
    assert.deepEqual(t.world.content(t.address), theirs);
    assert.deepEqual(await t.states(), []);
    assert.ok(!t.commands.includes(MODIFY));
  });

  it('overwrites with Keep Mine what the person saw, and keeps that', async () => {
    t.world.change(t.address, theirs);
    const keepMine = t.questions({
      conflict: ({ base: from, mine: wanted, service }) => {
        assert.deepEqual([from, service], [base, theirs]);
        assert.equal(JSON.parse(wanted.cloudCustomData ?? ''), 'data');
        return Promise.resolve('keepMine');
      },
    });
    expectKind(await t.run(t.request(), keepMine), 'done');
    assert.deepEqual((await t.window.journal.list())[0]?.before, theirs);
    assert.deepEqual(t.world.content(t.address), mine);
  });

  it('asks again when the message changes while the person decides', async () => {
    t.world.change(t.address, theirs);
    const seen: MessageContent[] = [];
    const outcome = await t.run(
      t.request(),
      t.questions({
        conflict: ({ service }) => {
          seen.push(service);
          if (seen.length === 1) t.world.change(t.address, text('once more', 'theirs'));
          return Promise.resolve(seen.length === 1 ? 'keepMine' : 'cancel');
        },
      }),
    );
    expectKind(outcome, 'conflict');
    assert.deepEqual(seen, [theirs, text('once more', 'theirs')]);
    assert.ok(!t.commands.includes(MODIFY));
  });

  it('compares as values, not as text', async () => {
    t.world.change(t.address, {
      msgBody: ` ${base.msgBody ?? ''.replace(':', ' : ')} `,
      cloudCustomData: '"\\u0064ata"',
    });
    expectKind(await t.run(), 'done');
    assert.deepEqual(t.asked, []);
  });

  it('has nothing to do when somebody else made the same change', async () => {
    t.world.change(t.address, mine);
    assert.deepEqual(expectKind(await t.run(), 'nothingToDo').content, mine);
    assert.deepEqual(t.asked, []);
  });

  it('says when the message was recalled, is gone, or has no key', async () => {
    t.world.sandbox.store.change({ kind: 'recalled', ...t.address });
    assert.equal(expectKind(await t.run(), 'gone').why, 'recalled');
    const gone = { ...t.address, key: '77_77_1700000000' };
    assert.equal(expectKind(await t.run(t.request(mine, { address: gone })), 'gone').why, 'gone');
    const wrong = { ...t.address, key: 'no key' };
    assert.equal(expectKind(await t.run(t.request(mine, { address: wrong })), 'gone').why, 'gone');
    assert.ok(!t.commands.includes(MODIFY));
  });

  it('finds a message that only its receiver still has', async () => {
    t.world.sandbox.store.change({
      kind: 'hidden',
      owner: t.address.from,
      peer: t.address.to,
      keys: [t.address.key],
    });
    expectKind(await t.run(), 'done');
  });

  it('modifies what cannot be read only when told to, and then journals that there is no copy', async () => {
    const unreadable: LineAction[] = Array<LineAction>(20).fill(91000);
    t.line(READ, ...unreadable);
    expectKind(await t.run(), 'cancelled');
    assert.deepEqual(t.asked, ['unreadable']);
    assert.ok(!t.commands.includes(MODIFY));
    t.line(READ, ...Array<LineAction>(6).fill('gatewayBefore'));
    const anyway = t.questions({ unreadable: () => Promise.resolve('withoutCopy') });
    const outcome = expectKind(await t.run(t.request(), anyway), 'done');
    assert.deepEqual(t.asked, ['unreadable', 'unreadable']);
    const revision = await t.window.journal.get(outcome.revisionId);
    assert.equal(revision?.before, null);
    assert.deepEqual(t.world.content(t.address), mine);
  });

  it('gives the code when reading is refused, and the error when nobody answers', async () => {
    t.line(READ, 90009);
    const refused = expectKind(await t.run(), 'refused');
    assert.deepEqual([refused.error.code, refused.error.command, refused.sent], [90009, READ, {}]);
    await t.window.line.stop();
    const unreachable = expectKind(await t.run(), 'unreachable');
    assert.equal(unreachable.error.reason, 'unreachable');
    assert.deepEqual(await t.states(), []);
    assert.deepEqual(t.asked, []);
  });
});
