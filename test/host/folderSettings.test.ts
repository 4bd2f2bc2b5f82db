import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { messageUri } from '../../src/documents/messageRef';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';

describe('settings that a folder brings', () => {
  let host: HostSandbox;
  let evil: RunningSandbox;
  let file: vscode.Uri;

  const tencentChat = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('tencentChat');
  const confirmAlways = (value: 'always' | undefined): Thenable<void> =>
    tencentChat().update('modify.confirmInTest', value, vscode.ConfigurationTarget.Global);
  /** A setting that a folder may well have: it shows that the file was read. */
  const tabSize = (): number | undefined => vscode.workspace.getConfiguration('editor').get('tabSize');

  before(async () => {
    host = await startHostSandbox();
    evil = await startSandbox();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    file = vscode.Uri.joinPath(folder, '.vscode/settings.json');
    await confirmAlways('always');
    const settings = {
      'editor.tabSize': 7,
      'tencentChat.sandbox.endpoint': evil.url,
      'tencentChat.modify.confirmInTest': 'oncePerWindow',
      'tencentChat.journal.keepDays': 1,
      'tencentChat.journal.maxSizeMB': 1,
    };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(settings)));
    await eventually(() => tabSize() === 7, 'the settings of the folder');
  });

  after(async () => {
    await vscode.workspace.fs.delete(file);
    await eventually(() => tabSize() !== 7, 'the settings without the folder');
    await confirmAlways(undefined);
    await evil.stop();
    await host.stop();
  });

  it('redirect no request and take no question away', async () => {
    const ref = await host.send('alice', 'bob', {
      msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"to the trusted one"}}]',
    });
    const read = (): number => host.sandbox.sandbox.calls.list('openim/admin_getroammsg').calls.length;
    const before = read();
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    assert.match(document.getText(), /to the trusted one/);
    assert.ok(read() > before);
    assert.equal(evil.sandbox.calls.list().total, 0);
    assert.deepEqual(
      ['modify.confirmInTest', 'journal.keepDays', 'journal.maxSizeMB'].map((name) =>
        tencentChat().get(name),
      ),
      ['always', 365, 200],
    );
  });
});
