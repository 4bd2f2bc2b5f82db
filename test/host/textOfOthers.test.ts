/* eslint-disable no-control-regex -- control characters are what this is about */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { withConversation, withGroup, withUser } from '../../src/connections/additions';
import type { Connections } from '../../src/connections/connections';
import { messageUri } from '../../src/documents/messageRef';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const pieces = [
  '[x](command:tencentChat.connection.edit?%7B%7D)',
  '[x](https://elsewhere.example/a "title")',
  '$(trash)',
  '\\$(sync~spin)',
  '<img src=x onerror=alert(1)>',
  '<a href="command:a.b">x</a>',
  '\u001b]8;;https://elsewhere.example\u0007',
  '\u202egpj.exe',
  '\u2066',
  '\u0000',
  '\r\n2026-11-25 10:00:00.000 [info] forged',
  '\u2028',
  '你好',
];
/** Any text, ten thousand characters too. */
const hostile = fc
  .tuple(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 6 }), fc.boolean())
  .map(([parts, long]) => parts.join('') + (long ? 'x'.repeat(10_000) : ''));
/** What the service takes for a UserID: at most 32 printable ASCII characters. */
const userId = fc
  .tuple(
    fc.constantFrom('[x](command:a.b)', '[x](https://a.b)', '$(trash)', '$(sync~spin)', '<b>', '](', '\\$('),
    fc.constantFrom('[x](command:a.b)', '$(trash)', '$(sync~spin)', '<a href=x>'),
  )
  .map((parts) => parts.join(''));
/** No endpoint: a setting with something else in it. */
const setting = hostile.map((text) => `http://${text.replace(/^\s+|\s+$/g, '')}`);

const samples = fc.sample(
  fc.record({ info: hostile, text: hostile, from: userId, to: userId, name: hostile, setting }),
  {
    numRuns: 2,
    seed: 20261125,
  },
);

