import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { messageUri } from '../../src/documents/messageRef';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { openedString } from '../support/openedString';
import { replaceText } from '../support/replaceText';

describe('Edit Embedded JSON', () => {
  let host: HostSandbox;

  before(async () => {
    host = await startHostSandbox();
  });

  after(() => host.stop());

  async function openAt(
    needle: string,
  ): Promise<{ message: vscode.TextDocument; string: vscode.TextDocument }> {
    const ref = await host.send('alice', 'bob', {
      msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]',
      cloudCustomData: '"{\\"url\\":\\"a\\\\/b\\",\\"big\\":12345678901234567,\\"n\\":1}"',
    });
    const message = await vscode.workspace.openTextDocument(messageUri(ref));
    const editor = await vscode.window.showTextDocument(message);
    const at = message.positionAt(message.getText().indexOf(needle));
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('tencentChat.embedded.edit');
    const string = await openedString();
    return { message, string };
  }

  it('shows the JSON in a string over lines, and writes only what was edited, in its own style', async () => {
    const { message, string } = await openAt('big');
    assert.equal(
      string.getText().replace(/\r\n/g, '\n'),
      '{\n  "url": "a\\/b",\n  "big": 12345678901234567,\n  "n": 1\n}',
    );
    const before = message.getText();
    await replaceText(string, '1\n', '2\n');
    assert.ok(await string.save());
    assert.equal(message.getText(), before.replace('\\"n\\":1', '\\"n\\":2'));
    assert.equal(message.isDirty, true);
  });

  it('does not overwrite a string that was changed in its document meanwhile, and loses nothing', async () => {
    const { message, string } = await openAt('big');
    await replaceText(string, '12345678901234567', '7');
    await replaceText(message, '\\"n\\":1', '\\"n\\":9');
    assert.equal(await string.save(), false);
    assert.ok(message.getText().includes('12345678901234567'));
    assert.match(string.getText(), /"big": 7/);
  });
});
