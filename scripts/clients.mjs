// @ts-check
// `npm run clients`: clients that others wrote against the sandbox, and the sandbox's npm package under other versions of Node.
// What can be had is fetched from the npm registry, into a temporary folder; what cannot is said. All of it runs on loopback.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun, npm, run } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { runMocha } from './lib/suites.mjs';

/** Versions of Node that the package says it runs under, besides the one that runs this. */
const VERSIONS = [20, 22, 24];
/** What the examples of the documentation are written in; one that is not here is passed over by their test. */
const LANGUAGES = {
  Go: ['go', 'version'],
  Java: ['java', '-version'],
  PHP: ['php', '-v'],
  Python: ['python3', '-V'],
};

/** Starts the sandbox from its package, sends and reads a message, and takes its answers as a test would. */
const SMOKE = `
import assert from 'node:assert/strict';
import { startSandbox } from 'tencent-chat-sandbox';
const sandbox = await startSandbox();
const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];
const pair = { From_Account: 'alice', To_Account: 'bob' };
const { ErrorCode, MsgKey } = await sandbox.control.call('openim/sendmsg', { ...pair, MsgRandom: 1, MsgBody });
assert.equal(ErrorCode, 0);
await sandbox.control.expect({ command: 'openim/sendmsg', body: { MsgBody } });
const window = { Operator_Account: 'bob', Peer_Account: 'alice', MaxCnt: 100, MinTime: 0, MaxTime: 4294967295 };
const { MsgList } = await sandbox.control.call('openim/admin_getroammsg', window);
assert.ok(MsgList.some((message) => message.MsgKey === MsgKey));
assert.equal((await fetch(sandbox.url + '/sandbox/')).status, 200);
await sandbox.stop();
`;

let failed = 0;
const say = (/** @type {boolean} */ ok, /** @type {string} */ line) => {
  if (!ok) failed += 1;
  console.log(`${ok ? '✔' : '✘'} ${line}`);
};

await ensureDependencies((line) => console.log(line));
await mustRun(process.execPath, ['esbuild.js', '--tests'], { cwd: root });
for (const [name, [command = '', ...args]] of Object.entries(LANGUAGES)) {
  const { code } = await run(command, args, { quiet: true });
  if (code !== 0) console.log(`– ${name} is not on this machine: its example does not run`);
}
const files = ['otherClient', 'foreignClients', 'examples'].map((name) => `sandbox/${name}.test.js`);
const counts = await runMocha('unit', { files });
say(
  counts.failed === 0,
  `clients of others, requests as they send them, examples: ${counts.passed} passed, ${counts.failed} failed`,
);

// Loaded only now: on a fresh clone it has just been installed.
const { packSandbox } = await import('./lib/sandboxPackage.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-clients-'));
try {
  const tarball = await packSandbox(path.join(folder, 'made'));
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  writeFileSync(path.join(folder, 'smoke.mjs'), SMOKE);
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
  await mustRun(npm, [...install, '--offline', tarball], { cwd: folder });
  const own = Number(process.versions.node.split('.')[0]);
  for (const version of VERSIONS) {
    const name = `node-${process.platform}-${process.arch}`;
    const alias = `node${version}`;
    if (version !== own) {
      const { code } = await run(npm, [...install, `${alias}@npm:${name}@${version}`], {
        cwd: folder,
        quiet: true,
      });
      if (code !== 0) {
        console.log(`– Node ${version} cannot be had as ${name}`);
        continue;
      }
    }
    const node = version === own ? process.execPath : path.join(folder, 'node_modules', alias, 'bin/node');
    const { code, output } = await run(node, ['smoke.mjs'], { cwd: folder, quiet: true });
    say(code === 0, `the package under Node ${version}${code === 0 ? '' : `:\n${output}`}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${failed === 0 ? 'All of it runs.' : `${failed} of it failed.`}`);
process.exit(failed === 0 ? 0 : 1);
