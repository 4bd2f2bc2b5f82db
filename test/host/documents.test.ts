import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { c2cAddress, type MessageRef } from '../../src/chat/address';
import { changesUri } from '../../src/documents/changesUri';
import { baseUri, messageUri, serviceUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { fileText, startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';

const TEXT = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]';

describe('message documents', () => {
  let host: HostSandbox;

  before(async () => {
    host = await startHostSandbox();
  });

  after(() => host.stop());

  async function edit(ref: MessageRef, from: string, to: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    await replaceText(document, from, to);
    return document;
  }

  it('show the content with two spaces, every digit and every escape', async () => {
    const ref = await host.send('alice', 'bob', {
      msgBody: '[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"a\\/b \\u4f60","Big":12345678901234567}}]',
      cloudCustomData: '"{\\"id\\":1}"',
    });
    assert.equal(
      await fileText(ref),
      [
        '{',
        '  "MsgBody": [',
        '    {',
        '      "MsgType": "TIMCustomElem",',
        '      "MsgContent": {',
        '        "Data": "a\\/b \\u4f60",',
        '        "Big": 12345678901234567',
        '      }',
        '    }',
        '  ],',
        '  "CloudCustomData": "{\\"id\\":1}"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('keep what is saved as a draft and send nothing', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const document = await edit(ref, 'hello', 'good bye');
    assert.equal(document.isDirty, true);
    assert.ok(await document.save());
    assert.match(await fileText(ref), /"Text": "good bye"/);
    assert.equal((await host.content(ref))?.msgBody, TEXT);
  });

  it('take broken JSON as a draft, byte for byte', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const document = await edit(ref, '"hello"', '"hel  ');
    assert.ok(await document.save());
    assert.equal(await fileText(ref), document.getText());
    assert.match(document.getText(), /"Text": "hel {2}\n/);
  });

  it("have no draft once the text is the base's again", async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const before = await fileText(ref);
    await (await edit(ref, 'hello', 'x')).save();
    await (await edit(ref, '"x"', '"hello"')).save();
    assert.equal(await fileText(ref), before);
    await host.colleague.modifyMessage(ref.address, { msgBody: TEXT.replace('hello', 'newer') });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('tencentChat.message.reload', messageUri(ref));
    assert.match(await fileText(ref), /"Text": "newer"/);
  });

  it('keep bytes with files.encoding gbk and format on save in the settings', async () => {
    const settings = vscode.workspace.getConfiguration();
    await settings.update('files.encoding', 'gbk', vscode.ConfigurationTarget.Global);
    await settings.update('editor.formatOnSave', true, vscode.ConfigurationTarget.Global);
    await settings.update('files.insertFinalNewline', true, vscode.ConfigurationTarget.Global);
    await settings.update('files.trimTrailingWhitespace', true, vscode.ConfigurationTarget.Global);
    try {
      const ref = await host.send('alice', 'bob', {
        msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"你好 😀"}}]',
      });
      const document = await edit(ref, '"你好 😀"', '  "再见 😀 שלום"   ');
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually(() => !document.isDirty || undefined, 'saved');
      assert.ok((await fileText(ref)).includes('"Text":   "再见 😀 שלום"   \n'));
    } finally {
      for (const name of [
        'files.encoding',
        'editor.formatOnSave',
        'files.insertFinalNewline',
        'files.trimTrailingWhitespace',
      ]) {
        await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
    }
  });

  it('tell users apart that differ in case only', async () => {
    const lower = await host.send('eve', 'bob', { msgBody: TEXT });
    const upper = await host.send('Eve', 'bob', { msgBody: TEXT.replace('hello', 'HELLO') });
    assert.match(await fileText(lower), /"hello"/);
    assert.match(await fileText(upper), /"HELLO"/);
  });

  for (const user of ['a/b', '100%', 'x#y?z', 'two words', '..', '.', `!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`]) {
    it(`open for the UserID ${user}`, async () => {
      const ref = await host.send(user, 'bob', { msgBody: TEXT });
      const document = await edit(ref, 'hello', 'changed');
      assert.ok(await document.save());
      assert.match(await fileText(ref), /"changed"/);
    });
  }

  it('are saved although a colleague changed the message meanwhile and the window read it', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const document = await edit(ref, 'hello', 'mine');
    await host.colleague.modifyMessage(ref.address, { msgBody: TEXT.replace('hello', 'theirs') });
    await vscode.commands.executeCommand('tencentChat.message.reload', messageUri(ref));
    assert.match(document.getText(), /"mine"/);
    assert.ok(await document.save());
    assert.match(await fileText(ref), /"mine"/);
    const base = await vscode.workspace.openTextDocument(baseUri(ref));
    assert.match(base.getText(), /"hello"/);
  });

  it('show what the service shows now, as long as an editor shows that', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const shown = await vscode.workspace.openTextDocument(serviceUri(ref));
    await vscode.window.showTextDocument(shown);
    assert.match(shown.getText(), /"hello"/);
    await host.colleague.modifyMessage(ref.address, { msgBody: TEXT.replace('hello', 'theirs') });
    await vscode.commands.executeCommand('tencentChat.message.reload', messageUri(ref));
    await eventually(() => shown.getText().includes('"theirs"'), 'the text of the service');
  });

  it('rise in mtime with each change of the text and with nothing else', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const mtime = async (): Promise<number> => (await vscode.workspace.fs.stat(messageUri(ref))).mtime;
    const first = await mtime();
    await fileText(ref);
    await vscode.commands.executeCommand('tencentChat.message.reload', messageUri(ref));
    assert.equal(await mtime(), first);
    await (await edit(ref, 'hello', 'one')).save();
    const second = await mtime();
    assert.ok(second > first);
    await (await edit(ref, 'one', 'two')).save();
    assert.ok((await mtime()) > second);
  });

  it('open in the message editor, and a diff of one is a diff of texts', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    await (await edit(ref, 'hello', 'good bye')).save();
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    const custom = await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom ? input : undefined;
    }, 'the message editor');
    assert.equal(custom.viewType, 'tencentChat.messageEditor');
    await vscode.commands.executeCommand('tencentChat.message.compare', messageUri(ref));
    const diff = await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : undefined;
    }, 'the diff editor');
    assert.equal(diff.modified.toString(), changesUri(ref, { side: 'draft' }).toString());
    assert.equal(diff.original.path, diff.modified.path);
    await eventually(
      () =>
        vscode.window.visibleTextEditors.filter(
          ({ document }) => document.uri.scheme === 'tencent-chat-changes',
        )[1],
      'two text editors',
    );
  });

  it('say what is missing for a message that is not there', async () => {
    const ref = { connectionId: host.connectionId, address: c2cAddress('alice', 'bob', '1_2_1700000000') };
    await assert.rejects(fileText(ref), (error: vscode.FileSystemError) => error.code === 'FileNotFound');
  });
});
