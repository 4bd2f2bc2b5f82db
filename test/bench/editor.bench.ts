import { ChatClient } from '../../src/chat/client';
import { startSandbox } from '../../src/sandbox/server';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { median, note, report } from './figures';

/**
 * From the click on a message to a page whose two editors show it and take keys, against the same way to an empty webview
 * panel: a click on an item in the status bar. In one host, one after the other, timed in the browser's pages: from the
 * mouse button's going down to the frame in which it is painted. Opening a document in a custom editor costs VS Code more
 * than a panel; what an empty custom editor of the same documents takes tells that apart.
 */
const ROUNDS = 8;

const EMPTY_PAGE = '<!DOCTYPE html><html><body><p id="empty">empty</p></body></html>';

const emptyPages = `
  const html = ${JSON.stringify(EMPTY_PAGE)};
  const command = 'bench.emptyPanel';
  vscode.commands.registerCommand(command, () => {
    const panel = vscode.window.createWebviewPanel('bench', 'Empty', vscode.ViewColumn.One, { enableScripts: true });
    panel.webview.html = html;
  });
  const item = vscode.window.createStatusBarItem();
  item.text = 'Open empty panel';
  item.command = command;
  item.show();
  vscode.window.registerCustomEditorProvider('tests.empty', {
    resolveCustomTextEditor(_document, { webview }) {
      webview.options = { enableScripts: true };
      webview.html = html;
    },
  });
`;

/** In every frame: says when a mouse button goes down, and when there is painted what is waited for. */
const clock = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  if (window === top) {
    addEventListener('pointerdown', () => Object.assign(window, { pressed: now(), painted: undefined }), true);
    addEventListener('message', ({ data }) => { if (data?.painted) window.painted ??= data.painted; });
    return;
  }
  const shown = () => {
    const editors = [...document.querySelectorAll('.cm-content[contenteditable="true"]')];
    return document.querySelector('#empty') ?? (editors.length === 2 && editors.every((each) => /number/.test(each.textContent)));
  };
  const look = () => {
    if (!shown()) setTimeout(look, 2);
    else requestAnimationFrame(() => setTimeout(() => top.postMessage({ painted: now() }, '*')));
  };
  look();
})()`;

/** Milliseconds from the mouse button's going down to what is painted. */
async function timed({ page }: Workbench, click: () => Promise<unknown>): Promise<number> {
  await click();
  const taken = await page.waitForFunction('window.painted && window.painted - window.pressed', undefined, {
    polling: 100,
  });
  return Number(await taken.jsonValue());
}

async function closeEditors(workbench: Workbench): Promise<void> {
  await workbench.inHost(`await vscode.commands.executeCommand('workbench.action.closeAllEditors')`);
  await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
}

/** Both editors take what is typed; a draft keeps it, so that nothing asks when they are closed. */
async function typeIntoBoth(workbench: Workbench, page: MessagePage): Promise<void> {
  for (const name of ['MsgBody', 'CloudCustomData'] as const) {
    await page.pane(name).click();
    await workbench.page.keyboard.type('~');
    await page.pane(name).filter({ hasText: '~' }).waitFor();
  }
  await workbench.editors.save();
  await workbench.page.locator('.part.editor .tab.active:not(.dirty)').waitFor();
}

async function measure(workbench: Workbench, names: readonly string[]): Promise<void> {
  const tree = workbench.tree('Conversations');
  const page = new MessagePage(workbench);
  await tree.expand('Sandbox', 'dave', 'erin');
  await workbench.inHost(emptyPages);
  const clickOn = async (name: string): Promise<number> => {
    const row = await tree.row(new RegExp(name));
    return timed(workbench, () => row.click());
  };
  const [panels, messages, editors]: number[][] = [[], [], []];
  for (const name of names) {
    panels!.push(await timed(workbench, () => workbench.statusBar.click('Open empty panel')));
    await closeEditors(workbench);
    messages!.push(await clickOn(name));
    await typeIntoBoth(workbench, page);
    await closeEditors(workbench);
  }
  await workbench.inHost(
    `await vscode.workspace.getConfiguration().update('workbench.editorAssociations', { '*.chatmsg.json': 'tests.empty' }, true)`,
  );
  for (const name of names) {
    editors!.push(await clickOn(name));
    await closeEditors(workbench);
  }
  // The first round warms up.
  const [panel, message, editor] = [panels!, messages!, editors!].map((each) => median(each.slice(1)));
  console.log(
    `  empty panel ${panel!.toFixed(0)} ms, empty custom editor ${editor!.toFixed(0)} ms, message ${message!.toFixed(0)} ms`,
  );
  report(
    'click on a message → editable page, against an empty webview panel',
    message! / panel!,
    'times',
    1.5,
  );
  note('the same against an empty custom editor', message! / editor!, 'times');
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
      cloudCustomData: JSON.stringify(JSON.stringify({ name: 'number' })),
    });
  }
  const workbench = await startWorkbench({
    development: true,
    settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
  });
  try {
    await workbench.page.context().addInitScript(clock);
    await workbench.reload();
    await workbench.openView('Tencent Chat');
    await measure(workbench, names);
  } finally {
    await workbench.stop();
    client.dispose();
    await sandbox.stop();
  }
}

void main();
