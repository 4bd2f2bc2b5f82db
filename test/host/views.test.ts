import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { messageUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { startHostSandbox, useOnly, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';
import { Witness } from '../support/witness';

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

const textOf = (label: vscode.TreeItem['label']): string =>
  typeof label === 'string' ? label : (label?.label ?? '');

describe('daily comfort', () => {
  const witness = Witness.here;
  let host: HostSandbox;
  let start: number;

  before(async () => {
    host = await startHostSandbox();
    await run('sandbox.try');
    await useOnly(host.connectionId);
  });
  beforeEach(() => {
    start = witness.shown.length;
  });
  afterEach(async () => {
    host.sandbox.sandbox.faults.clear();
    for (const command of ['closeQuickOpen', 'closeAllEditors'])
      await vscode.commands.executeCommand(`workbench.action.${command}`);
  });
  after(async () => {
    // A tree that is looked at reads what stands open in it, and would start the extension's own sandbox for that.
    await vscode.commands.executeCommand('workbench.view.explorer');
    await useOnly('');
    await host.stop();
  });

  function run(command: string, ...args: unknown[]): Thenable<unknown> {
    return vscode.commands.executeCommand(`tencentChat.${command}`, ...args);
  }

  async function draft(ref: MessageRef, from: string, to: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    await replaceText(document, from, to);
    assert.ok(await document.save());
  }

  function tree(id: 'explorer' | 'drafts' | 'history'): vscode.TreeDataProvider<unknown> {
    const found = witness.trees.get(`tencentChat.${id}`);
    assert.ok(found);
    return found;
  }

  /** The rows of a list, each with what it says. */
  async function rows(id: 'drafts' | 'history'): Promise<{ node: unknown; item: vscode.TreeItem }[]> {
    const found: { node: unknown; item: vscode.TreeItem }[] = [];
    for (const node of (await tree(id).getChildren()) ?? [])
      found.push({ node, item: await tree(id).getTreeItem(node) });
    return found;
  }

  const openUris = (): string[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? input.uri.toString() : [])),
    );

  it('has keys that VS Code gives to nothing else', async () => {
    const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as {
      contributes: { keybindings: { command: string; key: string }[] };
    };
    const chords = manifest.contributes.keybindings.filter(({ key }) => key.includes(' '));
    assert.equal(chords.length, 5);
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const entry = /"key": "([^"]+)",?\s+"command": "([^"]+)"/g;
    const taken = [...defaults.getText().matchAll(entry)].filter(
      ([, , command = '']) => !command.startsWith('tencentChat.'),
    );
    assert.ok(taken.length > 500, 'the keys of VS Code were read');
    for (const { key, command } of chords)
      assert.deepEqual(
        taken.filter(([, other]) => other === key).map(([, , other]) => other),
        [],
        `${key} of ${command}`,
      );
  });

  it('reveals a message in the tree, whose conversation it did not have, and opens it to the side', async () => {
    const ref = await host.send('revealed', 'hidden', { msgBody: body('look here') });
    await run('message.reveal', messageUri(ref));
    // What the tree has selected now is what is opened without a row.
    await run('message.openToSide');
    await eventually(() => openUris().includes(messageUri(ref).toString()), 'the message beside');
    assert.ok(!witness.shown.slice(start).some(({ text }) => text.includes('is not among the messages')));
    await host.colleague.deleteMessages({ operator: 'revealed', peer: 'hidden', keys: [ref.address.key] });
    await run('explorer.refresh');
    await run('message.reveal', messageUri(ref));
    await witness.saw('status', /^revealed → hidden, .* is not among the messages of its day\.$/, start);
  });

  it('lists drafts by what they change, connection and time, and gives up several at once', async () => {
    const refs = [
      await host.send('dora', 'bob', { msgBody: body('first text') }),
      await host.send('dora', 'emil', { msgBody: body('second text') }),
    ];
    for (const ref of refs) await draft(ref, 'text', 'words');
    const mine = async () =>
      (await rows('drafts')).filter(({ item }) => textOf(item.label).startsWith('dora'));
    const found = await eventually(async () => {
      const all = await mine();
      return all.length === 2 ? all : undefined;
    }, 'two drafts');
    const row = found.find(({ item }) => item.label === 'dora → bob');
    assert.match(
      String(row?.item.description),
      /^Text: first text → first words · Sandbox \(Sandbox\) · .*\d{4}.* \d\d:\d\d:\d\d$/,
    );
    const nodes = found.map(({ node }) => node);
    await run('message.openToSide', nodes[0], nodes);
    await eventually(() => refs.every((ref) => openUris().includes(messageUri(ref).toString())), 'both');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('message.discardDraft', nodes[0], nodes);
    const told = await witness.saw('notice', /^2 drafts were discarded\.$/, start);
    assert.deepEqual(told.buttons, ['Undo']);
    await eventually(async () => ((await mine()).length === 0 ? true : undefined), 'no drafts');
  });

  it('finds modifications by what was there before', async () => {
    const ref = await host.send('frida', 'bob', { msgBody: body('an old saying') });
    await draft(ref, 'old', 'new');
    await run('message.modify', messageUri(ref));
    void run('history.find');
    await witness.answer(/Text before or after/, 'OLD SAYING');
    const found = await eventually(async () => {
      const all = await rows('history');
      return all.length === 1 ? all[0] : undefined;
    }, 'the one modification');
    assert.equal(found.item.label, 'frida → bob');
    assert.match(
      String(found.item.description),
      /\d\d:\d\d:\d\d · Text: an old saying → an new saying · Sandbox \(Sandbox\)$/,
    );
    await run('message.open', found.node);
    await eventually(() => openUris().includes(messageUri(ref).toString()), 'the message of the row');
    void run('history.find');
    await witness.answer(/Text before or after/, '');
    await eventually(async () => ((await rows('history')).length > 0 ? true : undefined), 'all again');
  });

  it('explains a code on a page, and lets the sandbox answer with it once', async () => {
    await run('errorCode.explain', 60_026);
    const panel = await eventually(
      () => witness.panels.find(({ viewType, visible }) => viewType === 'tencentChat.errorCode' && visible),
      'the page of the code',
    );
    assert.equal(panel.title, 'Error Code 60026');
    const { html } = panel.webview;
    for (const part of [
      '<h1>60026</h1>',
      '<h2>What helps</h2>',
      '<ol><li>The app lives in another data centre than the one that was called.</li></ol>',
      '<p>Nothing was done, and the same request gets the same answer.</p>',
      '<ul><li>Every call</li></ul>',
      '<a href="https://trtc.io/document/34620">https://trtc.io/document/34620</a>',
      'href="command:tencentChat.errorCode.tryInSandbox?%5B60026%5D"',
    ])
      assert.ok(html.includes(part), `${part} in ${html}`);
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /content="default-src &#39;none&#39;; style-src &#39;nonce-[^&]+&#39;; base-uri/);
    const { enableScripts, enableCommandUris, localResourceRoots } = panel.webview.options;
    assert.deepEqual(
      { enableScripts, enableCommandUris, localResourceRoots },
      {
        enableScripts: false,
        enableCommandUris: ['tencentChat.errorCode.tryInSandbox'],
        localResourceRoots: [],
      },
    );

    // By the button of the title, which gives what VS Code calls the page by.
    const trying = run('errorCode.tryInSandbox', vscode.Uri.parse('webview-panel:webview-errorCode'));
    await witness.choose(
      /Which call shall be answered with it/,
      ({ label }) => label === 'openim/admin_getroammsg',
    );
    await trying;
    assert.deepEqual(
      host.sandbox.sandbox.faults
        .list()
        .map(({ command, kind, code, times }) => ({ command, kind, code, times })),
      [{ command: 'openim/admin_getroammsg', kind: 'code', code: 60_026, times: 1 }],
    );

    await run('errorCode.explain', 20_026);
    assert.match(panel.webview.html, /<a href="https:[^"]+">openim\/modify_c2c_msg \(inferred\)<\/a>/);

    await run('errorCode.explain', 6206);
    assert.equal(panel.title, 'Error Code 6206', 'the same page');
    assert.match(panel.webview.html, /None: it is a code of the client SDK/);
    assert.doesNotMatch(panel.webview.html, /command:/);
    const from = witness.shown.length;
    await run('errorCode.tryInSandbox');
    await witness.saw('notice', /Open the page of an error code first/, from);
    panel.dispose();
  });
});
