import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeUserSig } from '../../src/chat/userSig';
import { defaults } from '../../src/sandbox/options';

/**
 * The sandbox against an empty Node HTTP server in the same run: a process that reads the body and answers a fixed
 * text as long as the sandbox's answer is. Requests are made once and sent over raw sockets by two clients, so that
 * what is measured is the servers.
 */
const CONVERSATIONS = 1000;
const MESSAGES = 100_000;
const CLIENTS = 2;
const CONNECTIONS = 8;
/** Many short rounds, taken in turns, so that a machine that is busy meanwhile is so for both. */
const ROUNDS = 15;
const ROUND_MS = 300;
/** Before the first round, so that both servers' code has been compiled for good. */
const WARM_UP_MS = 2500;
const STARTS = 5;
const BUDGET = 0.5;
/** Of the time that an empty server takes to start, with the sample data. */
const START_BUDGET = 3;

const now = Math.floor(Date.now() / 1000);
const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));
const children: ChildProcess[] = [];

/** A hundred messages in each of a thousand conversations, over six days. */
function seed(): string {
  const users = Array.from({ length: CONVERSATIONS + 1 }, (_, index) => ({ UserID: `user-${index}` }));
  const messages: string[] = [];
  for (let index = 0; index < MESSAGES; index++) {
    const peer = index % CONVERSATIONS;
    messages.push(
      JSON.stringify({
        ...{ From_Account: `user-${peer}`, To_Account: `user-${peer + 1}`, MsgSeq: index, MsgRandom: 7 },
        MsgTimeStamp: now - 6 * 86_400 + Math.floor(index * 5),
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: `Message ${index} 你好` } }],
        CloudCustomData: `{"n":${index}}`,
      }),
    );
  }
  return `{"Format":1,"Accounts":${JSON.stringify(users)},"Messages":[\n${messages.join(',\n')}\n]}`;
}

interface Server {
  readonly port: number;
  readonly child: ChildProcess;
  /** Milliseconds from the start of the process to its being ready. */
  readonly startedIn: number;
}

async function launch(args: readonly string[]): Promise<Server> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const data of child.stdout as AsyncIterable<Buffer>) {
    const port = /:(\d+)\s*$/.exec(data.toString())?.[1];
    if (port !== undefined) return { port: Number(port), child, startedIn: performance.now() - started };
  }
  throw new Error('The server did not start.');
}

async function stop({ child }: Server): Promise<void> {
  child.kill();
  await once(child, 'exit');
}

const sandbox = (...args: string[]): Promise<Server> =>
  launch([resolve('dist/sandbox.js'), '--port', '0', '--quiet', '--set', 'limits=false', ...args]);

function emptyServer(bytes: number): Promise<Server> {
  const script =
    `const text = 'x'.repeat(${bytes});` +
    `const server = require('http').createServer((request, response) => {` +
    `  const chunks = []; request.on('data', (chunk) => chunks.push(chunk));` +
    `  request.on('end', () => { response.writeHead(200, { 'Content-Type': 'application/json',` +
    `    'Content-Length': text.length }); response.end(text); }); });` +
    `server.listen(0, '127.0.0.1', () => console.log('ready on :' + server.address().port));`;
  return launch(['-e', script]);
}

const userSig = makeUserSig(defaults.sdkAppId, defaults.secretKey, defaults.administrator);

function requestOf(command: string, body: unknown): Buffer {
  const text = JSON.stringify(body);
  const query = `sdkappid=${defaults.sdkAppId}&identifier=${defaults.administrator}&usersig=${userSig}`;
  return Buffer.from(
    `POST /v4/${command}?${query}&random=7&contenttype=json HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

/** Sends requests over one connection, one after the other, until the time is over. Gives how many were answered. */
function drive(port: number, next: () => Buffer, until: number): Promise<{ count: number; bytes: number }> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = Buffer.alloc(0);
    let count = 0;
    let bytes = 0;
    socket.on('connect', () => socket.write(next()));
    socket.on('error', fail);
    socket.on('data', (data) => {
      received = received.length === 0 ? data : Buffer.concat([received, data]);
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received.toString('latin1', 0, head))?.[1]);
      if (received.length < head + 4 + length) return;
      if (received.includes('"ActionStatus":"FAIL"')) {
        fail(new Error(received.toString('utf8', head + 4)));
        return;
      }
      count += 1;
      bytes = length;
      received = Buffer.alloc(0);
      if (performance.now() < until) socket.write(next());
      else socket.end(() => done({ count, bytes }));
    });
  });
}

async function perSecond(
  port: number,
  next: () => Buffer,
  ms = ROUND_MS,
): Promise<{ rate: number; count: number; bytes: number }> {
  const started = performance.now();
  const connections = Array.from({ length: CLIENTS * CONNECTIONS }, () => drive(port, next, started + ms));
  const results = await Promise.all(connections);
  const count = results.reduce((sum, result) => sum + result.count, 0);
  return { rate: (count * 1000) / (performance.now() - started), count, bytes: results[0]?.bytes ?? 0 };
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

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

function memoryMb({ child }: Server): string {
  try {
    const kb = /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1];
    return `${Math.round(Number(kb) / 1024)} MB`;
  } catch {
    return 'memory is told on Linux only';
  }
}

/** Milliseconds that a process has worked; Linux counts them in hundredths of a second. */
function workedMs({ child }: Server): number {
  try {
    const fields =
      readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

function report(ok: boolean, line: string): void {
  if (!ok) process.exitCode = 1;
  console.log(`${ok ? '✔' : '✘'} ${line}`);
}

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
      const bare = await perSecond(empty.port, next);
      const own = await perSecond(server.port, next);
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
    report(
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
  report(
    ratio <= budget,
    `start with ${name}: ${Math.round(median(times))} ms, ${ratio.toFixed(1)} of an empty server${limit}, ${memoryMb(server)}`,
  );
  return server;
}

async function main(): Promise<void> {
  const seedFile = join(folder, 'seed.json');
  const dataFile = join(folder, 'data.json');
  writeFileSync(seedFile, seed());
  await stop(await startUp('the sample', START_BUDGET));
  const server = await startUp(
    `${MESSAGES} messages of a seed`,
    Number.POSITIVE_INFINITY,
    '--seed',
    seedFile,
  );
  await throughput(server);
  report(true, `after that: ${memoryMb(server)}`);
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
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