describe('texts of others, wherever they are shown', () => {
  const witness = Witness.here;
  let host: HostSandbox;
  let connections: Connections;

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
  });
  after(() => host.stop());
  beforeEach(async () => {
    for (const { id, credentialKind } of connections.list())
      if (credentialKind !== 'sandbox') await connections.remove(id);
  });
  afterEach(async () => {
    host.sandbox.sandbox.faults.clear();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`tencentChat.${command}`, ...args);

  /** The rows of a connection that a view has now, and what is shown where the mouse rests on one. */
  async function rows(view: string, connectionId: string): Promise<string[]> {
    const tree = witness.trees.get(view);
    assert.ok(tree, `the view ${view}`);
    const texts: string[] = [];
    const walk = async (parent?: unknown): Promise<void> => {
      for (const node of (await tree.getChildren(parent)) ?? []) {
        if (parent === undefined && isOfAnother(node, connectionId)) continue;
        const item = await tree.getTreeItem(node);
        const { label, description, tooltip, accessibilityInformation } = item;
        for (const text of [label, description, tooltip, accessibilityInformation?.label])
          if (typeof text === 'string') texts.push(text);
        await walk(node);
      }
    };
    await walk();
    return texts;
  }

  async function edit(ref: MessageRef): Promise<void> {
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, document.positionAt(document.getText().lastIndexOf('"')), ' changed');
    assert.ok(await vscode.workspace.applyEdit(change));
  }

  for (const [index, { info, text, from, to, name, setting: endpoint }] of samples.entries()) {
    it(`are no link, icon, markup or line of their own: ${index + 1}`, async () => {
      const start = witness.shown.length;
      const body = JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }]);
      const ref = await host.send(from, to, { msgBody: body });
      const { connection } = await connections.add(
        {
          ...{ name, endpoint: host.sandbox.url, sdkAppId: host.sandbox.app.sdkAppId, environment: 'test' },
          ...{ administrator: host.sandbox.app.administrator, credentialKind: 'secretKey' },
        },
        host.sandbox.secretKey,
      );
      await connections.change(connection.id, withUser(from));
      await connections.change(connection.id, withConversation({ user: from, peer: to }));
      await connections.change(host.connectionId, withUser(from));
      const elsewhere = { ...ref, connectionId: connection.id };
      const made = await host.colleague.call(
        'group_open_http_svc/create_group',
        JSON.stringify({ Owner_Account: from, Type: 'Public', Name: from.slice(0, 30) }),
      );
      const group = (JSON.parse(made) as { readonly GroupId: string }).GroupId;
      await host.colleague.sendGroupMessage({ group, from, msgBody: body });
      await connections.change(connection.id, withGroup(group));
      void run('user.add');
      await witness.choose(/^Add User\nConnection$/, ({ description = '' }) =>
        description.startsWith('Test'),
      );
      await witness.asked(/UserID of a user of/);
      await witness.close();

      // A refusal with a code that nobody documented shows what the endpoint says.
      await vscode.commands.executeCommand('vscode.open', messageUri(ref));
      // Once: what a code that nobody documented means is looked into for seconds.
      if (index === 0) {
        host.sandbox.sandbox.faults.add(
          readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 99_999, info }).fault,
        );
        await edit(ref);
        await run('message.modify', messageUri(ref));
        await witness.saw('notice', /99999/, start);
        assert.ok(
          vscode.languages.getDiagnostics(messageUri(ref)).some(({ message }) => message.includes('99999')),
        );
        host.sandbox.sandbox.faults.clear();
      }

      // A connection with such a name asks, in a dialog that a host under test refuses.
      await edit(elsewhere);
      await run('message.modify', messageUri(elsewhere));
      await witness.saw('dialog', /Modify this message\?/, start);
      await run('message.compare', messageUri(elsewhere));
      await run('connection.test', { connectionId: connection.id });
      await run('connection.remove', { connectionId: connection.id });
      await run('connection.makeReadOnly', { connectionId: connection.id });
      host.sandbox.sandbox.faults.add(readFault({ kind: 'code', code: 99_998, info, times: 1 }).fault);
      await run('message.reload', messageUri(ref));
      await witness.saw('notice', /99998/, start);

      // Lists, prompts and complaints.
      void run('connection.enterSecret', { connectionId: connection.id });
      await witness.asked(/secret/i);
      await witness.close();
      void run('message.openByKey', { connectionId: connection.id });
      await witness.answer(/A MsgKey, a GroupId and a MsgSeq/, JSON.stringify({ GroupId: group, MsgSeq: 7 }));
      await witness.asked(/This is what the text tells/);
      await witness.close();
      await run('message.openByKey', { connectionId: connection.id, text: `@TGS#${from} 7` });
      await run('message.openByKey', { connectionId: connection.id, text: `${group} 1` });
      await run('history.show', messageUri(ref));
      await run('log.showExchanges');

      const settings = vscode.workspace.getConfiguration('tencentChat');
      await settings.update('sandbox.endpoint', endpoint, vscode.ConfigurationTarget.Global);
      await witness.saw('notice', /The setting for the sandbox is not an address/, start);
      await settings.update('sandbox.endpoint', host.sandbox.url, vscode.ConfigurationTarget.Global);

      const told = witness.shown.slice(start).map((one): { place: string; text: string } => one);
      const add = (place: string, words: readonly string[]): void =>
        words.forEach((one) => told.push({ place, text: one }));
      for (const view of ['explorer', 'drafts', 'history'])
        add(view, await rows(`tencentChat.${view}`, connection.id));
      const tabs = (): string[] =>
        vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
      await eventually(() => tabs().some((label) => label.includes('Draft')), 'the title of the comparison');
      add('tab', tabs());
      add(
        'problem',
        vscode.languages.getDiagnostics(messageUri(ref)).map(({ message }) => message),
      );
      for (const { place, text: one } of told) {
        const where = `${place}: ${one.slice(0, 300)}`;
        assert.ok(
          !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/.test(one),
          `a control in ${where}`,
        );
        assert.ok(!/^2026-11-25 10:00/m.test(one), `a forged entry in ${where}`);
        // The log is a plain text, where VS Code makes links of addresses only.
        if (place === 'log') continue;
        assert.ok(!/\[[^\]]+\]\((?:https?:|command:|file:)/.test(one), `a link in ${where}`);
        assert.ok(!/\$\((?:trash|sync)/.test(one), `an icon in ${where}`);
        assert.ok(!/[\u202a-\u202e\u2066]/.test(one), `a turn of direction in ${where}`);
        for (const line of one.split('\n'))
          assert.ok(line.length <= 5_000, `${line.length} characters in ${where}`);
      }
      for (const one of [ref, elsewhere]) await run('message.discardDraft', messageUri(one));
    });
  }
});

/** A row at the top of the conversations that is another connection's. */
function isOfAnother(node: unknown, connectionId: string): boolean {
  return (
    typeof node === 'object' && node !== null && 'connectionId' in node && node.connectionId !== connectionId
  );
}
