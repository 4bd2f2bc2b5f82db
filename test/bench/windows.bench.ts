import { startSandbox } from '../../src/sandbox/server';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { median, report } from './figures';

/** From Ctrl+S in one window to the draft in the page, and in the Drafts view, of another window. */
const ROUNDS = 9;

async function openNewest(workbench: Workbench): Promise<MessagePage> {
  await workbench.openView('Tencent Chat');
  const tree = workbench.tree('Conversations');
  await tree.expand('Sandbox', 'alice', 'bob');
  await tree.click(/You too/);
  const page = await new MessagePage(workbench).ready();
  await page.shows('You too');
  return page;
}

async function measure(one: Workbench, other: Workbench): Promise<void> {
  const mine = await openNewest(one);
  const theirs = await openNewest(other);
  const inPage: number[] = [];
  const inView: number[] = [];
  await mine.caretBehind('You too');
  for (let round = 0; round < ROUNDS; round += 1) {
    await one.page.keyboard.type(`${round}`);
    await one.editors.waitForDirty(/bob/, true);
    const word = `You too${Array.from({ length: round + 1 }, (_, index) => index).join('')}`;
    const start = performance.now();
    const since = (): number => performance.now() - start;
    await one.editors.save();
    const row = other.page.locator('[role="tree"][aria-label="Drafts"] .monaco-list-row');
    const [page, view] = await Promise.all([
      theirs.shows(word).then(since),
      row.filter({ hasText: word }).waitFor().then(since),
    ]);
    inPage.push(page);
    inView.push(view);
  }
  console.log(`  pages ${inPage.map((ms) => ms.toFixed(0)).join(' ')} ms`);
  console.log(`  views ${inView.map((ms) => ms.toFixed(0)).join(' ')} ms`);
  report("a draft saved in one window → another window's page", median(inPage), 'ms', 1_000);
  report("a draft saved in one window → another window's Drafts view", median(inView), 'ms', 1_000);
}

async function main(): Promise<void> {
  const sandbox = await startSandbox();
  const workbench = await startWorkbench({ settings: { 'tencentChat.sandbox.endpoint': sandbox.url } });
  try {
    const other = await workbench.openWindow();
    await measure(workbench, other);
    await other.stop();
  } finally {
    await workbench.stop();
    await sandbox.stop();
  }
}

void main();
