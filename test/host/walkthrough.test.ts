import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseMessageUri } from '../../src/documents/messageRef';
import type { MessageRef } from '../../src/chat/address';
import { startSandbox } from '../../src/sandbox/server';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { Witness } from '../support/witness';

const MARK = '👋';

describe('the walkthrough', () => {
  let host: HostSandbox;

  before(async () => {
    host = await startHostSandbox();
  });

  after(() => host.stop());

  const step = (name: string): Thenable<unknown> =>
    vscode.commands.executeCommand('tencentChat.walkthrough.step', name);

  function shown(): MessageRef | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputCustom ? parseMessageUri(input.uri) : undefined;
  }

  it('opens a message of the sandbox, changes it, modifies it, and takes that back', async () => {
    // Stands where the walkthrough stands.
    const page = await vscode.workspace.openTextDocument({ content: 'walkthrough' });
    const look = () => vscode.window.showTextDocument(page, vscode.ViewColumn.One);
    await look();
    await step('open');
    const ref = await eventually(shown, 'the message in an editor');
    assert.equal(ref.connectionId, host.connectionId);
    const before = (await host.content(ref))?.msgBody ?? '';
    assert.match(before, /TIMTextElem/);
    assert.doesNotMatch(before, new RegExp(MARK));

    await step('change');
    assert.deepEqual(shown(), ref, 'the same message');
    assert.equal((await host.content(ref))?.msgBody, before, 'a draft is not sent');

    await step('modify');
    const modified = (await host.content(ref))?.msgBody ?? '';
    assert.match(modified, new RegExp(`[^"] ${MARK}"`));

    await look();
    await step('undo');
    assert.equal((await host.content(ref))?.msgBody, before);
    const [first] = vscode.window.tabGroups.all;
    assert.equal(first?.tabs.length, 1, 'nothing is above the walkthrough');
    await look();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('changes a message that it opens, where none is in an editor', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await step('change');
    const ref = await eventually(shown, 'the message in an editor');
    assert.equal(ref.connectionId, host.connectionId);
    await step('modify');
    assert.match((await host.content(ref))?.msgBody ?? '', new RegExp(MARK));
  });

  it('says what to do when the sandbox has no message with a text', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const empty = await startSandbox({ seed: '[]' });
    const settings = vscode.workspace.getConfiguration('tencentChat');
    await settings.update('sandbox.endpoint', empty.url, vscode.ConfigurationTarget.Global);
    try {
      const from = Witness.here.shown.length;
      await step('open');
      const { buttons } = await Witness.here.saw('notice', /has no message with a text\. Reset it/, from);
      assert.deepEqual(buttons, ['Reset Sandbox']);
    } finally {
      await settings.update('sandbox.endpoint', host.sandbox.url, vscode.ConfigurationTarget.Global);
      await empty.stop();
    }
  });
});
