import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/server';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { median, note, report } from './figures';

/**
 * A list of 10,000 messages in a real window: its text shown after the last page of history came, typed into beside an equal
 * `.json` that nobody of ours looks at, its problems, *Set Value* in each message, and keys while a plan modifies them.
 */
const MESSAGES = 10_000;
const KEYS = 40;
/** Keys in the list and in the file beside it are measured in turns, so that what else the machine does meets both. */
const ROUNDS = 5;

function seed(): string {
  const now = Math.floor(Date.now() / 1000);
  const messages = Array.from({ length: MESSAGES }, (_, index) => ({
    ...{ From_Account: 'a', To_Account: 'b', MsgSeq: index, MsgRandom: 7 },
    MsgTimeStamp: now - MESSAGES - 100 + index,
    MsgBody: [
      {
        MsgType: 'TIMCustomElem',
        MsgContent: {
          Data: JSON.stringify({ order: { id: index, status: 'new' } }),
          Desc: `Order ${index} 你好`,
        },
      },
    ],
    CloudCustomData: `{"n":${index}}`,
  }));
  const accounts = ['a', 'b'].map((UserID) => ({ UserID }));
  return JSON.stringify({ Format: 1, Accounts: accounts, Messages: messages });
}

/** Milliseconds from each key's going down to the frame that comes when its work is done. */
async function typed({ page }: Workbench, keys = KEYS): Promise<number[]> {
  await page.evaluate(`(() => {
    window.times = [];
    window.listener ??= addEventListener('keydown', () => {
      const pressed = performance.now();
      requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - pressed)));
    }, true) ?? true;
  })()`);
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press('x');
    // Longer than problems and lenses wait, for some of the keys, so that their work is among what is measured.
    await page.waitForTimeout(key % 4 === 0 ? 600 : 60);
  }
  return page.evaluate<number[]>('window.times');
}

/** Puts the caret into the text of the message in the middle of the active editor, and waits until keys go there. */
async function caretInMiddle(workbench: Workbench): Promise<void> {
  const line = await workbench.inHost<number>(`
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    const editor = vscode.window.activeTextEditor;
    // What was typed there before stands before the number.
    const at = editor.document.positionAt(editor.document.getText().search(/Order x*${MESSAGES / 2} /) + 6);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    return at.line + 1;`);
  await workbench.statusBar.waitFor(new RegExp(`^Ln ${line}, Col `));
  await workbench.page
    .locator('.part.editor .monaco-editor.focused[role="code"]:visible')
    .first()
    .waitFor({ timeout: 60_000 });
}

/** Shows a document that is open, by the ending of its name, and waits until VS Code is done with what it does then. */
async function show(workbench: Workbench, ending: string): Promise<void> {
  await workbench.inHost(`
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith('${ending}'));
    await vscode.window.showTextDocument(document, { preview: false });`);
  await caretInMiddle(workbench);
  await workbench.page.waitForTimeout(2_000);
}

