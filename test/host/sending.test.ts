import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChatAddress } from '../../src/chat/address';
import type { ChatMessage } from '../../src/chat/chatMessage';
import type { Connections } from '../../src/connections/connections';
import { withUser } from '../../src/connections/additions';
import { viewIds } from '../../src/contributions/ids';
import { messageUri } from '../../src/documents/messageRef';
import { parseUnsentUri } from '../../src/documents/unsentUri';
import { readFault } from '../../src/sandbox/http/faults';
import { UnsentStore } from '../../src/sending/unsentStore';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const hello = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } }];

interface Node {
  readonly kind?: string;
  readonly connectionId?: string;
  readonly user?: string;
  readonly chat?: { readonly peer?: string };
}

interface Row {
  readonly uri?: vscode.Uri;
}

describe('Messages that are not sent yet', () => {
  const witness = Witness.here;
  let host: HostSandbox;
  let connections: Connections;
  let users = 0;
  let from: string;
  let to: string;
  let shown: number;

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
    await connections.prepare();
  });
  beforeEach(async () => {
    users += 1;
    [from, to] = [`nina${users}`, `otto${users}`];
    for (const userId of [from, to]) await host.colleague.accountImport({ userId });
    shown = witness.shown.length;
  });
  afterEach(async () => {
    host.sandbox.sandbox.faults.clear();
    if (connections.get(host.connectionId)?.readOnly) await connections.setReadOnly(host.connectionId, false);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => host.stop());

  function run<T>(command: string, ...args: unknown[]): Thenable<T> {
    return vscode.commands.executeCommand<T>(`tencentChat.${command}`, ...args);
  }

  /** *New Message…* on the row of a conversation. */
  async function newMessage(connectionId = host.connectionId): Promise<vscode.TextDocument> {
    const chat: ChatAddress = { chat: 'c2c', user: from, peer: to };
    return vscode.workspace.openTextDocument(await run<vscode.Uri>('message.new', { connectionId, chat }));
  }

  const tree = () => witness.trees.get(viewIds.explorer) as vscode.TreeDataProvider<Node>;

  const below = (node: Node | undefined, fits: (one: Node) => boolean): Promise<Node> =>
    eventually(async () => (await tree().getChildren(node))?.find(fits), 'a row of the tree');

  /** The row of the two users in the tree. */
  async function conversationRow(): Promise<Node> {
    await connections.change(host.connectionId, withUser(from));
    const app = await below(undefined, ({ connectionId }) => connectionId === host.connectionId);
    const user = await below(app, (node) => node.user === from);
    return below(user, ({ chat }) => chat?.peer === to);
  }

  async function write(document: vscode.TextDocument, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const end = document.positionAt(document.getText().length);
    edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  /** What the receiver's history has. */
  async function received(user = to): Promise<ChatMessage[]> {
    const messages: ChatMessage[] = [];
    for await (const page of host.colleague.history({ chat: { chat: 'c2c', user, peer: from } }))
      messages.push(...page.messages);
    return messages;
  }

  const tabs = (): vscode.Uri[] =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri] : []));

  /** Everything about a document is gone: its file and its tab. */
  const isGone = (uri: vscode.Uri): Promise<true> =>
    eventually(
      async () =>
        !tabs().some((one) => one.toString() === uri.toString()) &&
        (await vscode.workspace.fs.stat(uri).then(
          () => false,
          () => true,
        )),
      'the document to go',
    );

  it('is a document with sender and receiver', async () => {
    const document = await newMessage();
    assert.deepEqual(JSON.parse(document.getText()), { From_Account: from, To_Account: to, MsgBody: hello });
    assert.equal(document.languageId, 'tencent-chat-message');
  });

  it('is sent in a sandbox without a question, and is gone then', async () => {
    const document = await newMessage();
    await write(document, document.getText().replace('Hello', 'Hello you'));
    await run('unsent.send', document.uri);
    await isGone(document.uri);
    const [message, ...more] = await received();
    assert.deepEqual(more, []);
    assert.match(message?.content.msgBody ?? '', /Hello you/);
  });

  it('keeps what is written while one of its options is asked for', async () => {
    const document = await newMessage();
    const done = run('unsent.options', document.uri);
    await witness.choose(/What shall be another one/, ({ label }) => label.endsWith(' To_Account'));
    await witness.asked(/One UserID, or several/);
    await write(document, document.getText().replace('Hello', 'Written meanwhile'));
    const seen = witness.shown.length;
    await witness.answer(/One UserID, or several/, `${to}, zoe`);
    await witness.saw('choice', /batchsendmsg/, seen);
    await witness.asked(/What shall be another one/);
    await witness.close();
    await done;
    assert.deepEqual(JSON.parse(document.getText()), {
      From_Account: from,
      To_Account: [to, 'zoe'],
      MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Written meanwhile' } }],
    });
  });

  it('is kept with what was typed, and stands among the drafts until it is sent or given up', async () => {
    const document = await newMessage();
    await write(document, '{ "To_Account": "broken');
    assert.ok(await document.save());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const drafts = witness.trees.get('tencentChat.drafts') as vscode.TreeDataProvider<Row>;
    const rows = async (): Promise<Row[]> =>
      ((await drafts.getChildren()) ?? []).filter(({ uri }) => uri?.toString() === document.uri.toString());
    const [row] = await eventually(async () => {
      const found = await rows();
      return found.length === 1 && found;
    }, 'its row');
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    assert.equal(Buffer.from(bytes).toString('utf8'), '{ "To_Account": "broken');
    await run('unsent.discard', row);
    await eventually(async () => (await rows()).length === 0, 'its row to go');
    await isGone(document.uri);
  });

  it('shows what another window saved', async () => {
    const document = await newMessage();
    const { id } = parseUnsentUri(document.uri) ?? assert.fail(document.uri.toString());
    const other = new UnsentStore(path.join((await testHandle()).storage.fsPath, 'unsent'));
    for (const words of ['Saved elsewhere', 'Saved once more']) {
      assert.ok(await other.write(id, document.getText().replace(/Hello|Saved elsewhere/, words)));
      await eventually(() => document.getText().includes(words), words);
    }
    assert.equal(document.isDirty, false);

    // As long as what is read here, which is all that VS Code looks at.
    await write(document, document.getText().replace('once more', 'from here'));
    assert.ok(await other.write(id, document.getText().replace('from here', 'elsewhere')));
    assert.equal(await document.save(), false);
    assert.match((await other.read(id))?.text ?? '', /Saved elsewhere/);
    assert.match(document.getText(), /Saved from here/);
    assert.ok(await document.save(), 'whoever saves again overwrites it');
    await run('unsent.send', document.uri);
    await isGone(document.uri);
    assert.match((await received())[0]?.content.msgBody ?? '', /Saved from here/);
  });

  it('is looked for when the answer is lost, and not sent again', async () => {
    const document = await newMessage();
    host.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/sendmsg', kind: 'drop', when: 'after', times: 1 }).fault,
    );
    await run('unsent.send', document.uri);
    await witness.saw('notice', /the history shows that the message arrived/, shown);
    await isGone(document.uri);
    assert.equal((await received()).length, 1);
  });

  it('tells of many who did not get it, and sends to those again', async () => {
    const document = await newMessage();
    const late = `late${users}`;
    await write(document, JSON.stringify({ From_Account: from, To_Account: [to, late], MsgBody: hello }));
    await run('unsent.send', document.uri);
    const { buttons } = await witness.saw('notice', new RegExp(`Not sent to 1: ${late} \\(70107\\)`), shown);
    assert.deepEqual(buttons, ['Send to Those Again']);
    await isGone(document.uri);
    await host.colleague.accountImport({ userId: late });
    const drafts = witness.trees.get('tencentChat.drafts') as vscode.TreeDataProvider<Row>;
    const rest = await eventually(async () => {
      for (const { uri } of (await drafts.getChildren()) ?? []) {
        if (!uri?.path.includes('/new/')) continue;
        if (Buffer.from(await vscode.workspace.fs.readFile(uri)).includes(late)) return uri;
      }
      return undefined;
    }, 'the document of those who did not get it');
    await run('unsent.send', rest);
    await isGone(rest);
    assert.equal((await received(late)).length, 1);
    assert.equal((await received()).length, 1);
  });

  it('is refused by a read-only connection before anybody is asked', async () => {
    const document = await newMessage();
    await connections.setReadOnly(host.connectionId, true);
    await run('unsent.send', document.uri);
    await witness.saw('notice', /read-only/, shown);
    assert.deepEqual(await received(), []);
    await connections.setReadOnly(host.connectionId, false);
  });

  it('asks in a test app, naming who gets it', async () => {
    const { connection } = await connections.add(
      {
        name: 'Test app',
        endpoint: host.sandbox.url,
        sdkAppId: host.sandbox.app.sdkAppId,
        administrator: host.sandbox.app.administrator,
        environment: 'test',
        credentialKind: 'secretKey',
      },
      host.sandbox.secretKey,
    );
    try {
      const document = await newMessage(connection.id);
      // Nobody is there to answer a dialog: the host closes it.
      await run('unsent.send', document.uri).then(undefined, () => undefined);
      const question = await witness.saw('dialog', new RegExp(`Send this message to ${to}\\?`), shown);
      assert.deepEqual(question.buttons, ['Send']);
      assert.deepEqual(await received(), []);
    } finally {
      await connections.remove(connection.id);
    }
  });

  it('becomes the message of its MsgKey: that is open then, and the tree shows it without reading anew', async () => {
    const { key } = await host.colleague.sendMessage({ from, to, msgBody: JSON.stringify(hello) });
    const conversation = await conversationRow();
    /** Below one day, or two about midnight. */
    const messages = async (): Promise<Node[]> => {
      const days = ((await tree().getChildren(conversation)) ?? []).filter(({ kind }) => kind === 'day');
      return (await Promise.all(days.map(async (day) => (await tree().getChildren(day)) ?? []))).flat();
    };
    assert.equal((await messages()).length, 1);
    const document = await newMessage();
    const reads = (): number => host.sandbox.sandbox.calls.list('openim/admin_getroammsg').calls.length;
    const before = reads();
    await run('unsent.send', document.uri);
    const sent = await eventually(() => tabs().find(({ path }) => !path.includes('/new/')), 'its message');
    const keys = (await received()).map(({ address }) => (address.chat === 'c2c' ? address.key : ''));
    const [own, ...more] = keys.filter((one) => one !== key);
    assert.deepEqual(more, []);
    assert.ok(own !== undefined && decodeURIComponent(sent.path).includes(own));
    // It was looked for once, and `received` has read once.
    assert.equal(reads(), before + 2);
    assert.equal((await messages()).length, 2);
    assert.equal(reads(), before + 2);
    const text = (await vscode.workspace.openTextDocument(sent)).getText();
    assert.deepEqual(JSON.parse(text), { MsgBody: hello });
  });

  it('goes to whom the message of a list at the caret goes, through its connection', async () => {
    for (const text of ['first', 'second'])
      await host.send(from, to, { msgBody: JSON.stringify(hello).replace('Hello', text) });
    const row = await conversationRow();
    await run('list.edit', row, [row]);
    const editor = await eventually(() => {
      const shownNow = vscode.window.activeTextEditor;
      return shownNow?.document.languageId === 'tencent-chat-messages' && shownNow.document.getText() !== ''
        ? shownNow
        : undefined;
    }, 'the list');
    const at = editor.document.positionAt(editor.document.getText().lastIndexOf('"MsgBody"'));
    editor.selection = new vscode.Selection(at, at);
    const uri = await run<vscode.Uri>('message.new', editor.document.uri);
    assert.ok(uri.path.startsWith(`/${host.connectionId}/new/`));
    const made = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(JSON.parse(made.getText()), { From_Account: from, To_Account: to, MsgBody: hello });
  });

  it('has its receivers and options completed and explained, by the service’s names', async () => {
    await connections.change(host.connectionId, withUser(to));
    const document = await newMessage();
    const complete = async (text: string): Promise<vscode.CompletionItem[]> => {
      await write(document, text.replace('|', ''));
      const at = document.positionAt(text.indexOf('|'));
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return list.items;
    };
    const named = (items: vscode.CompletionItem[], name: string): vscode.CompletionItem | undefined =>
      items.find(({ label }) => label === name);
    const members = await complete('{ "To_Account": "x", "Sync|" }');
    const sync = named(members, 'SyncOtherMachine');
    assert.equal((sync?.insertText as vscode.SnippetString).value, '"SyncOtherMachine": $0');
    assert.equal(named(members, 'To_Account'), undefined, 'it stands there already');
    assert.equal(named(members, 'MsgRandom'), undefined, 'it is written by us');
    assert.equal(named(members, 'SendTime'), undefined, 'of groups only');
    const values = await complete('{ "To_Account": "x", "SyncOtherMachine": | }');
    assert.equal(named(values, '2')?.detail, 'The sender does not have it');
    const users = await complete('{ "To_Account": ["x", "|"] }');
    assert.equal(named(users, to)?.insertText, JSON.stringify(to));
    const group = await complete('{ "GroupId": "g", "|" }');
    assert.ok(named(group, 'MsgPriority') && named(group, 'SendTime'));
    const text = '{ "To_Account": "x", "MsgLifeTime": 60 }';
    await write(document, text);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(text.indexOf('LifeTime')),
    );
    const said = hovers.flatMap(({ contents }) =>
      contents.map((one) => (one as vscode.MarkdownString).value),
    );
    assert.ok(
      said.some((one) => one.includes('MsgLifeTime') && one.includes('604800')),
      said.join('\n'),
    );
  });

  it('has each option asked for by itself, as the page’s header does', async () => {
    const document = await newMessage();
    const before = JSON.parse(document.getText()) as object;
    await write(document, JSON.stringify({ ...before, SyncOtherMachine: 1 }));
    const asked = run('unsent.options', { uri: document.uri, name: 'SyncOtherMachine' });
    await witness.choose(/Whether the sender's history has it too/, ({ label }) => label === '2');
    await asked;
    assert.deepEqual(JSON.parse(document.getText()), { ...before, SyncOtherMachine: 2 });
    const left = run('unsent.options', { uri: document.uri, name: 'SyncOtherMachine' });
    await witness.choose(/Whether the sender's history has it too/, ({ label }) =>
      label.includes('Leave it out'),
    );
    await left;
    assert.deepEqual(JSON.parse(document.getText()), before);
  });

  it('names few of many receivers in its row', async () => {
    const document = await newMessage();
    const many = Array.from({ length: 500 }, (_, index) => `u${index}`);
    await write(document, JSON.stringify({ To_Account: many, MsgBody: hello }));
    assert.ok(await document.save());
    const drafts = witness.trees.get('tencentChat.drafts') as vscode.TreeDataProvider<Row>;
    const label = await eventually(async () => {
      for (const row of (await drafts.getChildren()) ?? [])
        if (row.uri?.toString() === document.uri.toString()) {
          const item = await drafts.getTreeItem(row);
          if (typeof item.label === 'string' && item.label.includes('u0')) return item.label;
        }
      return undefined;
    }, 'its row');
    assert.equal(label, 'New message: u0, u1, u2 and 497 more');
    await run('unsent.discard', document.uri);
  });

  it('is made of a message that was sent', async () => {
    const ref = await host.send(from, to, {
      msgBody: JSON.stringify(hello),
      cloudCustomData: '"{\\"n\\":12345678901234567}"',
    });
    const uri = await run<vscode.Uri>('message.duplicate', { ...ref, message: { address: ref.address } });
    const document = await vscode.workspace.openTextDocument(uri);
    const written = JSON.parse(document.getText()) as Record<string, unknown>;
    assert.deepEqual(written, {
      From_Account: from,
      To_Account: to,
      MsgBody: hello,
      CloudCustomData: '{"n":12345678901234567}',
    });
    await run('message.sendAgain', { ...ref, message: { address: ref.address } });
    await eventually(async () => (await received()).length === 2, 'the second message');
  });

  it('is not made of a draft whose JSON is broken, and that is said', async () => {
    const ref = await host.send(from, to, { msgBody: JSON.stringify(hello) });
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    await write(document, document.getText().replace('"Hello"', '"Hello" you'));
    assert.ok(await document.save());
    for (const command of ['message.duplicate', 'message.sendAgain']) {
      const before = witness.shown.length;
      assert.equal(await run(command, { ...ref, message: { address: ref.address } }), undefined);
      await witness.saw('notice', /The text is no JSON object\. Mend it first\./, before);
    }
    assert.equal((await received()).length, 1);
  });
});
