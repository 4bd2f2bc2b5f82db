import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import { rawIds, waysOut } from '../../scripts/lint/waysOut.mjs';

const linter = new Linter();

function complaints(code: string): number {
  return linter.verify(code, [
    {
      languageOptions: { ecmaVersion: 2022, sourceType: 'module' },
      rules: { 'no-restricted-syntax': ['error', ...rawIds, ...waysOut] },
    },
  ]).length;
}

describe('the lint rules of one place', () => {
  for (const code of [
    "vscode.window.showInformationMessage('x');",
    "void vscode.window.showWarningMessage('x', { modal: true });",
    "vscode.window\n.showErrorMessage('x');",
    'const { showErrorMessage } = vscode.window;',
    'const { window: { showQuickPick } } = vscode;',
    'const w = vscode.window; w.showInputBox({});',
    "vscode.window['showInformationMessage']('x');",
    "vscode.window.setStatusBarMessage('x');",
    'vscode.window.createStatusBarItem();',
    'vscode.window.createQuickPick();',
    'vscode.window.createInputBox();',
    'vscode.window.withProgress({}, task);',
    "vscode.window.createOutputChannel('x');",
    "new vscode.MarkdownString('x');",
    "void vscode.commands.executeCommand('vscode.diff', before, after, title);",
    "void vscode.commands.executeCommand('vscode.changes', title, sides);",
    'this.panel.title = name;',
    'panel.title = name;',
    'this.view.description = name;',
    "import { window } from 'vscode';",
    "import { MarkdownString } from 'vscode';",
    "vscode.commands.executeCommand('tencentChat.message.open');",
    'const id = `tencentChat.${name}`;',
    'vscode.workspace.getConfiguration();',
    "vscode.workspace.getConfiguration('files');",
    'vscode.workspace.getConfiguration(section, uri);',
    "vscode.workspace['getConfiguration']('editor');",
    'const { getConfiguration } = vscode.workspace;',
  ]) {
    it(`refuse ${code}`, () => assert.ok(complaints(code) > 0));
  }

  it('let other things of the window pass', () => {
    assert.equal(
      complaints("vscode.window.createTreeView(viewIds.drafts, {}); import { l10n } from 'vscode';"),
      0,
    );
    assert.equal(complaints("vscode.workspace.getConfiguration('editor', document);"), 0);
  });
});
