import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { messageUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';

const TEXT = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]';

/** UserIDs that paths, queries and file names stumble over. */
const ODD_USERS: readonly (readonly [string, string])[] = [
  ['a/b', '100%'],
  ['x#y?z&a=b', ' spaces '],
  ['..', '.'],
  ['Carol', 'carol'],
  ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}', '%2e%2E'],
];

describe('opening messages by key', () => {
  let host: HostSandbox;

  before(async () => {
    host = await startHostSandbox();
  });
  after(() => host.stop());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const openByKey = (argument: Record<string, string>): Thenable<string | undefined> =>
    vscode.commands.executeCommand('tencentChat.message.openByKey', {
      connectionId: host.connectionId,
      ...argument,
    });

  async function opened(ref: MessageRef): Promise<void> {
    const wanted = messageUri(ref).toString();
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.uri.toString() === wanted ? true : undefined;
    }, `${wanted} in an editor`);
  }

  /** The connection of the sandbox is made when somebody asks for the first time. */
  before(() => vscode.commands.executeCommand('tencentChat.sandbox.try'));

  it('takes a key with sender and receiver', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    assert.equal(await openByKey({ text: ref.address.key, from: 'alice', to: 'bob' }), ref.address.key);
    await opened(ref);
  });

  it('has sender and receiver for a title as text', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    await openByKey({ text: ref.address.key, from: 'alice', to: 'bob' });
    await opened(ref);
    await vscode.commands.executeCommand('tencentChat.message.openAsText');
    await eventually(() => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputText && tab.label === 'alice → bob' ? true : undefined;
    }, 'alice → bob on the tab');
  });

  it('finds the message when sender and receiver are mixed up', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    assert.equal(await openByKey({ text: ref.address.key, from: 'bob', to: 'alice' }), ref.address.key);
    await opened(ref);
  });

  it('takes a pasted webhook body and a pasted answer of history', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: TEXT });
    const webhook = JSON.stringify({
      CallbackCommand: 'C2C.CallbackAfterSendMsg',
      From_Account: 'alice',
      To_Account: 'bob',
      MsgKey: ref.address.key,
    });
    assert.equal(await openByKey({ text: webhook }), ref.address.key);
    await opened(ref);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const answer = `HTTP 200 {"ActionStatus":"OK","MsgList":[{"From_Account":"alice","To_Account":"bob","MsgKey":"${ref.address.key}"}]}`;
    assert.equal(await openByKey({ text: answer }), ref.address.key);
    await opened(ref);
  });

  it('opens nothing for a key that is none, and for a message that is not there', async () => {
    assert.equal(await openByKey({ text: 'no key at all', from: 'alice', to: 'bob' }), undefined);
    assert.equal(await openByKey({ text: '1_2_1700000000', from: 'alice', to: 'bob' }), undefined);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });

  for (const [from, to] of ODD_USERS) {
    it(`works for ${JSON.stringify(from)} and ${JSON.stringify(to)}`, async () => {
      const ref = await host.send(from, to, { msgBody: TEXT });
      assert.equal(await openByKey({ text: ref.address.key, from, to }), ref.address.key);
      await opened(ref);
      const text = await vscode.workspace.openTextDocument(messageUri(ref));
      assert.match(text.getText(), /"Text": "hello"/);
    });
  }

  it('tells users apart whose names differ in case only', async () => {
    const upper = await host.send('Dora', 'bob', { msgBody: TEXT.replace('hello', 'upper') });
    const lower = await host.send('dora', 'bob', { msgBody: TEXT.replace('hello', 'lower') });
    await openByKey({ text: upper.address.key, from: 'Dora', to: 'bob' });
    await opened(upper);
    await openByKey({ text: lower.address.key, from: 'dora', to: 'bob' });
    await opened(lower);
    assert.match((await vscode.workspace.openTextDocument(messageUri(upper))).getText(), /upper/);
    assert.match((await vscode.workspace.openTextDocument(messageUri(lower))).getText(), /lower/);
  });
});

describe('the sandbox of the setting', () => {
  it('is there without a question, tells where it is, and is not ours to stop or reset', async () => {
    const host = await startHostSandbox();
    try {
      assert.equal(await vscode.commands.executeCommand('tencentChat.sandbox.try'), host.connectionId);
      assert.equal(await vscode.commands.executeCommand('tencentChat.sandbox.status'), host.sandbox.url);
      await vscode.commands.executeCommand('tencentChat.sandbox.stop');
      await vscode.commands.executeCommand('tencentChat.sandbox.reset');
      assert.equal(await vscode.commands.executeCommand('tencentChat.sandbox.status'), host.sandbox.url);
    } finally {
      await host.stop();
    }
  });
});
