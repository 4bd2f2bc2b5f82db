import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/server';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { linkExtension } from '../support/vscode-host/extension.mjs';
import { median, note, report } from './figures';

/**
 * What the extension costs at its activation, as *Developer: Startup Performance* lists it, in fresh hosts. Each of them
 * starts an extension that does nothing, too: what VS Code and a busy machine add to any extension shows there. It has an
 * event of its own, since extensions of one event are loaded together and each one's time holds the others'.
 */
const HOSTS = 5;
const ours = 'tencent-chat-tools.tencent-chat-message-editor';
const empty = 'tests.empty';

interface Activation {
  /** Milliseconds. */
  load: number;
  call: number;
  finish: number;
}

/** The row of an extension: `| id | eager | load | call | finish | event | by |`. */
function activationIn(text: string, id: string): Activation | undefined {
  const row = text.split(/\r?\n/).find((line) => line.startsWith(`| ${id} `));
  if (row === undefined) return undefined;
  const [load, call, finish] = row.split('|').slice(3, 6).map(Number);
  return { load: load!, call: call!, finish: finish! };
}

const inWords = ({ load, call, finish }: Activation): string =>
  `load ${load} ms, call ${call} ms, finish ${finish} ms`;

async function startupPerformance({ quickInput, editors, page }: Workbench): Promise<string> {
  await quickInput.runCommand('Developer: Startup Performance');
  await editors.textEditor().click();
  await editors.textEditor().getByText('System Info').first().waitFor();
  await page.keyboard.press('ControlOrMeta+KeyA');
  await page.keyboard.press('ControlOrMeta+KeyC');
  return page.evaluate('navigator.clipboard.readText()');
}

async function makeEmptyExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'empty',
    publisher: 'tests',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['*'],
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), 'exports.activate = () => {};');
}

async function activateOnce(endpoint: string): Promise<{ own: Activation; control: Activation }> {
  const home = await mkdtemp(path.join(tmpdir(), 'activation-'));
  await makeEmptyExtension(path.join(home, 'empty'));
  await linkExtension(path.join(home, 'empty'), {
    dataDir: path.join(home, 'server'),
    extensionsDir: path.join(home, 'extensions'),
  });
  const workbench = await startWorkbench({ home, settings: { 'tencentChat.sandbox.endpoint': endpoint } });
  try {
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').row('Sandbox');
    // VS Code writes the page while its figures come in.
    for (let attempt = 0; attempt < 5; attempt++) {
      const text = await startupPerformance(workbench);
      const [own, control] = [activationIn(text, ours), activationIn(text, empty)];
      if (own && control) return { own, control };
    }
    throw new Error('The extensions are not among those that were activated.');
  } finally {
    await workbench.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function main(): Promise<void> {
  const sandbox = await startSandbox();
  try {
    const runs: { own: Activation; control: Activation }[] = [];
    while (runs.length < HOSTS) runs.push(await activateOnce(sandbox.url));
    for (const { own, control } of runs) console.log(`  ${inWords(own)}; an empty one: ${inWords(control)}`);
    const medians = (figure: (of: Activation) => number): [number, number] => [
      median(runs.map(({ own }) => figure(own))),
      median(runs.map(({ own, control }) => figure(own) - figure(control))),
    ];
    const [start, ownStart] = medians(({ load, call }) => load + call);
    const [finish, ownFinish] = medians((activation) => activation.finish);
    report('load + call of activate()', start, 'ms', 15);
    note('load + call beyond those of an empty extension', ownStart, 'ms');
    report('finish of activate()', finish, 'ms', 30);
    note('finish beyond that of an empty extension', ownFinish, 'ms');
  } finally {
    await sandbox.stop();
  }
}

void main();
