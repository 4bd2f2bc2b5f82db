import assert from 'node:assert/strict';
import type { AppGroupsPage, GroupLookup } from '../../../src/chat/client';
import { makeConnection } from '../../../src/connections/connection';
import { ExplorerModel } from '../../../src/views/conversations/explorerModel';
import { MAX_CHILDREN, type RowNode, type TreeNode } from '../../../src/views/conversations/nodes/nodes';
import type { TreeSource } from '../../../src/views/conversations/reading/branches';

const PAGE = 10_000;
const GROUPS = 100_000;

/** The lists of an app of 100,000 groups, without the service's one page a second. */
class ManyGroups implements Pick<TreeSource, 'appGroups' | 'groupInfos'> {
  readonly asked: (readonly string[])[] = [];
  /** How many pages come before the list fails. */
  failAfter = Infinity;

  async *appGroups(_: object, signal?: AbortSignal): AsyncGenerator<AppGroupsPage, void, undefined> {
    for (let page = 0; page < GROUPS / PAGE; page += 1) {
      await Promise.resolve();
      signal?.throwIfAborted();
      if (page === this.failAfter) throw new Error('no network');
      const ids = Array.from({ length: PAGE }, (__, index) => `g${page * PAGE + index}`);
      yield { ids, total: GROUPS, ...(page < 9 && { next: String(page + 1) }) };
    }
  }

  groupInfos(ids: readonly string[]): Promise<GroupLookup[]> {
    this.asked.push(ids);
    return Promise.resolve(
      ids.map((id) => ({
        id,
        code: 0,
        info: '',
        group: { id, name: `name of ${id}`, type: 'Public', supportsTopics: false },
      })),
    );
  }
}

describe('the groups of an app in the tree', () => {
  const source = new ManyGroups();
  const connection = {
    ...makeConnection({
      name: 'Big',
      endpoint: 'https://example.com',
      sdkAppId: 1_400_000_000,
      administrator: 'administrator',
      environment: 'test',
      credentialKind: 'secretKey',
    }),
    groups: ['by hand', 'g70000'],
  };
  let model: ExplorerModel;
  let changed: (TreeNode | undefined)[];

  beforeEach(() => {
    source.asked.length = 0;
    source.failAfter = Infinity;
    changed = [];
    model = new ExplorerModel(
      {
        list: () => [connection],
        get: () => connection,
        prepare: () => Promise.resolve(),
        client: () => Promise.resolve(source as unknown as TreeSource),
        meet: () => Promise.resolve(),
      },
      (node) => changed.push(node),
      (error) => assert.fail(String(error)),
    );
  });

  afterEach(() => model.dispose());

  const kinds = (nodes: readonly TreeNode[]): string[] =>
    nodes.map((node) => (node.kind === 'row' ? node.row : node.kind));
  const groups = () => model.groupsNode(connection.id);
  const load = (signal = new AbortController().signal, onPage: (count: number) => void = () => undefined) =>
    model.groups.load(connection.id, signal, onPage);

  it('are those added by hand until they are loaded, and the row that loads them says so', async () => {
    assert.deepEqual(kinds(await model.children(groups())), ['conversation', 'conversation', 'loadGroups']);
    assert.deepEqual(model.groups.count(groups()), { count: 2, complete: false });
    assert.equal(model.groups.info(connection.id, 'g70000')?.name, 'name of g70000');
  });

  it('are 100,000 without a node of more children than VS Code bears, and only names that are looked at are read', async () => {
    const counts: number[] = [];
    await load(undefined, (count) => counts.push(count));
    assert.deepEqual(
      counts,
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((page) => page * PAGE),
    );
    assert.deepEqual(changed, [groups()]);
    const parts = await model.children(groups());
    // 100,000 and the one that only a person knows.
    assert.equal(parts.length, 101);
    assert.deepEqual(new Set(kinds(parts)), new Set(['part']));
    assert.equal(source.asked.length, 0, 'no names were read for rows that nobody sees');

    const third = await model.children(parts[2]);
    assert.ok(third.length <= MAX_CHILDREN);
    assert.equal(third.length, 1000);
    assert.ok(source.asked.every((ids) => ids.length <= 50));
    assert.equal(source.asked.flat().length, 1000);
    await model.children(parts[2]);
    assert.equal(source.asked.flat().length, 1000, 'what is known is not asked again');
    assert.equal(model.parent(third[500]!), parts[2]);

    const ids = (await Promise.all(parts.map((part) => model.children(part)))).flat().map(({ id }) => id);
    assert.equal(new Set(ids).size, GROUPS + 1, 'each group once');
  });

  it('stay as far as they came when loading is stopped', async () => {
    const abort = new AbortController();
    await assert.rejects(load(abort.signal, (count) => (count === 3 * PAGE ? abort.abort() : undefined)));
    const rows = await model.children(groups());
    assert.equal(rows.filter(({ kind }) => kind === 'part').length, 31);
    assert.deepEqual(kinds(rows.slice(-1)), ['loadGroups'], 'they can be loaded again');
    assert.deepEqual(model.groups.count(groups()), { count: 3 * PAGE + 2, complete: false });
  });

  it('stay as far as they came when a page fails, and loading them again has them all', async () => {
    source.failAfter = 2;
    await assert.rejects(load(), /no network/);
    assert.equal(model.groups.count(groups()).count, 2 * PAGE + 2);
    source.failAfter = Infinity;
    await load();
    assert.deepEqual(model.groups.count(groups()), { count: GROUPS + 1, complete: true });
    assert.ok(!kinds(await model.children(groups())).includes('loadGroups'));
    const row = (await model.children(groups())).find((node): node is RowNode => node.kind === 'row');
    assert.equal(row, undefined);
  });
});
