import { startSandbox } from '../../src/sandbox/server';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { median, report } from './figures';

/**
 * What the extension costs at its activation, as *Developer: Startup Performance* lists it, in fresh hosts. What VS Code
 * spends outside of the extension is in the finish time, too.
 */
const HOSTS = 5;
const extension = 'tencent-chat-tools.tencent-chat-message-editor';

interface Activation {
  /** Milliseconds. */
  load: number;
  call: number;
  finish: number;
}

/** The row of the extension: `| id | eager | load | call | finish | event | by |`. */
function activationIn(text: string): Activation | undefined {
  const row = text.split(/\r?\n/).find((line) => line.startsWith(`| ${extension} `));
  if (row === undefined) return undefined;
  const [load, call, finish] = row.split('|').slice(3, 6).map(Number);
  return { load: load!, call: call!, finish: finish! };
}

async function startupPerformance({ quickInput, editors, page }: Workbench): Promise<string> {
  await quickInput.runCommand('Developer: Startup Performance');
  await editors.textEditor().click();
  await editors.textEditor().getByText('System Info').first().waitFor();
  await page.keyboard.press('ControlOrMeta+KeyA');
  await page.keyboard.press('ControlOrMeta+KeyC');
  return page.evaluate('navigator.clipboard.readText()');
}

async function activateOnce(endpoint: string): Promise<Activation> {
  const workbench = await startWorkbench({ settings: { 'tencentChat.sandbox.endpoint': endpoint } });
  try {
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').row('Sandbox');
    // VS Code writes the page while its figures come in.
    for (let attempt = 0; attempt < 5; attempt++) {
      const activation = activationIn(await startupPerformance(workbench));
      if (activation) return activation;
    }
    throw new Error('The extension is not among those that were activated.');
  } finally {
    await workbench.stop();
  }
}

async function main(): Promise<void> {
  const sandbox = await startSandbox();
  try {
    const runs: Activation[] = [];
    while (runs.length < HOSTS) runs.push(await activateOnce(sandbox.url));
    for (const { load, call, finish } of runs)
      console.log(`  load ${load} ms, call ${call} ms, finish ${finish} ms`);
    report('load + call of activate()', median(runs.map(({ load, call }) => load + call)), 'ms', 15);
    report('finish of activate()', median(runs.map(({ finish }) => finish)), 'ms', 30);
  } finally {
    await sandbox.stop();
  }
}

void main();
