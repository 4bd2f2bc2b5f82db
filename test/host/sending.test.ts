import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatAddress } from '../../src/chat/address';
import type { ChatMessage } from '../../src/chat/chatMessage';
import type { Connections } from '../../src/connections/connections';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const hello = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } }];

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
});
