import { ChatClient } from '../../src/chat/client';
import { startSandbox } from '../../src/sandbox/server';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { median, report } from './figures';

/**
 * From the click on a message to a page that can be edited, against the same way to an empty webview panel: a click on
 * an item in the status bar. Both in one host, one after the other, timed in the browser's page.
 */
const ROUNDS = 8;

const emptyPanel = `
  const command = 'bench.emptyPanel';
  vscode.commands.registerCommand(command, () => {
    const panel = vscode.window.createWebviewPanel('bench', 'Empty', vscode.ViewColumn.One, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html><body><p id="empty">empty</p></body></html>';
  });
  const item = vscode.window.createStatusBarItem();
  item.text = 'Open empty panel';
  item.command = command;
  item.show();
`;

/** Milliseconds that an action takes until something is seen. */
async function timed(action: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  await seen();
  return performance.now() - start;
}

async function closeEditors(workbench: Workbench): Promise<void> {
  await workbench.inHost(`await vscode.commands.executeCommand('workbench.action.closeAllEditors')`);
  await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
}

async function measure(workbench: Workbench, names: readonly string[]): Promise<void> {
  const tree = workbench.tree('Conversations');
  const page = new MessagePage(workbench);
  await tree.expand('Sandbox', 'dave', 'erin');
  await workbench.inHost(emptyPanel);
  const message: number[] = [];
  const empty: number[] = [];
  for (const name of names) {
    empty.push(
      await timed(
        () => workbench.statusBar.click('Open empty panel'),
        () => workbench.editors.webview().locator('#empty').waitFor(),
      ),
    );
    await closeEditors(workbench);
    const row = await tree.row(new RegExp(name));
    message.push(
      await timed(
        () => row.click(),
        () => page.shows(name),
      ),
    );
    await closeEditors(workbench);
  }
  // The first round warms up.
  const [panel, editor] = [median(empty.slice(1)), median(message.slice(1))];
  console.log(`  empty panel ${panel.toFixed(0)} ms, message ${editor.toFixed(0)} ms`);
  report('click on a message → editable page, against an empty webview panel', editor / panel, 'times', 1.5);
}

async function main(): Promise<void> {
  const sandbox = await startSandbox();
  const client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const names = Array.from({ length: ROUNDS + 1 }, (_, index) => `number ${index};`);
  await client.accountImport({ userId: 'erin' });
  for (const name of names) {
    await client.sendMessage({
      from: 'erin',
      to: 'dave',
      msgBody: JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: name } }]),
    });
  }
  const workbench = await startWorkbench({
    development: true,
    settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
  });
  try {
    await workbench.openView('Tencent Chat');
    await measure(workbench, names);
  } finally {
    await workbench.stop();
    client.dispose();
    await sandbox.stop();
  }
}

void main();
