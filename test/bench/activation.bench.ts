import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { activatedFiles, bytesOf } from '../support/ui/loadedFiles';
import { startWorkbench } from '../support/ui/workbench';
import { linkExtension } from '../support/vscode-host/extension.mjs';
import { median, note, report } from './figures';

/**
 * What activating the extension costs: the bytes that are loaded when it has ended, and the CPU of compiling, evaluating
 * and calling, beside VS Code's own JSON extension. In fresh hosts, where nothing else wants ours. VS Code starts the JSON
 * extension before any other is there to look on, so that is loaded once more, and its call is left out: it costs more. The wall time
 * that *Developer: Startup Performance* lists is no figure: it is several times as long where the host starts other things.
 */
const HOSTS = 9;
const KB = 1024;

const ours = 'tencent-chat-tools.tencent-chat-message-editor';
const json = 'vscode.json-language-features';

/** CPU in milliseconds. */
interface Activation {
  load: number;
  call: number;
}

/**
 * An extension that stands between VS Code and ours: it sees our main file required, and gives VS Code our `activate` in
 * a wrapping that takes the time.
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
  const { extensionPath, packageJSON } = vscode.extensions.getExtension(${JSON.stringify(ours)});
  const main = require('node:path').join(extensionPath, packageJSON.main).replace(/\\.js$/, '');
  Module._load = function (request, ...more) {
    if (request.replace(/\\.js$/, '') !== main) return load.call(this, request, ...more);
    const { value: exported, ms } = taken(() => load.call(this, request, ...more));
    times.load = ms;
    const activate = (context) => {
      const { value, ms } = taken(() => exported.activate(context));
      times.call = ms;
      return value;
    };
    return { __proto__: exported, activate };
  };
  globalThis.activation = { times, taken };
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

interface Figures {
  readonly bytes: number;
  readonly ours: Activation;
  /** Milliseconds of CPU for loading the JSON extension. */
  readonly json: number;
}

async function activateOnce(): Promise<Figures> {
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
    const figures = await workbench.inHost<Omit<Figures, 'bytes'>>(`
      const { extensionPath, packageJSON } = vscode.extensions.getExtension(${JSON.stringify(json)});
      await vscode.extensions.getExtension(${JSON.stringify(json)}).activate();
      const Module = process.getBuiltinModule('node:module');
      for (const file of Object.keys(Module._cache)) if (file.startsWith(extensionPath + '/')) delete Module._cache[file];
      const main = extensionPath + '/' + packageJSON.main;
      const { ms } = activation.taken(() => Module.createRequire(main)(main));
      return { ours: activation.times, json: ms };
    `);
    return { bytes, ...figures };
  } finally {
    await workbench.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function main(): Promise<void> {
  const runs: Figures[] = [];
  while (runs.length < HOSTS) runs.push(await activateOnce());
  const own = median(runs.map(({ ours: { load, call } }) => load + call));
  const others = median(runs.map((run) => run.json));
  const bytes = Math.max(...runs.map((run) => run.bytes));
  console.log(`  eager: ${(bytes / KB).toFixed(0)} KB`);
  report('code that is loaded when activate() has ended', bytes / KB, 'KB', 120);
  report('CPU of load + call of activate()', own, 'ms', 15);
  note('of that the call', median(runs.map((run) => run.ours.call)), 'ms');
  note("loading VS Code's JSON extension in the same hosts", others, 'ms');
  report("CPU of load + call, against loading VS Code's JSON extension", own / others, 'times', 1);
}

void main();
