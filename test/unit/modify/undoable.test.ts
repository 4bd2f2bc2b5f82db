import assert from 'node:assert/strict';
import { c2cAddress } from '../../../src/chat/address';
import type { OutcomeState, Revision } from '../../../src/journal/revision';
import type { RevisionFilter } from '../../../src/journal/revisionId';
import { findUndoable, lastUndoable } from '../../../src/modify/undoable';
import { expectKind, MODIFY, ModifyCase, text } from '../../support/modifyCase';

describe('The last modification', () => {
  const revision = (id: string, state: OutcomeState, action: Revision['action'] = 'modify'): Revision => ({
    ...{ id, at: 0, action, address: c2cAddress('alice', 'bob', '1_2_1700000000') },
    connection: {
      ...{ id: 'c', name: 'Test', endpoint: 'https://localhost', sdkAppId: 1, administrator: 'admin' },
      environment: 'test',
    },
    ...{ before: {}, intent: {}, outcome: { state } },
  });
  const told = (...revisions: Revision[]): string => {
    const found = lastUndoable(revisions);
    return found.kind === 'nothing' ? 'nothing' : `${found.kind} ${found.revision.id}`;
  };

  it('is the newest that was carried out', () => {
    assert.equal(told(revision('b', 'done'), revision('a', 'done')), 'modification b');
    assert.equal(told(revision('b', 'refused'), revision('a', 'done')), 'modification a');
    assert.equal(told(revision('b', 'notDone'), revision('a', 'done')), 'modification a');
    assert.equal(told(revision('b', 'done', 'recall'), revision('a', 'done')), 'modification a');
    assert.equal(told(revision('a', 'refused')), 'nothing');
    assert.equal(told(), 'nothing');
  });

  it('is not told while the end of a newer one is not known', () => {
    assert.equal(told(revision('b', 'unknown'), revision('a', 'done')), 'unknown b');
    assert.equal(told(revision('b', 'pending', 'recall'), revision('a', 'done')), 'unknown b');
    assert.equal(told(revision('b', 'done'), revision('a', 'unknown')), 'modification b');
  });

  it('is found behind any number of others, and nothing is read behind it', async () => {
    const imported = (count: number): Revision[] =>
      Array.from({ length: count }, (_, index) => revision(`import ${index}`, 'done', 'import'));
    const look = async (revisions: Revision[]): Promise<{ found: string; asked: RevisionFilter[] }> => {
      const asked: RevisionFilter[] = [];
      const list = (filter: RevisionFilter = {}): Promise<Revision[]> => {
        asked.push(filter);
        return Promise.resolve(revisions.slice(0, filter.limit));
      };
      const found = await findUndoable({ list }, { connectionId: 'c' });
      return { found: found.kind === 'nothing' ? 'nothing' : `${found.kind} ${found.revision.id}`, asked };
    };
    const asked = (...limits: number[]): RevisionFilter[] =>
      limits.map((limit) => ({ connectionId: 'c', limit }));
    const [older, oldest] = [revision('b', 'done'), revision('a', 'done')];
    assert.deepEqual(await look([older, ...imported(200)]), { found: 'modification b', asked: asked(100) });
    assert.deepEqual(await look([...imported(100), older, oldest]), {
      found: 'modification b',
      asked: asked(100, 400),
    });
    assert.deepEqual(await look([...imported(399), revision('b', 'unknown'), oldest]), {
      found: 'unknown b',
      asked: asked(100, 400),
    });
    assert.deepEqual(await look(imported(400)), { found: 'nothing', asked: asked(100, 400, 1600) });
    assert.deepEqual(await look([]), { found: 'nothing', asked: asked(100) });
  });

  it('is the one whose answer was a time-out, when it is there', async () => {
    const t = await ModifyCase.start();
    try {
      expectKind(await t.run(), 'done');
      t.line(MODIFY, { codeAfter: 60008 });
      const second = text('second', 'data');
      const first = t.world.content(t.address);
      const outcome = expectKind(await t.run(t.request(second, { base: first })), 'done');
      const found = lastUndoable(await t.window.journal.list());
      assert.equal(found.kind === 'modification' && found.revision.id, outcome.revisionId);
      assert.deepEqual(found.kind === 'modification' && found.revision.before, first);
    } finally {
      await t.stop();
    }
  });
});
