import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';

const WRONG = '{"MsgType":"TIMTextElem","MsgContent":{"text":"hi"}}';
const KEYS = '"From_Account":"alice","To_Account":"bob","MsgKey":"48374_2837546_1557481126"';

describe('Check Selection as MsgBody', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Opens a text with `selected` selected in it, all of it when there is none. */
  async function open(text: string, selected = ''): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
    const editor = await vscode.window.showTextDocument(document);
    const start = text.indexOf(selected);
    editor.selection = new vscode.Selection(
      document.positionAt(selected === '' ? 0 : start),
      document.positionAt(selected === '' ? 0 : start + selected.length),
    );
    return document;
  }

  /** What was found, as `code: text it stands at`. */
  async function found(document: vscode.TextDocument): Promise<string[]> {
    await vscode.commands.executeCommand('tencentChat.selection.check');
    return vscode.languages.getDiagnostics(document.uri).map(({ code, range, source }) => {
      assert.equal(source, 'Tencent Chat');
      const value = typeof code === 'object' ? code.value : code;
      return `${value}: ${document.getText(range)}`;
    });
  }

  const expected = ['90010: "text"'];
  for (const [what, before, message, after] of [
    ['a bare MsgBody', '', `[${WRONG}]`, ''],
    ['a request of modify_c2c_msg', '', `{${KEYS},"MsgBody":[${WRONG}]}`, ''],
    [
      'a request of sendmsg',
      '',
      `{"SyncOtherMachine":2,"To_Account":"bob","MsgRandom":7,"MsgBody":[${WRONG}],"OfflinePushInfo":{"PushFlag":0}}`,
      '',
    ],
    [
      'the body of a webhook',
      '',
      `{"CallbackCommand":"C2C.CallbackAfterSendMsg",${KEYS},"MsgBody":[${WRONG}],"SendMsgResult":0}`,
      '',
    ],
    ['a MsgBody among other lines', 'const body =\n  ', `[${WRONG}]`, ';\nsend(body);\n'],
    ['a line of a log', 'one\n', `10:00 INFO [im] body={${KEYS},"MsgBody":[${WRONG}]} cost=3ms`, '\ntwo'],
  ] as const) {
    it(`checks ${what}`, async () => {
      const document = await open(before + message + after, before + after === '' ? '' : message);
      assert.deepEqual(await found(document), expected);
      assert.equal(document.getText(), before + message + after);
    });
  }

  it('finds a mistake within a string of a log, and forgets it when the text is edited', async () => {
    const document = await open(`INFO body=${JSON.stringify(`[${WRONG}]`)} sent`);
    assert.deepEqual(await found(document), ['90010: \\"text\\"']);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), ' ');
    await vscode.workspace.applyEdit(edit);
    await eventually(() => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  it('finds nothing in what is right', async () => {
    const document = await open('[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]');
    assert.deepEqual(await found(document), []);
  });

  it('offers to make JSON of what is nearly JSON, saying what is wrong, and touches nothing around it', async () => {
    const right = '{"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"id\\":1}"}}]}';
    const wrong = right.replace(/\\/g, '');
    const document = await open(`first\nINFO body=${wrong} cost=3ms\nlast`, `INFO body=${wrong} cost=3ms`);
    assert.deepEqual(await found(document), ['90001: {"id":1}']);
    const actions = await codeActions(
      document,
      new vscode.Range(1, 20, 1, 20),
      vscode.CodeActionKind.QuickFix,
    );
    const action = actions.find(({ title }) => title.startsWith('Make it JSON'));
    assert.equal(action?.title, 'Make it JSON (JSON stands in this string and its quotes are not escaped)');
    assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
    assert.equal(document.getText(), `first\nINFO body=${right} cost=3ms\nlast`);
  });

  it('leaves a text alone that holds no message, and what it said before is gone', async () => {
    const text = `[${WRONG}]\nnothing of the kind`;
    const document = await open(text);
    assert.equal((await found(document)).length, 1);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(1, 0, 1, 10);
    assert.deepEqual(await found(document), []);
    assert.equal(document.getText(), text);
  });
});
