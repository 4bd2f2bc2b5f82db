import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChatClient } from '../../src/chat/client';
import { makeConnection } from '../../src/connections/connection';
import { ExplorerModel } from '../../src/views/conversations/explorerModel';
import {
  MAX_CHILDREN,
  type ConversationNode,
  type RowNode,
  type TreeNode,
} from '../../src/views/conversations/nodes/nodes';
import { defaults } from '../../src/sandbox/options';
import { median, note, report } from './figures';

/**
 * A conversation of 100,000 messages on one day in the tree: what *Load more* costs the process that the tree is in,
 * and what it keeps. The sandbox runs in a process of its own. After each *Load more* the bench reads again what VS Code
 * would: everything below the nodes that are said to have changed.
 */
const MESSAGES = 100_000;
const LOAD_MORE_MS = 50;
const MEMORY_MB = 150;

function seed(): string {
  const messages = Array.from({ length: MESSAGES }, (_, index) => ({
    ...{ From_Account: 'a', To_Account: 'b', MsgSeq: index, MsgRandom: 7 },
    MsgTimeStamp: 1_700_000_000 + Math.floor(index / 10),
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: `Message ${index} 你好` } }],
    CloudCustomData: `{"n":${index}}`,
  }));
  const accounts = ['a', 'b'].map((UserID) => ({ UserID }));
  return JSON.stringify({ Format: 1, Accounts: accounts, Messages: messages });
}

/** Milliseconds of work of this process, all its threads together. */
function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Reads all that is open below a node, as VS Code does with a node that changed. Gives the longest list of children. */
async function show(model: ExplorerModel, node: TreeNode): Promise<number> {
  const children = await model.children(node);
  let most = children.length;
  for (const child of children) {
    // Of the parts of a day only the last one stands open.
    if (child.kind === 'day' || (child.kind === 'part' && model.isLastPart(child))) {
      most = Math.max(most, await show(model, child));
    }
  }
  return most;
}

async function loadAll(
  model: ExplorerModel,
  conversation: ConversationNode,
  changed: Set<TreeNode>,
): Promise<void> {
  const times: number[] = [];
  let most = await show(model, conversation);
  for (;;) {
    const row = (await model.children(conversation)).find(
      (node): node is RowNode => node.kind === 'row' && node.row === 'loadMore',
    );
    if (!row) break;
    changed.clear();
    const started = workedMs();
    await model.more(row);
    for (const node of changed) most = Math.max(most, await show(model, node));
    times.push(workedMs() - started);
  }
  const last = times.slice(-20);
  report('Load more, median', median(times), 'ms of work', LOAD_MORE_MS);
  report('Load more with 100,000 messages there', median(last), 'ms of work', LOAD_MORE_MS);
  report('most children of a node', most, 'nodes', MAX_CHILDREN);
  note('times that Load more was used', times.length, '');
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tree-bench-'));
  const seedFile = join(folder, 'seed.json');
  writeFileSync(seedFile, seed());
  const args = [
    '--port',
    '0',
    '--quiet',
    '--seed',
    seedFile,
    '--set',
    'roamingDays=0',
    '--set',
    'limits=false',
  ];
  const sandbox = fork(resolve('dist/sandbox.js'), args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  try {
    const [line] = (await once(sandbox.stdout!, 'data')) as [Buffer];
    const endpoint = /http:\S+/.exec(line.toString())![0];
    const { sdkAppId, administrator, secretKey } = defaults;
    const app = { endpoint, sdkAppId, administrator };
    const client = new ChatClient(app, { kind: 'secretKey', secretKey });
    const connection = makeConnection({
      ...{ name: 'Bench', ...app, environment: 'test', credentialKind: 'secretKey' },
    });
    const changed = new Set<TreeNode>();
    const model = new ExplorerModel(
      {
        list: () => [connection],
        get: () => connection,
        prepare: () => Promise.resolve(),
        client: () => Promise.resolve(client),
        meet: () => Promise.resolve(),
      },
      (node) => node && changed.add(node),
      (error) => console.error(error),
    );
    const before = heapMb();
    await loadAll(
      model,
      model.conversationNode({ connectionId: connection.id, chat: { chat: 'c2c', user: 'a', peer: 'b' } }),
      changed,
    );
    report('memory for 100,000 messages', heapMb() - before, 'MB', MEMORY_MB);
    model.dispose();
    client.dispose();
  } finally {
    sandbox.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
