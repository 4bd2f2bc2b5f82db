import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import * as http from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { InboxProcess } from '../../src/webhooks/inbox/inboxProcess';
import { EventReader } from '../../src/webhooks/store/eventReader';
import { note, report } from './figures';

/**
 * Webhooks at the pace of a busy app, sent by a process of its own, while the window that started the inbox does nothing
 * else for a second at a time: the service waits 2 s, and production must not notice.
 */
const A_SECOND = 500;
const SECONDS = 10;
const BUSY_MS = 1000;
const BUDGET_MS = 100;

const SEGMENT = 'f'.repeat(32);

interface Sent {
  readonly unanswered: number;
  /** Milliseconds of each answer. */
  readonly times: readonly number[];
}

function bodyOf(index: number): string {
  return JSON.stringify({
    CallbackCommand: 'C2C.CallbackBeforeSendMsg',
    ...{ From_Account: 'alice', To_Account: 'bob', MsgSeq: index, MsgRandom: 7, MsgTime: 1557481126 },
    MsgKey: `${index}_7_1557481126`,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: `Message ${index} ${'你好'.repeat(100)}` } }],
  });
}

/** The other process: sends at the pace, whatever the answers take. */
async function send(port: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  let unanswered = 0;
  const one = (index: number): Promise<void> =>
    new Promise((resolve) => {
      const started = performance.now();
      const request = http.request(
        `http://127.0.0.1:${port}/webhook/${SEGMENT}?CallbackCommand=C2C.CallbackBeforeSendMsg`,
        { method: 'POST', agent },
        (response) => {
          response.resume();
          response.on('end', () => {
            times.push(performance.now() - started);
            if (response.statusCode !== 200) unanswered += 1;
            resolve();
          });
        },
      );
      request.on('error', () => {
        unanswered += 1;
        resolve();
      });
      request.end(bodyOf(index));
    });
  const begun = performance.now();
  const all: Promise<void>[] = [];
  while (all.length < A_SECOND * SECONDS) {
    const due = Math.min(A_SECOND * SECONDS, ((performance.now() - begun) / 1000) * A_SECOND);
    while (all.length < due) all.push(one(all.length));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(all);
  process.send?.({ unanswered, times } satisfies Sent);
  agent.destroy();
  process.disconnect();
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'webhooks-bench-'));
  const inbox = new InboxProcess({
    script: path.resolve('dist/inbox.js'),
    folder,
    onNews: () => undefined,
    onTrouble: (detail) => console.log(detail),
    onExit: () => console.log('✘ the inbox ended'),
  });
  try {
    const rules = '{"rules":[{"when":{"text":"/nothing like it/"},"answer":{"do":"drop"}}]}';
    const port = await inbox.start({ segment: SEGMENT, hosts: [], rules, trusted: [] }, 0);
    const sender = fork(__filename, ['send', String(port)]);
    const sent = once(sender, 'message') as Promise<[Sent]>;
    const busy = setInterval(() => {
      for (const end = Date.now() + BUSY_MS; Date.now() < end;);
    }, BUSY_MS * 2);
    const [{ unanswered, times }] = await sent;
    clearInterval(busy);
    const sorted = [...times].sort((one, other) => one - other);
    report('webhooks without an answer', unanswered, '', 0);
    report(
      '99 of 100 are answered within',
      sorted[Math.floor(sorted.length * 0.99)] ?? Infinity,
      'ms',
      BUDGET_MS,
    );
    note('the slowest', sorted.at(-1) ?? Infinity, 'ms');
    const reader = new EventReader(path.join(folder, 'events'), (_, body) => body.toString());
    await reader.refresh();
    const kept = reader.list();
    const whole = kept.filter(({ digest }) => digest === bodyOf(Number(/"MsgSeq":(\d+)/.exec(digest)?.[1])));
    report('of the newest 1,000 not whole on the disk', 1000 - whole.length, '', 0);
  } finally {
    await inbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === 'send') void send(Number(process.argv[3]));
else void main();
