import { fork, type ChildProcess } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fetch from 'node-fetch';
import { ChatClient } from '../../src/chat/client';

/** One page as it is asked for and answered. */
export interface Page {
  readonly request: string;
  readonly answer: string;
}

/** A history that is read through the client, and by a bare keep-alive loop over the very same requests. */
export interface PagingRace {
  /** Of a bench, as it was started: it starts itself again as the server. */
  readonly file: string;
  /** The call. */
  readonly command: string;
  readonly messages: number;
  /** How much more work the client may be than the loop. */
  readonly budget: number;
  pages(): Page[];
  /** Reads all of it; gives how many messages there were. */
  read(client: ChatClient): Promise<number>;
}

const ROUNDS = 12;

/** In a process of its own: answers each known request at once, so that hardly anything but the client is measured. */
function serve(race: PagingRace): void {
  const answers = new Map(race.pages().map((page) => [page.request, Buffer.from(page.answer)]));
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (chunk: string) => (body += chunk));
    incoming.on('end', () => response.end(answers.get(body) ?? '{"ErrorCode":90001}'));
  });
  // Rounds of another loop may keep a connection idle for longer than the default of 5 s.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** The same query as the client's, so that all three send as many bytes. */
const query = `?sdkappid=1400000000&identifier=administrator&usersig=${'e'.repeat(200)}&random=1234567890&contenttype=json`;

type Ask = (port: number, agent: Agent, path: string, body: string) => Promise<string>;

const fetchText: Ask = async (port, agent, path, body) => {
  const headers = { 'Content-Type': 'application/json' };
  const url = `http://127.0.0.1:${port}${path}${query}`;
  return (await fetch(url, { method: 'POST', headers, body, agent })).text();
};

const httpText: Ask = (port, agent, path, body) =>
  new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, agent, method: 'POST', path: path + query, headers };
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

interface Took {
  /** Milliseconds by the clock. */
  readonly wall: number;
  /** Milliseconds of this process's work. */
  readonly cpu: number;
}

async function timed(messages: number, work: () => Promise<number>): Promise<Took> {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const count = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  if (count !== messages) throw new Error(`${count} messages instead of ${messages}`);
  return { wall, cpu: (user + system) / 1000 };
}

async function measure(race: PagingRace, port: number): Promise<void> {
  const { messages, budget } = race;
  const path = `/v4/${race.command}`;
  const asked = race.pages().map((page) => page.request);
  const agent = new Agent({ keepAlive: true });
  const app = { endpoint: `http://127.0.0.1:${port}`, sdkAppId: 1400000000, administrator: 'administrator' };
  const client = new ChatClient(app, { kind: 'secretKey', secretKey: '0123456789abcdef'.repeat(4) });
  const loop = (text: Ask) => async (): Promise<number> => {
    let count = 0;
    for (const body of asked) {
      const answer = JSON.parse(await text(port, agent, path, body)) as Answer;
      count += (answer.MsgList ?? answer.RspMsgList ?? []).length;
    }
    return count;
  };
  let heap = 0;
  const paged = async (): Promise<number> => {
    const count = await race.read(client);
    heap = Math.max(heap, process.memoryUsage().heapUsed);
    return count;
  };
  const rounds: { bare: Took; paged: Took; http: Took }[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    const times = {
      bare: await timed(messages, loop(fetchText)),
      paged: await timed(messages, paged),
      http: await timed(messages, loop(httpText)),
    };
    // The first ones are for the compiler.
    if (round >= 0) rounds.push(times);
  }
  agent.destroy();
  client.dispose();
  // The least disturbed round of each: whatever else the machine does can only make one slower.
  const fastest = (which: keyof (typeof rounds)[number], time: keyof Took) =>
    Math.min(...rounds.map((times) => times[which][time]));
  const figures = (which: keyof (typeof rounds)[number]) =>
    `${fastest(which, 'cpu').toFixed(0)} ms of work in ${fastest(which, 'wall').toFixed(0)} ms`;
  // Of the work, not of the clock: waiting for the server is the same for both and would only hide a difference.
  const ratio = fastest('paged', 'cpu') / fastest('bare', 'cpu');
  console.log(
    `${messages} messages in ${asked.length} pages: bare loop ${figures('bare')}, client ${figures('paged')}, ` +
      `ratio ${ratio.toFixed(2)} (budget ${budget})`,
  );
  console.log(`the bare loop on Node's http without node-fetch: ${figures('http')}`);
  console.log(`largest heap while reading: ${(heap / 1e6).toFixed(0)} MB`);
  if (ratio > budget) process.exitCode = 1;
}

/** Runs the race, or the server of it in the process that it starts for that. */
export async function run(race: PagingRace): Promise<void> {
  if (process.argv[2] === 'serve') {
    serve(race);
    return;
  }
  const child: ChildProcess = fork(race.file, ['serve'], { execArgv: [] });
  try {
    const port = await new Promise<number>((resolve) =>
      child.once('message', (message) => resolve(message as number)),
    );
    await measure(race, port);
  } finally {
    child.kill();
  }
}

/** What the loop counts. */
interface Answer {
  readonly MsgList?: readonly unknown[];
  readonly RspMsgList?: readonly unknown[];
}
