import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, median, note, report } from './figures';
import {
  emptyServer,
  endAll,
  memoryMb,
  perSecond,
  requestOf,
  sandbox,
  stop,
  workedMs,
  type Server,
} from './httpServers';

/**
 * The sandbox against an empty Node HTTP server in the same run: a process that reads the body and answers a fixed
 * text as long as the sandbox's answer is. Requests are made once and sent over raw sockets by two clients, so that
 * what is measured is the servers.
 */
const CONVERSATIONS = 1000;
const MESSAGES = 100_000;
/** Many short rounds, taken in turns, so that a machine that is busy meanwhile is so for both. */
const ROUNDS = 15;
const ROUND_MS = 300;
/** Before the first round, so that both servers' code has been compiled for good. */
const WARM_UP_MS = 2500;
const STARTS = 5;
const BUDGET = 0.5;
/** Of the time that an empty server takes to start, with the sample data. */
const START_BUDGET = 3;
const RESET_MESSAGES = 10_000;
const RESETS = 31;
const RESET_BUDGET_MS = 20;

const now = Math.floor(Date.now() / 1000);
const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));

/** A hundred messages in each of a thousand conversations, over six days. */
function seed(messages = MESSAGES): string {
  const users = Array.from({ length: CONVERSATIONS + 1 }, (_, index) => ({ UserID: `user-${index}` }));
  const list: string[] = [];
  for (let index = 0; index < messages; index++) {
    const peer = index % CONVERSATIONS;
    list.push(
      JSON.stringify({
        ...{ From_Account: `user-${peer}`, To_Account: `user-${peer + 1}`, MsgSeq: index, MsgRandom: 7 },
        MsgTimeStamp: now - 6 * 86_400 + Math.floor(index * 5),
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: `Message ${index} 你好` } }],
        CloudCustomData: `{"n":${index}}`,
      }),
    );
  }
  return `{"Format":1,"Accounts":${JSON.stringify(users)},"Messages":[\n${list.join(',\n')}\n]}`;
}

let number = 0;
const text = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];
const pair = (): Record<string, string> => {
  const peer = number++ % CONVERSATIONS;
  return { From_Account: `user-${peer}`, To_Account: `user-${peer + 1}` };
};
const history = { MaxCnt: 100, MinTime: 0, MaxTime: now };

const cases: [string, () => Buffer][] = [
  ['send', () => requestOf('openim/sendmsg', { ...pair(), MsgRandom: number, MsgBody: text })],
  [
    'modify',
    () => {
      const index = number % MESSAGES;
      const MsgKey = `${index}_7_${now - 6 * 86_400 + index * 5}`;
      return requestOf('openim/modify_c2c_msg', { ...pair(), MsgKey, CloudCustomData: `changed ${number}` });
    },
  ],
  ['history, 13 KB', () => requestOf('openim/admin_getroammsg', { ...pair(), ...history })],
  [
    'account check',
    () => requestOf('im_open_login_svc/account_check', { CheckItem: [{ UserID: 'user-5' }] }),
  ],
];

async function throughput(server: Server): Promise<void> {
  for (const [name, next] of cases) {
    const { bytes } = await perSecond(server.port, next, WARM_UP_MS);
    const empty = await emptyServer(bytes);
    await perSecond(empty.port, next, WARM_UP_MS);
    const ratios: number[] = [];
    const rates: number[] = [];
    const worked = { empty: -workedMs(empty), own: -workedMs(server) };
    const calls = { empty: 0, own: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await perSecond(empty.port, next, ROUND_MS);
      const own = await perSecond(server.port, next, ROUND_MS);
      ratios.push(own.rate / bare.rate);
      rates.push(own.rate);
      calls.empty += bare.count;
      calls.own += own.count;
    }
    worked.empty += workedMs(empty);
    worked.own += workedMs(server);
    await stop(empty);
    const ratio = median(ratios);
    const work = (which: 'empty' | 'own'): string => ((worked[which] * 1000) / calls[which]).toFixed(0);
    judge(
      ratio >= BUDGET,
      `${name}: ${Math.round(median(rates))} calls a second, ${ratio.toFixed(2)} of an empty server ` +
        `(budget ${BUDGET}); ${work('own')} µs of work a call, the empty server's ${work('empty')} µs`,
    );
  }
}

async function startUp(name: string, budget: number, ...args: string[]): Promise<Server> {
  const times: number[] = [];
  const ratios: number[] = [];
  let server = await sandbox(...args);
  for (let round = 0; round < STARTS; round++) {
    await stop(server);
    const empty = await emptyServer(0);
    await stop(empty);
    server = await sandbox(...args);
    times.push(server.startedIn);
    ratios.push(server.startedIn / empty.startedIn);
  }
  const ratio = median(ratios);
  const limit = Number.isFinite(budget) ? ` (budget ${budget})` : '';
  judge(
    ratio <= budget,
    `start with ${name}: ${Math.round(median(times))} ms, ${ratio.toFixed(1)} of an empty server${limit}, ${memoryMb(server)}`,
  );
  return server;
}

/** Back to a seed of 10,000 messages: the work of it, since the time says how busy the machine is. */
async function resets(): Promise<void> {
  const file = join(folder, 'small.json');
  writeFileSync(file, seed(RESET_MESSAGES));
  const server = await sandbox('--seed', file);
  const reset = async (): Promise<number> => {
    const started = performance.now();
    const answer = await fetch(`http://127.0.0.1:${server.port}/sandbox/reset`, { method: 'POST' });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`The reset was answered with ${answer.status}.`);
    return performance.now() - started;
  };
  for (let round = 0; round < RESETS; round++) await reset();
  const before = workedMs(server);
  const times: number[] = [];
  for (let round = 0; round < RESETS; round++) times.push(await reset());
  const work = (workedMs(server) - before) / RESETS;
  await stop(server);
  report(`work of a reset to a seed of ${RESET_MESSAGES} messages`, work, 'ms', RESET_BUDGET_MS);
  note('with request and answer', median(times), 'ms');
}

async function main(): Promise<void> {
  const seedFile = join(folder, 'seed.json');
  const dataFile = join(folder, 'data.json');
  writeFileSync(seedFile, seed());
  await stop(await startUp('the sample', START_BUDGET));
  await resets();
  const server = await startUp(
    `${MESSAGES} messages of a seed`,
    Number.POSITIVE_INFINITY,
    '--seed',
    seedFile,
  );
  await throughput(server);
  judge(true, `after that: ${memoryMb(server)}`);
  await stop(server);
  await stop(await sandbox('--seed', seedFile, '--data', dataFile));
  await stop(
    await startUp(`${MESSAGES} messages of a data file`, Number.POSITIVE_INFINITY, '--data', dataFile),
  );
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
