import { fork } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { Pace } from '../../src/bulk/pace';
import { planGates, planSpeed } from '../../src/bulk/planGates';
import { PlanRunner } from '../../src/bulk/planRunner';
import { PlanStore } from '../../src/bulk/planStore';
import { c2cAddress } from '../../src/chat/address';
import type { ChatApp } from '../../src/chat/chatMessage';
import { ChatClient } from '../../src/chat/client';
import { writeFileAtomic } from '../../src/files/atomic';
import { Journal } from '../../src/journal/journal';
import { formatItem } from '../../src/lists/formatList';
import { parseList } from '../../src/lists/parseList';
import { Modifier } from '../../src/modify/modifier';
import { NameBook } from '../../src/pseudonyms/nameBook';
import { Pseudonyms } from '../../src/pseudonyms/pseudonyms';
import { readFault } from '../../src/sandbox/http/faults';
import { startSandbox } from '../../src/sandbox/server';
import { accountsIn, readImport } from '../../src/transfer/importItems';
import { newImport, planImport } from '../../src/transfer/importPlan';
import { listText } from '../../src/transfer/listText';
import { Spool } from '../../src/transfer/spool';
import { note, report } from './figures';

/**
 * A conversation of 10,000 messages out of one sandbox and into an empty one, each in a process of its own, the second of
 * which keeps to the service's limit of 200 calls a second and answers 30 ms late.
 */
const MESSAGES = 10_000;
const LATE_MS = 30;
/** 95 % of the limit of the call. */
const MOST_A_SECOND = 190;
const BUDGET = 0.97;
const HEAP_MB = 60;
const chat = { chat: 'c2c', user: 'alice', peer: 'bob' } as const;

interface Served {
  readonly app: ChatApp;
  readonly secretKey: string;
}

/** In a process of its own. */
async function serve(full: boolean): Promise<void> {
  const sandbox = await startSandbox({ seed: '{"Format":1}' });
  const time = Math.floor(Date.now() / 1000) - MESSAGES;
  for (let index = 0; full && index < MESSAGES; index += 1) {
    const { from, to } = index % 2 === 0 ? { from: 'alice', to: 'bob' } : { from: 'bob', to: 'alice' };
    const data = JSON.stringify(
      JSON.stringify({ type: 'order', user_id: to, note: `call 138${10_000_000 + index}` }),
    );
    const text = `message ${index} for ${to} ${'some words '.repeat(12)}`;
    const body = `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}},{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data}}}]`;
    const message = { from, to, seq: index + 1, random: 7, time: time + index, body };
    sandbox.store.change({ kind: 'message', message });
  }
  for (const userId of full ? ['alice', 'bob'] : [])
    sandbox.store.change({ kind: 'account', userId, profile: {} });
  if (!full)
    sandbox.sandbox.faults.add(
      readFault({ command: 'openim/importmsg', kind: 'delay', delayMs: LATE_MS }).fault,
    );
  process.send?.({ app: sandbox.app, secretKey: sandbox.secretKey } satisfies Served);
}

async function start(which: 'full' | 'empty'): Promise<{ client: ChatClient; app: ChatApp; stop(): void }> {
  const child = fork(__filename, [which]);
  const { app, secretKey } = await new Promise<Served>((resolve, reject) => {
    child.once('message', (value) => resolve(value as Served));
    child.once('error', reject);
  });
  const client = new ChatClient(app, { kind: 'secretKey', secretKey });
  return {
    client,
    app,
    stop: () => {
      client.dispose();
      child.kill();
    },
  };
}

async function out(client: ChatClient, folder: string, file: string, hidden: boolean): Promise<void> {
  const name = hidden ? 'export with neutral names and texts' : 'export';
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let heap = 0;
  const look = (): void => void (heap = Math.max(heap, process.memoryUsage().heapUsed - before));
  const began = performance.now();
  const spool = await Spool.open(folder);
  const pseudonyms = new Pseudonyms(NameBook.empty(), { texts: true });
  for await (const { messages } of client.history({ chat })) {
    await spool.add(messages.map(formatItem));
    look();
  }
  if (hidden) for await (const page of spool.pages()) page.forEach((item) => pseudonyms.learn(item));
  const change = (item: string): string => {
    look();
    return hidden ? pseudonyms.hide(item) : item;
  };
  await writeFileAtomic(file, listText(spool.pages(), change));
  const seconds = (performance.now() - began) / 1000;
  await spool.dispose();
  note(`${name}, messages a second`, spool.count / seconds, '/s');
  report(`${name}, heap beyond what was there`, heap / 2 ** 20, 'MB', HEAP_MB);
}

async function into(file: string, folder: string): Promise<void> {
  const { client, app, stop } = await start('empty');
  const text = await fs.readFile(file, 'utf8');
  const read = readImport(text, parseList(text));
  await client.multiImport(accountsIn(read.items).map((userId) => ({ userId })));
  const { endpoint, sdkAppId, administrator } = app;
  const connection = {
    ...{ id: 'c0ffee', name: 'bench', environment: 'test' as const },
    ...{ endpoint, sdkAppId, administrator },
  };
  const of = { connection, title: 'bench', uri: 'file:///bench' };
  const plan = newImport(of, await planImport(client, read, new Set()), Date.now());
  const store = new PlanStore(path.join(folder, 'plans'));
  const journal = new Journal(path.join(folder, 'journal'));
  const modifier = new Modifier({
    journal,
    lockFolder: path.join(folder, 'locks'),
    asksInTest: () => false,
  });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let heap = 0;
  const began = performance.now();
  await store.add(plan);
  const end = await new PlanRunner({ journal, store, modifier }).run(plan, {
    client,
    gates: planGates(new Pace(path.join(folder, 'pace')), connection, 1),
    perSecond: planSpeed(plan, 1),
    onProgress: () => (heap = Math.max(heap, process.memoryUsage().heapUsed - before)),
  });
  const done = end.kind === 'ended' ? end.report.counts.done : 0;
  const rate = done / ((performance.now() - began) / 1000);
  if (done !== MESSAGES) throw new Error(`only ${done} were imported`);
  report('import, heap beyond what was there', heap / 2 ** 20, 'MB', HEAP_MB);
  note('import, messages a second', rate, '/s');
  report('import, time of what the pace allows', MOST_A_SECOND / rate, '×', 1 / BUDGET);
  const found = await client.findMessage(
    c2cAddress('alice', 'bob', `1_7_${plan.items[0]?.source?.time ?? 0}`),
  );
  if (!found) throw new Error('the first message is not there');
  stop();
}

async function measure(): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'transfer-'));
  const file = path.join(folder, 'plain.chatmsgs.json');
  const { client, stop } = await start('full');
  try {
    await out(client, folder, file, false);
    await out(client, folder, path.join(folder, 'hidden.chatmsgs.json'), true);
    await into(file, folder);
  } finally {
    stop();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

const [, , role] = process.argv;
if (role === undefined) void measure();
else void serve(role === 'full');
