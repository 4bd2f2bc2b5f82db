import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { activatedFiles, bytesOf } from '../support/ui/loadedFiles';
import { startWorkbench } from '../support/ui/workbench';
import { linkExtension } from '../support/vscode-host/extension.mjs';
import { median, note, report } from './figures';

/**
 * What activating the extension costs: the bytes that are loaded when it has ended, and the CPU of compiling, evaluating
 * and calling, beside VS Code's own JSON extension. In fresh hosts, where nothing else wants either of them. The wall time
 * that *Developer: Startup Performance* lists is no figure: it is several times as long where the host starts other things.
 */
const HOSTS = 9;
const KB = 1024;

const extensions = {
  ours: 'tencent-chat-tools.tencent-chat-message-editor',
  json: 'vscode.json-language-features',
} as const;

/** CPU in milliseconds. */
interface Activation {
  load: number;
  call: number;
}

/**
 * An extension that stands between VS Code and the extensions that are measured: it sees their main file required, and
 * gives VS Code their `activate` in a wrapping that takes the time.
 */
const clock = `
  const Module = require('node:module');
  const load = Module._load;
  const vscode = require('vscode');
  const taken = (work) => {
    const before = process.cpuUsage();
    const value = work();
    const { user, system } = process.cpuUsage(before);
    return { value, ms: (user + system) / 1000 };
  };
  const times = {};
  const mains = ${JSON.stringify(Object.entries(extensions))}.map(([name, id]) => {
    const { extensionPath, packageJSON } = vscode.extensions.getExtension(id);
    return [name, require('node:path').join(extensionPath, packageJSON.main).replace(/\\.js$/, '')];
  });
  Module._load = function (request, ...more) {
    const [name] = mains.find(([, main]) => request.replace(/\\.js$/, '') === main) ?? [];
    if (name === undefined) return load.call(this, request, ...more);
    const { value: exported, ms } = taken(() => load.call(this, request, ...more));
    times[name] = { load: ms };
    const activate = (context) => {
      const { value, ms } = taken(() => exported.activate(context));
      times[name].call = ms;
      return value;
    };
    return { __proto__: exported, activate };
  };
  globalThis.activationTimes = times;
  exports.activate = () => {};
`;

async function makeClock(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'clock',
    publisher: 'tests',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['*'],
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), clock);
}

async function activateOnce(): Promise<{ bytes: number; ours: Activation; json: Activation }> {
  const home = await mkdtemp(path.join(tmpdir(), 'activation-'));
  await makeClock(path.join(home, 'clock'));
  await linkExtension(path.join(home, 'clock'), {
    dataDir: path.join(home, 'server'),
    extensionsDir: path.join(home, 'extensions'),
  });
  const workbench = await startWorkbench({ home, development: true });
  try {
    // As the first, so that none of our rooms is loaded for anything else.
    const bytes = bytesOf(await activatedFiles(workbench));
    const times = await workbench.inHost<{ ours: Activation; json: Activation }>(`
      await vscode.extensions.getExtension(${JSON.stringify(extensions.json)}).activate();
      return globalThis.activationTimes;
    `);
    return { bytes, ...times };
  } finally {
    await workbench.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function main(): Promise<void> {
  const runs: Awaited<ReturnType<typeof activateOnce>>[] = [];
  while (runs.length < HOSTS) runs.push(await activateOnce());
  const sum = ({ load, call }: Activation): number => load + call;
  const ours = median(runs.map((run) => sum(run.ours)));
  const json = median(runs.map((run) => sum(run.json)));
  const bytes = Math.max(...runs.map((run) => run.bytes));
  console.log(`  eager: ${(bytes / KB).toFixed(0)} KB`);
  report('code that is loaded when activate() has ended', bytes / KB, 'KB', 120);
  report('CPU of load + call of activate()', ours, 'ms', 15);
  note('of that the call', median(runs.map((run) => run.ours.call)), 'ms');
  note("VS Code's JSON extension in the same hosts", json, 'ms');
  report("CPU of load + call, against VS Code's JSON extension", ours / json, 'times', 1);
}

void main();
