import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, median } from './figures';
import {
  emptyServer,
  endAll,
  launchAt,
  perSecond,
  requestOf,
  sandbox,
  workedMs,
  type Server,
} from './httpServers';

/**
 * The sandbox beside the generic mock servers that people use in its place, in the same run: all answer the same text to the same
 * request, the sandbox by checking it, the others by looking it up. They are installed into a temporary folder, so this runs only when
 * it is asked for: `npm run bench -- --only mocks`.
 */
const PACKAGES = ['@stoplight/prism-cli@5', 'json-server@0.17'];
const BUDGET = 3;
const ROUNDS = 7;
const ROUND_MS = 500;
const WARM_UP_MS = 2000;

const folder = mkdtempSync(join(tmpdir(), 'mock-servers-'));
const command = 'im_open_login_svc/account_check';
const check = { CheckItem: [{ UserID: 'alice' }] };
const answer = {
  ActionStatus: 'OK',
  ErrorInfo: '',
  ErrorCode: 0,
  ResultItem: [{ UserID: 'alice', ResultCode: 0, ResultInfo: '', AccountStatus: 'Imported' }],
};

const description = {
  openapi: '3.0.0',
  info: { title: 'chat', version: '1' },
  paths: {
    [`/v4/${command}`]: {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: { description: 'ok', content: { 'application/json': { example: answer } } } },
      },
    },
  },
};

const post = (): Buffer => requestOf(command, check);
const json = (): Buffer =>
  Buffer.from(post().toString().replace('\r\n', '\r\nContent-Type: application/json\r\n'));
const get = (): Buffer => Buffer.from('GET /account_check HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');

async function main(): Promise<void> {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES];
  execFileSync('npm', install, { cwd: folder, stdio: 'ignore' });
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'api.json'), JSON.stringify(description));
  writeFileSync(join(folder, 'db.json'), JSON.stringify({ account_check: answer }));
  const bin = (name: string): string => join(folder, 'node_modules', name);
  const racers: [name: string, server: Server, next: () => Buffer][] = [
    ['an empty server', await emptyServer(JSON.stringify(answer).length), post],
    ['the sandbox', await sandbox(), post],
    [
      'prism',
      await launchAt(
        18_471,
        [bin('@stoplight/prism-cli/dist/index.js'), 'mock', '-p', '18471', 'api.json'],
        folder,
      ),
      json,
    ],
    [
      'json-server',
      await launchAt(
        18_472,
        [bin('json-server/lib/cli/bin.js'), '--quiet', '-p', '18472', 'db.json'],
        folder,
      ),
      get,
    ],
  ];
  for (const [, { port }, next] of racers) await perSecond(port, next, WARM_UP_MS);
  const worked = racers.map(([, server]) => -workedMs(server));
  const calls = racers.map(() => 0);
  const rates = racers.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, [, { port }, next]] of racers.entries()) {
      const { rate, count } = await perSecond(port, next, ROUND_MS);
      rates[index]?.push(rate);
      calls[index]! += count;
    }
  }
  const work = racers.map(([name, server], index) => {
    const each = ((worked[index]! + workedMs(server)) * 1000) / calls[index]!;
    const rate = Math.round(median(rates[index] ?? []));
    const start = Math.round(server.startedIn);
    console.log(
      `  ${name}: ${rate} calls a second, ${each.toFixed(0)} µs of work a call, started in ${start} ms`,
    );
    return each;
  });
  // By the work of a call: on a busy machine calls a second say how busy it is.
  const [, own = Number.NaN, ...others] = work;
  const ratio = Math.min(...others) / own;
  judge(
    ratio >= BUDGET,
    `the better mock server works ${ratio.toFixed(1)} × as long for a call (budget ${BUDGET})`,
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
