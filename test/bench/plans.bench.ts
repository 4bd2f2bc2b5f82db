import { fork, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { Pace } from '../../src/bulk/pace';
import { newPlan } from '../../src/bulk/plan';
import { planGates, planSpeed } from '../../src/bulk/planGates';
import { PlanRunner } from '../../src/bulk/planRunner';
import { PlanStore } from '../../src/bulk/planStore';
import { c2cAddress } from '../../src/chat/address';
import { ChatClient } from '../../src/chat/client';
import type { ChatApp } from '../../src/chat/chatMessage';
import { Journal } from '../../src/journal/journal';
import { Modifier } from '../../src/modify/modifier';
import { readFault } from '../../src/sandbox/http/faults';
import { startSandbox } from '../../src/sandbox/server';
import { note, report } from './figures';

/**
 * A plan of 10,000 modifies against the sandbox in a process of its own, which keeps to the service's limit of 200 calls a
 * second and answers 30 ms late; by one window, and by two at once. What counts is when the sandbox got the calls.
 */
const MESSAGES = 10_000;
const LATE_MS = 30;
/** 95 % of the limit of the call. */
const MOST_A_SECOND = 190;
const BUDGET = 0.97;
const HEAP_MB = 60;

interface Served {
  readonly app: ChatApp;
  readonly secretKey: string;
}

interface WindowTask extends Served {
  readonly folder: string;
  readonly from: number;
  readonly to: number;
}

/** Unix seconds of the first message; the same in all processes, and recent, since old messages are gone. */
const time = Number(process.argv[4] ?? Math.floor(Date.now() / 1000) - 7200);
const CONVERSATIONS = 20;
const conversationOf = (index: number): number => Math.floor((index * CONVERSATIONS) / MESSAGES);
const timeOf = (index: number): number => time + Math.floor(index / 2);
const addressOf = (index: number) => {
  const number = conversationOf(index);
  return c2cAddress(`user${number}`, `peer${number}`, `${index + 1}_7_${timeOf(index)}`);
};
const bodyOf = (words: string, index: number): string =>
  JSON.stringify([
    { MsgType: 'TIMTextElem', MsgContent: { Text: `${words} ${index} ${'words '.repeat(40)}` } },
  ]);

/** In a process of its own: tells when each modify came, as its list of calls has it. */
async function serve(): Promise<void> {
  const sandbox = await startSandbox();
  const { store } = sandbox;
  store.replace([]);
  for (let user = 0; user < CONVERSATIONS; user += 1)
    for (const userId of [`user${user}`, `peer${user}`])
      store.change({ kind: 'account', userId, profile: {} });
  for (let index = 0; index < MESSAGES; index += 1) {
    const { from, to } = addressOf(index);
    const message = {
      from,
      to,
      seq: index + 1,
      random: 7,
      time: timeOf(index),
      body: bodyOf('old', index),
    };
    store.change({ kind: 'message', message });
  }
  for (const command of ['openim/modify_c2c_msg', 'openim/admin_getroammsg'])
    sandbox.sandbox.faults.add(readFault({ command, kind: 'delay', delayMs: LATE_MS }).fault);
  let times: number[] = [];
  sandbox.sandbox.calls.listen(({ command, durationMs }) => {
    if (command === 'openim/modify_c2c_msg') times.push(performance.now() - durationMs);
  });
  process.on('message', () => {
    process.send?.(times);
    times = [];
  });
  process.send?.({ app: sandbox.app, secretKey: sandbox.secretKey } satisfies Served);
}

/** A window: a process that carries one plan out. */
async function window({ app, secretKey, folder, from, to }: WindowTask): Promise<void> {
  const client = new ChatClient(app, { kind: 'secretKey', secretKey });
  const journal = new Journal(path.join(folder, 'journal'));
  const modifier = new Modifier({ journal, lockFolder: path.join(folder, 'locks'), asksInTest: () => false });
  const store = new PlanStore(path.join(folder, 'plans'));
  const runner = new PlanRunner({ journal, store, modifier });
  const { endpoint, sdkAppId, administrator } = app;
  const connection = {
    id: 'c0ffee',
    name: 'Bench',
    endpoint,
    sdkAppId,
    administrator,
    environment: 'test' as const,
  };
  // What it is made of is not held beside it.
  const plan = newPlan(
    connection,
    { kind: 'list', title: 'bench', uri: '' },
    Array.from({ length: to - from }, (_, offset) => ({
      address: addressOf(from + offset),
      base: { msgBody: bodyOf('old', from + offset) },
      mine: { msgBody: bodyOf('new', from + offset) },
    })),
    Date.now(),
  );
  await store.add(plan);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let heap = 0;
  const end = await runner.run(plan, {
    client,
    gates: planGates(new Pace(path.join(folder, 'pace')), connection, 1),
    perSecond: planSpeed(plan, 1),
    onProgress: () => (heap = Math.max(heap, process.memoryUsage().heapUsed - before)),
  });
  client.dispose();
  const done = end.kind === 'ended' ? end.report.counts.done : 0;
  process.send?.({ done, heap });
}

function start(...args: string[]): ChildProcess {
  return fork(__filename, [args[0] ?? '', args[1] ?? '', String(time)], { execArgv: ['--expose-gc'] });
}

const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('error', reject);
  });

/** Calls in the busiest second, and the rate from the second second on, when everything runs. */
function rates(times: readonly number[]): { most: number; average: number } {
  let from = 0;
  let most = 0;
  for (const [to, at] of times.entries()) {
    while (at - (times[from] ?? at) >= 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const steady = times.filter((at) => at > first + 1000 && at < last - 1000);
  return { most, average: steady.length / ((last - first - 2000) / 1000) };
}

async function measure(windows: number): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'plans-'));
  const sandbox = start('serve');
  try {
    const served = await message<Served>(sandbox);
    const share = MESSAGES / windows;
    const ends = await Promise.all(
      Array.from({ length: windows }, (_, index) => {
        const task: WindowTask = { ...served, folder, from: index * share, to: (index + 1) * share };
        return message<{ done: number; heap: number }>(start('window', JSON.stringify(task)));
      }),
    );
    const asked = message<number[]>(sandbox);
    sandbox.send('times');
    const times = (await asked).sort((one, other) => one - other);
    const name = windows === 1 ? 'one window' : `${windows} windows`;
    const done = ends.reduce((sum, end) => sum + end.done, 0);
    if (done !== MESSAGES || times.length !== MESSAGES) {
      console.log(`✘ ${name}: ${done} done, ${times.length} calls, ${MESSAGES} wanted`);
      process.exitCode = 1;
    }
    const { most, average } = rates(times);
    note(`${name}: modifies a second`, average, '');
    report(
      `${name}: time for a modify against ${MOST_A_SECOND} a second`,
      MOST_A_SECOND / average,
      '×',
      1 / BUDGET,
    );
    report(`${name}: modifies in the busiest second`, most, '', MOST_A_SECOND);
    report(`${name}: heap above that before`, Math.max(...ends.map(({ heap }) => heap)) / 1e6, 'MB', HEAP_MB);
  } finally {
    sandbox.kill();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  for (const windows of [1, 2]) await measure(windows);
}

if (process.argv[2] === 'serve') void serve();
else if (process.argv[2] === 'window') void window(JSON.parse(process.argv[3] ?? '') as WindowTask);
else void main();