/** Says how long keys took, and gives what nineteen of twenty stayed within. */
function noteKeys(where: string, times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  const most = sorted[Math.floor(sorted.length * 0.95) - 1] ?? Number.NaN;
  note(`a key ${where}, in the middle`, median(sorted), 'ms');
  note(`a key ${where}, nineteen of twenty`, most, 'ms');
  return most;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lists-bench-'));
  const sandbox = await startSandbox({ settings: { limits: false, roamingDays: 0 }, seed: seed() });
  let workbench: Workbench | undefined;
  try {
    const settings = { 'tencentChat.sandbox.endpoint': sandbox.url, 'files.autoSave': 'off' };
    workbench = await startWorkbench({ settings });
    const { quickInput, statusBar } = workbench;
    await workbench.openView('Tencent Chat');
    const tree = workbench.tree('Conversations');
    await quickInput.runCommand('Tencent Chat: Add User…');
    await quickInput.enter('a');
    await tree.expand('Sandbox', 'a');
    await tree.menu('b', 'Edit as List', 3);
    const lines = workbench.page.locator('.part.editor .monaco-editor .view-lines');
    await lines.filter({ hasText: 'MsgBody' }).first().waitFor({ timeout: 300_000 });
    const opened = Date.now();
    const lens = workbench.page.locator('.codelens-decoration');
    await lens
      .filter({ hasText: `${MESSAGES} messages, nothing changed` })
      .first()
      .waitFor({ timeout: 300_000 });
    const toldAll = Date.now();
    const pages = sandbox.sandbox.calls.list('openim/admin_getroammsg').calls;
    const last = pages.at(-1)?.at ?? 0;
    report('its text shown after the last page', opened - last, 'ms', 3_000);
    note('the lens above all of it', toldAll - last, 'ms');
    note('pages of history', pages.length, '');

    const text = await workbench.inHost<string>('return vscode.window.activeTextEditor.document.getText();');
    note('size', text.length / 1024 / 1024, 'MB');
    const file = path.join(folder, 'equal.json');
    await writeFile(file, text);
    await workbench.inHost(
      `await vscode.workspace.openTextDocument(vscode.Uri.file(${JSON.stringify(file)}));`,
    );
    const inTurns: Record<'.chatmsgs.json' | 'equal.json', number[]> = {
      '.chatmsgs.json': [],
      'equal.json': [],
    };
    // The first keys in each find a window that still colours and folds what it shows for the first time.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const ending of ['.chatmsgs.json', 'equal.json'] as const) {
        await show(workbench, ending);
        const times = await typed(workbench, KEYS / ROUNDS);
        if (round > 0) inTurns[ending].push(...times);
      }
    }
    const { '.chatmsgs.json': inList, 'equal.json': inJson } = inTurns;
    note('a key in an equal .json', median(inJson), 'ms');
    note('a key in the list', median(inList), 'ms');
    report('a key in the list', median(inList) / median(inJson), 'times that in an equal .json', 1.3);
    await show(workbench, '.chatmsgs.json');
    const problems = await workbench.inHost<number[]>(`
      const { document } = vscode.window.activeTextEditor;
      const took = [];
      // What was typed before is looked at, too: only what says that something is wrong, or is not, counts.
      const told = (wrong) => new Promise((resolve) => {
        const listening = vscode.languages.onDidChangeDiagnostics(() => {
          if (vscode.languages.getDiagnostics(document.uri).length > 0 !== wrong) return;
          listening.dispose();
          resolve(performance.now());
        });
      });
      for (let round = 0; round < 7; round += 1) {
        const at = document.getText().indexOf('TIMCustomElem', ${Math.floor(text.length / 2)});
        const range = new vscode.Range(document.positionAt(at), document.positionAt(at + 13));
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, range, 'TIMCustomElm' + round);
        const edited = new Promise((resolve) => {
          const listening = vscode.workspace.onDidChangeTextDocument((event) => {
            if (event.document !== document || event.contentChanges.length === 0) return;
            listening.dispose();
            resolve(performance.now());
          });
        });
        const problems = told(true);
        await vscode.workspace.applyEdit(edit);
        took.push((await problems) - (await edited));
        const undone = told(false);
        await vscode.commands.executeCommand('undo');
        await undone;
      }
      return took;`);
    // The list waits a quarter of a second for the next key before it looks.
    report('problems after a key, beyond the wait', median(problems) - 250, 'ms', 150);

    await quickInput.runCommand('Tencent Chat: Set Value in List…');
    await quickInput.enter('MsgBody[*].MsgContent.Data > order.status');
    await quickInput.asks(/Only where/);
    await quickInput.enter('"new"');
    await quickInput.asks(new RegExp(`for ${MESSAGES} places`));
    const started = Date.now();
    await quickInput.enter('"opened"');
    await statusBar.waitFor(/messages were changed in the list/);
    report(`Set Value in ${MESSAGES} places`, Date.now() - started, 'ms', 3_000);

    // A key in the large file takes long by itself: what a plan does to the window shows in a small one.
    const small = path.join(folder, 'small.txt');
    await writeFile(small, Array.from({ length: 100 }, () => `Order ${MESSAGES / 2} 你好\n`).join(''));
    await workbench.inHost(
      `await vscode.workspace.openTextDocument(vscode.Uri.file(${JSON.stringify(small)}));`,
    );
    await show(workbench, 'small.txt');
    noteKeys('in a small file, no plan running', await typed(workbench));
    await show(workbench, '.chatmsgs.json');
    await quickInput.runCommand('Tencent Chat: Modify Messages of List…');
    await statusBar.waitFor(new RegExp(`of ${MESSAGES}`));
    await show(workbench, 'small.txt');
    const inPlan = noteKeys('in a small file while a plan runs', await typed(workbench));
    report('nineteen of twenty keys while a plan runs', inPlan, 'ms', 50);
    await show(workbench, 'equal.json');
    noteKeys('in the large file while a plan runs', await typed(workbench));
    await quickInput.runCommand('Tencent Chat: Pause Plan');
    await workbench.notifications.waitFor(/Paused\./);
  } finally {
    await workbench?.closeEditors().catch(() => undefined);
    await workbench?.stop();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
