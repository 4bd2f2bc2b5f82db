import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';
import { replaceText } from '../support/replaceText';
import { slips } from '../unit/message/slips';

const FIX_ALL = 'Fix all message problems that can be fixed safely';

describe('each slip that people make, in VS Code', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'slips-'));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  for (const [index, slip] of slips.entries()) {
    const { title, code } = slip;
    // Half of an emoji cannot be in a file, nor come through VS Code's own edits.
    if (title === undefined || slip.fix === 'escapeSurrogate') continue;
    it(`${slip.name}: "${title}"`, async () => {
      const uri = vscode.Uri.file(path.join(folder, `${index}.chatmsg.json`));
      await vscode.workspace.fs.writeFile(uri, Buffer.from(slip.before));
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const action = await eventually(() => offered(document, title), `${title} at ${slip.at}`);
      assert.ok(action.edit);
      if (code !== undefined) {
        await eventually(
          () =>
            vscode.languages
              .getDiagnostics(uri)
              .some((one) => (typeof one.code === 'object' ? one.code.value : one.code) === code),
          `a problem with ${code}`,
        );
      }
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      assert.equal(document.getText(), slip.after);
      await vscode.commands.executeCommand('undo');
      await eventually(() => document.getText() === slip.before, 'the text before, in one step');
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }

  it('all at once are offered only at what that mends, and where nothing is mended not at all', async () => {
    const lines = [
      '{ "MsgBody": [',
      '  { "MsgType": "TIMTextElem", "MsgContent": { "text": "hi" } },',
      '  { "MsgType": "Unheard", "MsgContent": {} }',
      '] }',
    ];
    const uri = vscode.Uri.file(path.join(folder, 'all.chatmsg.json'));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(lines.join('\n')));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const at = async (line: number): Promise<boolean> => {
      const range = document.lineAt(line).range;
      await eventually(() =>
        vscode.languages.getDiagnostics(uri).some((one) => one.range.intersection(range) !== undefined),
      );
      const actions = await codeActions(document, range, vscode.CodeActionKind.QuickFix);
      return actions.some(({ title }) => title === FIX_ALL);
    };
    assert.equal(await at(1), true);
    assert.equal(await at(2), false);
    await replaceText(document, '"text"', '"Text"');
    await eventually(() => vscode.languages.getDiagnostics(uri).length === 1);
    assert.equal(await at(2), false);
  });

  async function offered(
    document: vscode.TextDocument,
    title: string,
  ): Promise<vscode.CodeAction | undefined> {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await codeActions(document, all, vscode.CodeActionKind.QuickFix);
    return actions.find((action) => action.title === title);
  }
});
