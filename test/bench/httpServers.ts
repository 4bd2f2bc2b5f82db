import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeUserSig } from '../../src/chat/userSig';
import { defaults } from '../../src/sandbox/options';

/** Servers in processes of their own, and two clients that send requests made beforehand over raw sockets: what is measured is the servers. */
const CLIENTS = 2;
const CONNECTIONS = 8;
const children: ChildProcess[] = [];

/** A server that was started. */
export interface Server {
  readonly port: number;
  readonly child: ChildProcess;
  /** Milliseconds from the start of the process to its being ready. */
  readonly startedIn: number;
}

/** Starts a server that prints its address on its standard output. */
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

/** Ends a server. */
export async function stop({ child }: Server): Promise<void> {
  child.kill();
  await once(child, 'exit');
}

/** Starts a server at a port, and waits until it can be reached there. */
export async function launchAt(port: number, args: readonly string[], cwd: string): Promise<Server> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(child);
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error('The server did not start.');
    await setTimeout(20);
  }
  return { port, child, startedIn: performance.now() - started };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });
}

/** Ends what still runs. */
export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** The sandbox as it is shipped, on a free port. */
export const sandbox = (...args: string[]): Promise<Server> =>
  launch([resolve('dist/sandbox.js'), '--port', '0', '--quiet', '--set', 'limits=false', ...args]);

/** A process that reads the body and answers a text of so many bytes. */
export function emptyServer(bytes: number): Promise<Server> {
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

/** A request of the service as bytes. */
export function requestOf(command: string, body: unknown): Buffer {
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

/** How many requests are answered a second while two clients send all the time. */
export async function perSecond(
  port: number,
  next: () => Buffer,
  ms: number,
): Promise<{ rate: number; count: number; bytes: number }> {
  const started = performance.now();
  const connections = Array.from({ length: CLIENTS * CONNECTIONS }, () => drive(port, next, started + ms));
  const results = await Promise.all(connections);
  const count = results.reduce((sum, result) => sum + result.count, 0);
  return { rate: (count * 1000) / (performance.now() - started), count, bytes: results[0]?.bytes ?? 0 };
}

/** What a process holds. */
export function memoryMb({ child }: Server): string {
  try {
    const kb = /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1];
    return `${Math.round(Number(kb) / 1024)} MB`;
  } catch {
    return 'memory is told on Linux only';
  }
}

/** Milliseconds that a process has worked; Linux counts them in hundredths of a second. */
export function workedMs({ child }: Server): number {
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
