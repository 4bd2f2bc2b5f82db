import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { ChatScene } from '../support/ui/chatScene';
import { showFailures, type Workbench } from '../support/ui/workbench';

describe('request documents by keys', function () {
  this.timeout(300_000);

  let scene: ChatScene;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start();
    ({ workbench } = scene);
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').expand('Sandbox');
    for (const userId of ['alice', 'bob']) await scene.colleague.accountImport({ userId });
  });
  after(async () => {
    await workbench.closeEditors();
    await scene.stop();
  });
  showFailures(() => workbench);

  const type = (text: string): Promise<void> => workbench.page.keyboard.type(text);
  const press = (key: string): Promise<void> => workbench.page.keyboard.press(key);
  /** What the request document says, its problems by code, and what the person has selected in it. */
  const state = (): Promise<{ text: string; problems: Record<string, string>; selected: string }> =>
    workbench.inHost(`
      const document = vscode.workspace.textDocuments.find(({ languageId }) => languageId === 'tencent-chat-requests');
      const editor = vscode.window.activeTextEditor;
      const problems = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code?.target);
      return {
        text: document.getText(),
        problems: Object.fromEntries(problems.map(({ code, range }) => [code.value, document.getText(range)])),
        selected: editor?.document === document ? document.getText(editor.selection) : '',
      };`);
  const reads = (wanted: RegExp): Promise<unknown> =>
    eventually(async () => wanted.test((await state()).text), `${wanted.source} in the document`);
  const answered = (wanted: RegExp): Promise<unknown> =>
    eventually(
      () =>
        workbench.inHost<boolean>(`
          const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === '/Answer.jsonc');
          return ${wanted.toString()}.test(shown?.document.getText() ?? '');`),
      `${wanted.source} in the answer`,
    );

  /** Takes what completion offers under that name, as a person does who sees it there. */
  async function complete(name: string): Promise<void> {
    const offered: Locator = workbench.page
      .locator('.suggest-widget.visible .monaco-list-row.focused')
      .filter({ hasText: name });
    await press('Control+Space');
    await offered.waitFor();
    await press('Enter');
    await offered.waitFor({ state: 'detached' });
  }

  const openFind = async (): Promise<void> => {
    await press('Control+f');
    await workbench.page.waitForFunction(`Boolean(document.activeElement?.closest('.find-widget.visible'))`);
    await press('Control+a');
  };

  /** Selects the place that says this, with Find. */
  async function find(words: string): Promise<void> {
    await openFind();
    await type(words);
    const isSelected = async (): Promise<boolean> => (await state()).selected === words;
    await eventually(isSelected, `${words} found`);
    await press('Escape');
    await workbench.page.locator('.find-widget.visible').waitFor({ state: 'detached' });
    await eventually(isSelected, `${words} selected`);
  }

  it('are written from nothing with completion, sent, refused at the place, mended and sent again', async () => {
    await workbench.inHost(`
      const document = await vscode.workspace.openTextDocument({ language: 'tencent-chat-requests', content: '' });
      await vscode.window.showTextDocument(document);`);
    await workbench.editors.textEditor().and(workbench.page.locator('.focused')).waitFor();
    await type('# @con');
    await complete('connection');
    await complete('Sandbox');
    await reads(/^# @connection Sandbox$/);
    await press('Enter');
    await press('Enter');
    await type('batchsend');
    await complete('openim/batchsendmsg');
    await reads(
      /^# @connection Sandbox\s+POST \{\{endpoint\}\}\/v4\/openim\/batchsendmsg\s[^]*"Text": "hello"/,
    );
    await press('Escape');
    // Letters only, inside a string: nothing that the editor closes by itself.
    await find('TIMTextElem');
    await type('TIMTxtElem');
    await reads(/"MsgType": "TIMTxtElem"/);

    // The answer takes a while, and whoever looks for something meanwhile goes on typing there.
    scene.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/batchsendmsg', kind: 'delay', delayMs: 3000, times: 1 }).fault,
    );
    const { text } = await state();
    await press('Control+Enter');
    await answered(/^\/\/ Sending |"ErrorCode"/);
    await openFind();
    await type('TIM');
    await answered(/"ErrorCode": 90002/);
    await type('Txt');
    await eventually(
      async () => (await state()).selected === 'TIMTxt',
      'what was typed while the answer came',
    );
    assert.equal((await state()).text, text);
    await press('Escape');
    const place = await eventually(async () => (await state()).problems['90002'], 'the code in the document');
    assert.match(place, /TIMTxtElem/);

    await find('TIMTxtElem');
    await type('TIMTextElem');
    await reads(/"MsgType": "TIMTextElem"/);
    await press('Control+Enter');
    await answered(/"MsgKey"/);
    await eventually(async () => !('90002' in (await state()).problems), 'the code to go');
    assert.equal(scene.sandbox.sandbox.calls.list('openim/batchsendmsg').calls.length, 2);
  });
});
