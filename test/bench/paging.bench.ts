import { fork, type ChildProcess } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fetch from 'node-fetch';
import { ChatClient } from '../../src/chat/client';

/**
 * Reading history through the client against a bare keep-alive loop over the very same requests: `node-fetch`, as the
 * client's, with nothing around it but `JSON.parse`. What `node-fetch` itself costs against Node's own `http` is
 * printed, too, and has no budget: it was chosen for other reasons.
 */
const MESSAGES = 10_000;
const PAGE_BYTES = 13 * 1024;
const BUDGET = 1.1;
const ROUNDS = 12;
const PATH = '/v4/openim/admin_getroammsg';

interface Page {
  readonly request: string;
  readonly answer: string;
}

const newest = 1_700_000_000;

function messageText(i: number): string {
  const time = newest - i;
  const data = JSON.stringify(`{"order":12345678901234567,"note":"${'你好 '.repeat(i % 7)}","i":${i}}`);
  return (
    `{"From_Account":"alice","To_Account":"bob","MsgSeq":${i},"MsgRandom":7,"MsgTimeStamp":${time},"MsgFlagBits":0,` +
    `"IsPeerRead":0,"MsgKey":"${i}_7_${time}","MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data}}}],` +
    `"CloudCustomData":"{\\"i\\":${i}}"}`
  );
}

/** The conversation as the service would page it: cut at 13 KB, newest page first, oldest message first in each. */
function pages(): Page[] {
  const all: Page[] = [];
  let cursor = { time: newest, key: undefined as string | undefined };
  for (let i = 0; i < MESSAGES;) {
    const items: string[] = [];
    for (let size = 0; size < PAGE_BYTES && i < MESSAGES; i++) {
      const text = messageText(i);
      items.unshift(text);
      size += Buffer.byteLength(text);
    }
    const last = { time: newest - (i - 1), key: `${i - 1}_7_${newest - (i - 1)}` };
    all.push({
      request: JSON.stringify({
        Operator_Account: 'alice',
        Peer_Account: 'bob',
        MaxCnt: 100,
        MinTime: 0,
        MaxTime: cursor.time,
        LastMsgKey: cursor.key,
      }),
      answer:
        `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"Complete":${i < MESSAGES ? 0 : 1},` +
        `"MsgCnt":${items.length},"LastMsgTime":${last.time},"LastMsgKey":"${last.key}","MsgList":[${items.join(',')}]}`,
    });
    cursor = last;
  }
  return all;
}

/** In a process of its own: answers each known request at once, so that hardly anything but the client is measured. */
function serve(): void {
  const answers = new Map(pages().map((page) => [page.request, Buffer.from(page.answer)]));
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

async function fetchText(port: number, agent: Agent, body: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const url = `http://127.0.0.1:${port}${PATH}${query}`;
  return (await fetch(url, { method: 'POST', headers, body, agent })).text();
}

function httpText(port: number, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, agent, method: 'POST', path: PATH + query, headers };
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

interface Took {
  /** Milliseconds by the clock. */
  readonly wall: number;
  /** Milliseconds of this process's work. */
  readonly cpu: number;
}

async function timed(work: () => Promise<number>): Promise<Took> {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const count = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  if (count !== MESSAGES) throw new Error(`${count} messages instead of ${MESSAGES}`);
  return { wall, cpu: (user + system) / 1000 };
}

async function measure(port: number): Promise<void> {
  const asked = pages().map((page) => page.request);
  const agent = new Agent({ keepAlive: true });
  const app = { endpoint: `http://127.0.0.1:${port}`, sdkAppId: 1400000000, administrator: 'administrator' };
  const client = new ChatClient(app, { kind: 'secretKey', secretKey: '0123456789abcdef'.repeat(4) });
  const loop = (text: typeof fetchText) => async (): Promise<number> => {
    let count = 0;
    for (const body of asked) {
      const answer = JSON.parse(await text(port, agent, body)) as { MsgCnt: number };
      count += answer.MsgCnt;
    }
    return count;
  };
  let heap = 0;
  const paged = async (): Promise<number> => {
    let count = 0;
    for await (const page of client.history({
      chat: { chat: 'c2c', user: 'alice', peer: 'bob' },
      maxTime: newest,
    })) {
      count += page.messages.length;
    }
    heap = Math.max(heap, process.memoryUsage().heapUsed);
    return count;
  };
  const rounds: { bare: Took; paged: Took; http: Took }[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    const times = {
      bare: await timed(loop(fetchText)),
      paged: await timed(paged),
      http: await timed(loop(httpText)),
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
    `${MESSAGES} messages in ${asked.length} pages: bare loop ${figures('bare')}, client ${figures('paged')}, ` +
      `ratio ${ratio.toFixed(2)} (budget ${BUDGET})`,
  );
  console.log(`the bare loop on Node's http without node-fetch: ${figures('http')}`);
  console.log(`largest heap while reading: ${(heap / 1e6).toFixed(0)} MB`);
  if (ratio > BUDGET) process.exitCode = 1;
}

async function main(): Promise<void> {
  const child: ChildProcess = fork(__filename, ['serve'], { execArgv: [] });
  try {
    const port = await new Promise<number>((resolve) =>
      child.once('message', (message) => resolve(message as number)),
    );
    await measure(port);
  } finally {
    child.kill();
  }
}

if (process.argv[2] === 'serve') serve();
else void main();
