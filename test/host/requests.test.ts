import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Connections } from '../../src/connections/connections';
import type { Environment } from '../../src/connections/connection';
import { messageUri } from '../../src/documents/messageRef';
import { RequestSender } from '../../src/requestDocuments/sender';
import { parseRequests } from '../../src/requests/parse';
import { readFault } from '../../src/sandbox/http/faults';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const LANGUAGE = 'tencent-chat-requests';

describe('request documents', () => {
  let host: HostSandbox;
  let connections: Connections;
  let from: number;
  let added = 0;
  const witness = Witness.here;

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
    await run('sandbox.try');
    for (const userId of ['alice', 'bob']) await host.colleague.accountImport({ userId });
  });
  beforeEach(() => (from = witness.shown.length));
  afterEach(async () => {
    await closeAll();
    for (const { id, credentialKind } of connections.list()) {
      if (credentialKind !== 'sandbox') await connections.remove(id);
    }
  });
  after(() => host.stop());

  function run(command: string, ...args: unknown[]): Thenable<unknown> {
    return vscode.commands.executeCommand(`tencentChat.${command}`, ...args);
  }

  /** Without a question about what is not saved. */
  async function closeAll(): Promise<void> {
    for (
      let left = 20;
      left > 0 && vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
      left -= 1
    )
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  async function open(text: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content: text });
    await vscode.window.showTextDocument(document);
    return document;
  }

  /** Sends the block that a text stands in. */
  function send(document: vscode.TextDocument, at: string): Thenable<unknown> {
    const offset = document.getText().indexOf(at);
    assert.ok(offset >= 0, at);
    return run('request.send', { uri: document.uri, offset });
  }

  function answer(): string {
    const page = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.path === '/Answer.jsonc',
    );
    return page?.document.getText() ?? '';
  }

  function calls(command: string): number {
    return host.sandbox.sandbox.calls.list(command).calls.length;
  }

  async function addApp(environment: Environment, endpoint = host.sandbox.url): Promise<string> {
    added += 1;
    const { connection } = await connections.add(
      {
        name: `App ${added}`,
        endpoint,
        sdkAppId: host.sandbox.app.sdkAppId,
        administrator: host.sandbox.app.administrator,
        environment,
        credentialKind: 'secretKey',
      },
      host.sandbox.secretKey,
    );
    return connection.name;
  }

  const hello = (text: string): string =>
    `[{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "${text}" } }]`;

  it('send what they say, show the code at its place, and take values of the answer further', async () => {
    const document = await open(`# @connection Sandbox
@peer = bob

### Say hello
# @name sent
# @expect ErrorCode 0
POST {{endpoint}}/v4/openim/sendmsg
Content-Type: application/json

{
  "From_Account": "alice",
  "To_Account": "{{peer}}",
  "MsgRandom": {{$randomInt 1 4294967295}},
  "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "text": "hello" } }]
}

### Change it
POST {{endpoint}}/v4/openim/modify_c2c_msg

{
  "From_Account": "alice",
  "To_Account": "bob",
  "MsgKey": "{{sent.response.body.$.MsgKey}}",
  "MsgBody": ${hello('changed')}
}
`);
    await send(document, 'Say hello');
    await eventually(() => answer().includes('"ErrorCode": 90010'), 'the refusal');
    assert.match(
      answer(),
      /^\/\/ openim\/sendmsg · Sandbox · \d+ ms · \d+ bytes\n\/\/ Code 90010: .+\n\/\/ ✗ ErrorCode 0 · it is 90010\n\{/,
    );
    const refusal = await eventually(
      () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .find(({ code }) => typeof code === 'object' && code.value === 90010 && code.target),
      'its problem',
    );
    assert.match(document.getText(refusal.range), /TIMTextElem|text|\{/);

    await replaceText(document, '"text"', '"Text"');
    await send(document, 'Say hello');
    await eventually(() => /✓ ErrorCode 0[^]*"MsgKey": "/.test(answer()), 'the answer');
    const key = /"MsgKey": "([^"]+)"/.exec(answer())?.[1] ?? '';
    assert.ok(
      !answer().includes('usersig') && !JSON.stringify(witness.shown.slice(from)).includes('usersig=e'),
    );

    await send(document, 'Change it');
    await eventually(
      () => answer().includes('modify_c2c_msg') && answer().includes('"succeed"'),
      'the modify',
    );
    const ref = {
      connectionId: host.connectionId,
      address: { chat: 'c2c', from: 'alice', to: 'bob', key } as const,
    };
    assert.match((await host.content(ref))?.msgBody ?? '', /changed/);
    // Undone like any modify: what was there before is in the journal.
    await closeAll();
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    await eventually(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom,
      'the message in an editor',
    );
    await run('modification.undo');
    await eventually(async () => (await host.content(ref))?.msgBody?.includes('hello'), 'the undo');
  });

  it('say of a modify that was carried out, though the answer is a code, that it was, and show no refusal', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: hello('as it was') });
    const { key } = ref.address;
    const document = await open(`# @connection Sandbox

###
POST {{endpoint}}/v4/openim/modify_c2c_msg

{ "From_Account": "alice", "To_Account": "bob", "MsgKey": "${key}", "MsgBody": ${hello('as it is')} }
`);
    const { faults } = host.sandbox.sandbox;
    // A time-out of the service, whose answer does not tell what became of it.
    faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 60008, when: 'after', times: 9 })
        .fault,
    );
    try {
      await send(document, 'POST');
      await eventually(() => answer().includes('"ErrorCode": 60008'), 'what was answered');
    } finally {
      faults.clear();
    }
    assert.match(answer(), /\n\/\/ .* was modified all the same: .*60008/);
    assert.match((await host.content(ref))?.msgBody ?? '', /as it is/);
    const errors = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(errors, []);
  });

  it('go to the endpoint of the connection only: no other host, no redirect, nothing is signed for one', async () => {
    const reached: string[] = [];
    const listen = (answerWith: (url: string) => { status: number; location?: string }): Promise<Server> => {
      const server = createServer((request, response) => {
        reached.push(request.url ?? '');
        const { status, location } = answerWith(request.url ?? '');
        response.writeHead(status, location === undefined ? {} : { Location: location });
        response.end('{}');
      });
      return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    };
    const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stranger = await listen(() => ({ status: 200 }));
    const lead = await listen((url) => ({ status: 302, location: urlOf(stranger) + url }));
    try {
      const elsewhere = await open(
        `# @connection Sandbox\n\n###\nPOST ${urlOf(stranger)}/v4/openim/admin_getroammsg\n\n{}\n`,
      );
      await send(elsewhere, 'POST');
      await witness.saw('notice', /Not sent: Another host/, from);
      const own = await open(
        `# @connection Sandbox\n@endpoint = ${urlOf(stranger)}\n\n###\nPOST {{endpoint}}/v4/openim/admin_getroammsg\n\n{}\n`,
      );
      await send(own, 'POST');
      await witness.saw('notice', /Not sent: endpoint is what the connection says/, from);
      assert.deepEqual(reached, []);
      const redirected = await open(
        `# @connection ${await addApp('test', urlOf(lead))}\n\n###\nPOST {{endpoint}}/v4/openim/admin_getroammsg\n\n{}\n`,
      );
      await send(redirected, 'POST');
      await witness.saw('notice', /./, from + 2);
      assert.equal(reached.length, 1, 'the redirect was followed');
    } finally {
      stranger.close();
      lead.close();
    }
  });

  it('open the place of their answer when they leave, and say there when none comes', async () => {
    const waiting: (() => void)[] = [];
    const slow = createServer((_, response) => waiting.push(() => response.end('{"ErrorCode":0,"late":1}')));
    await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done));
    try {
      const app = await addApp('test', `http://127.0.0.1:${(slow.address() as AddressInfo).port}`);
      const document = await open(
        `# @connection ${app}\n\n### Look\nPOST {{endpoint}}/v4/openim/admin_getroammsg\n\n{}\n`,
      );
      const sent = send(document, 'POST');
      // A column that came with the answer would take the focus from where a person types by then.
      await eventually(() => answer() === '// Sending Look\n', 'the place of the answer');
      assert.equal(vscode.window.activeTextEditor?.document, document);
      const reply = await eventually(() => waiting.shift(), 'the request');
      reply();
      await eventually(() => answer().includes('"late": 1'), 'the answer');
      await sent;
      const again = send(document, 'POST');
      await eventually(() => waiting.length > 0, 'the request');
      await run('request.stop');
      await again;
      await eventually(() => answer() === '// There is no answer to Look.\n', 'what became of it');
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });

  it('ask before what writes in production, and before what deletes everywhere; read-only connections refuse', async () => {
    const body = `{ "From_Account": "alice", "To_Account": "bob", "MsgRandom": 7, "MsgBody": ${hello('asked')} }`;
    const before = calls('openim/sendmsg');
    const production = await addApp('production');
    const write = await open(
      `# @connection ${production}\n\n###\nPOST {{endpoint}}/v4/openim/sendmsg\n\n${body}\n`,
    );
    await send(write, 'POST');
    await witness.saw('dialog', /^Send openim\/sendmsg\?/, from);
    await witness.saw('dialog', /Production\n[^]*"Text": "asked"/, from);
    assert.equal(calls('openim/sendmsg'), before);

    const remove = await open(
      '# @connection Sandbox\n\n###\nPOST {{endpoint}}/v4/im_open_login_svc/account_delete\n\n{ "DeleteItem": [{ "UserID": "alice" }] }\n',
    );
    await send(remove, 'POST');
    await witness.saw('dialog', /account_delete\? This cannot be undone/, from);
    assert.equal(calls('im_open_login_svc/account_delete'), 0);
    const unknown = await open(
      '# @connection Sandbox\n\n###\nPOST {{endpoint}}/v4/some_svc/something\n\n{}\n',
    );
    await send(unknown, 'POST');
    await witness.saw('dialog', /some_svc\/something\? This cannot be undone/, from);

    await connections.setReadOnly(connections.list().find(({ name }) => name === production)?.id ?? '', true);
    const asked = witness.shown.filter(({ place }) => place === 'dialog').length;
    await vscode.window.showTextDocument(write);
    await send(write, 'POST');
    await witness.saw('notice', /is read-only\. Nothing was changed/, from);
    assert.equal(witness.shown.filter(({ place }) => place === 'dialog').length, asked);
    assert.equal(calls('openim/sendmsg'), before);
  });

  it('modify in production by the one way in only: what cannot be kept for certain is not sent', async () => {
    const production = await addApp('production');
    const ref = await host.send('alice', 'bob', { msgBody: hello('kept') });
    const sent = calls('openim/modify_c2c_msg');
    const doubled = `{ "From_Account": "alice", "To_Account": "bob", "MsgKey": "1_2_3", "MsgKey": "${ref.address.key}", "MsgBody": ${hello('x')} }`;
    for (const body of [doubled, doubled.replace('"MsgKey": "1_2_3", ', '').replace(/\}$/, ',}')]) {
      const document = await open(
        `# @connection ${production}\n\n###\nPOST {{endpoint}}/v4/openim/modify_c2c_msg\n\n${body}\n`,
      );
      await send(document, 'POST');
    }
    await witness.saw('notice', /a member stands twice/, from);
    await witness.saw('notice', /cannot be read for certain/, from);
    const whole = doubled.replace('"MsgKey": "1_2_3", ', '');
    const document = await open(
      `# @connection ${production}\n\n###\nPOST {{endpoint}}/v4/openim/modify_c2c_msg\n\n${whole}\n`,
    );
    await send(document, 'POST');
    await witness.saw('dialog', /^Modify alice → bob/, from);
    assert.equal(calls('openim/modify_c2c_msg'), sent);
    assert.match((await host.content(ref))?.msgBody ?? '', /kept/);
  });

  it('know nothing of an untitled one that had their name and was closed', async () => {
    const other = await addApp('test');
    const look = `### Look\n# @name look\nPOST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{ "CheckItem": [{ "UserID": "alice" }] }\n`;
    const first = await open(look);
    const sent = send(first, 'POST');
    await witness.choose(/Send through Which Connection/, ({ label }) => label.includes('Sandbox'));
    await sent;
    await eventually(() => answer().includes('"ErrorCode": 0'), 'the answer');
    // Once a document.
    await send(first, 'POST');
    await vscode.window.showTextDocument(first);
    await closeAll();
    await eventually(() => first.isClosed, 'the first to be closed');

    const second = await open(
      `${look}\n### Next\nPOST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{ "CheckItem": [{ "UserID": "{{look.response.body.$.ActionStatus}}" }] }\n`,
    );
    assert.equal(second.uri.toString(), first.uri.toString());
    const seen = witness.shown.length;
    const next = send(
      second,
      'POST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{ "CheckItem": [{ "UserID": "{{look',
    );
    await witness.choose(/Send through Which Connection/, ({ label }) => label.includes(other));
    await next;
    await witness.saw('notice', /Not sent: /, seen);
  });

  it('have an outline, folds, formatted bodies, and problems that can be removed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'outline-'));
    // An untitled document has the name of one that was closed, and for minutes its outline.
    const uri = vscode.Uri.file(path.join(folder, 'two.chat.http'));
    await writeFile(
      uri.fsPath,
      '### One\n# @name one\nPOST {{endpoint}}/v4/openim/sendmsg?usersig=eJwrSy0qzszPU7IyMjY1\n\n{"To_Account":"{{one.response.body.$.a}}","MsgRandom":{{$randomInt 1 9}}}\n\n### Two\nPOST {{endpoint}}/v4/openim/admin_getroammsg\n\n{}\n',
    );
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await eventually(async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return symbols.map(({ name }) => name).join() === 'one,Two';
    }, 'the outline');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { insertSpaces: true, tabSize: 2 },
    );
    const change = new vscode.WorkspaceEdit();
    change.set(document.uri, edits);
    await vscode.workspace.applyEdit(change);
    assert.match(
      document.getText(),
      /\n\{\n {2}"To_Account": "\{\{one\.response\.body\.\$\.a\}\}",\n {2}"MsgRandom": \{\{\$randomInt 1 9\}\}\n\}\n/,
    );
    const secret = await eventually(
      () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .find(({ message }) => message.includes('A secret is written down')),
      'the secret',
    );
    const [action] = await codeActions(document, secret.range);
    assert.equal(action?.title, 'Remove');
    await vscode.workspace.applyEdit(action.edit!);
    assert.ok(!document.getText().includes('eJwrSy0'));
    await closeAll();
    await rm(folder, { recursive: true });
  });

  it('offer what helps against a refusal, and mend a message in a body as a message document does', async () => {
    const body = `{ "From_Account": "alice", "To_Account": "nobody_yet", "MsgRandom": 7, "MsgBody": ${hello('hi')} }`;
    const document = await open(
      `# @connection Sandbox\n\n###\nPOST {{endpoint}}/v4/openim/sendmsg\n\n${body}\n`,
    );
    await send(document, 'POST');
    await eventually(() => /"ErrorCode": (?:20003|90012)/.test(answer()), 'the refusal');
    const titles = async (range: vscode.Range): Promise<string[]> =>
      (await codeActions(document, range)).map(({ title }) => title);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await eventually(async () => (await titles(all)).includes('Import the missing account'), 'what helps');
    await replaceText(document, '"Text"', '"text"');
    await eventually(
      () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .some(({ range }) => document.getText(range).includes('text')),
      'the problem',
    );
    await eventually(async () => (await titles(all)).some((title) => title.includes('Text')), 'its fix');
  });

  it('are written with completion alone: a call by its purpose, members, accounts, elements, values', async () => {
    const document = await open('# @connection Sandbox\n@peer = bob\n\n###\n\n');
    const at = (text: string, after = text.length): vscode.Position =>
      document.positionAt(document.getText().lastIndexOf(text) + after);
    const labels = async (position: vscode.Position, trigger?: string): Promise<vscode.CompletionItem[]> =>
      (
        await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          position,
          trigger,
        )
      ).items;
    const named = (items: readonly vscode.CompletionItem[], name: string): vscode.CompletionItem => {
      const found = items.find(({ label }) => (typeof label === 'string' ? label : label.label) === name);
      assert.ok(found, `${name} is not among ${items.length}`);
      return found;
    };
    const calls = await labels(new vscode.Position(4, 0));
    const chosen = named(calls, 'openim/sendmsg');
    assert.match(chosen.filterText ?? '', /Send a message to one user.*单发单聊消息/);
    await vscode.window.activeTextEditor?.insertSnippet(
      chosen.insertText as vscode.SnippetString,
      new vscode.Position(4, 0),
    );
    assert.match(
      document.getText(),
      /POST \{\{endpoint\}\}\/v4\/openim\/sendmsg\nContent-Type: application\/json\n\n\{\n {2}"From_Account": "alice",\n/,
    );
    await replaceText(document, '"To_Account": "bob"', '"To_Account": "",\n  ""');
    named(await labels(at('"To_Account": "'), '"'), 'bob');
    const members = await labels(at('"",\n  "', '"",\n  "'.length), '"');
    assert.equal(named(members, 'OnlineOnlyFlag').detail, 'Integer, may be absent · 0, 1');
    assert.ok(!members.some(({ label }) => label === 'MsgRandom'));
    await replaceText(document, '"",\n  ""', '"{{}}"');
    named(await labels(at('"{{')), 'peer');
    named(await labels(at('"MsgType": "'), '"'), 'TIMFaceElem');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at('openim/sendmsg', 2),
    );
    assert.match(
      hovers
        .flatMap(({ contents }) => contents)
        .map((one) => (one as vscode.MarkdownString).value.replaceAll('&nbsp;', ' '))
        .join(),
      /Send a message to one user/,
    );
    named(await labels(at('@connection ')), 'Sandbox');
  });

  it('offer keys of messages that the tree has read, members of objects inside, and the values there are', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: hello('known one') });
    const tree = await eventually(() => witness.trees.get('tencentChat.explorer'), 'the tree');
    const below = async (path: readonly RegExp[], node?: unknown): Promise<void> => {
      const [first, ...rest] = path;
      if (!first) return;
      const child = await eventually(async () => {
        for (const one of (await tree.getChildren(node)) ?? []) {
          const { label } = await tree.getTreeItem(one);
          if (first.test(typeof label === 'string' ? label : (label?.label ?? ''))) return { one };
        }
        return undefined;
      }, String(first));
      await below(rest, child.one);
    };
    await below([/^Sandbox/, /^alice$/, /bob/, /./]);
    const document = await open(`# @connection Sandbox

### Recall
POST {{endpoint}}/v4/openim/admin_msgwithdraw

{ "From_Account": "alice", "To_Account": "bob", "MsgKey": "" }

### Create
POST {{endpoint}}/v4/group_open_http_svc/create_group

{ "Type": "", "Name": "g", "MemberList": [{ "" }] }
`);
    const offered = async (after: string): Promise<vscode.CompletionItem[]> => {
      const position = document.positionAt(document.getText().indexOf(after) + after.length);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
        '"',
      );
      return items;
    };
    const labels = (items: readonly vscode.CompletionItem[]): string[] =>
      items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    const key = await eventually(
      async () =>
        (await offered('"MsgKey": "')).find(({ insertText }) => insertText === `"${ref.address.key}"`),
      'the key of the message',
    );
    assert.match((key.label as vscode.CompletionItemLabel).description ?? '', /known one/);
    assert.deepEqual(labels(await offered('"Type": "')), [
      '"AVChatRoom"',
      '"ChatRoom"',
      '"Community"',
      '"Private"',
      '"Public"',
    ]);
    assert.deepEqual(labels(await offered('"MemberList": [{ "')), ['Member_Account', 'Role']);
  });

  it('are tests: what is expected and what came is told to VS Code, by the text that was sent', async () => {
    const waiting: (() => void)[] = [];
    const slow = createServer((_request, response) => {
      waiting.push(() => response.end('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}'));
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    try {
      const app = await addApp('test', `http://127.0.0.1:${(slow.address() as AddressInfo).port}`);
      const block = (title: string, expected: string): string =>
        `### ${title}\n# @expect ErrorCode ${expected}\nPOST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{ "CheckItem": [{ "UserID": "alice" }] }\n`;
      const document = await open(
        `# @connection Sandbox\n\n${block('First', '0')}\n${block('Second', '7')}\n### Not a test\nPOST {{endpoint}}/v4/openim/sendmsg\n\n{}\n`,
      );
      // The document's tests come a moment after its text: a run that finds none is none.
      const isRun = (): boolean => witness.shown.slice(from).some(({ place }) => place === 'test');
      await eventually(async () => {
        await vscode.commands.executeCommand('testing.runAll');
        for (let waited = 0; waited < 50 && !isRun(); waited += 1)
          await new Promise((resolve) => setTimeout(resolve, 100));
        return isRun();
      }, 'a test that was run');
      await witness.saw('test', /^passed First$/, from);
      await witness.saw('test', /^failed Second: Expected ErrorCode 7$/, from);
      assert.ok(
        !witness.shown.slice(from).some(({ place, text }) => place === 'test' && text.includes('Not a')),
      );
      const before = witness.shown.length;
      await send(document, 'First');
      await witness.saw('test', /^passed First$/, before);

      const awaited = await open(`# @connection ${app}\n\n${block('Awaited', '0')}`);
      const start = witness.shown.length;
      const sent = send(awaited, 'Awaited');
      await eventually(() => waiting.length > 0, 'the request');
      await replaceText(awaited, 'ErrorCode 0', 'ErrorCode 5');
      for (const answerIt of waiting) answerIt();
      await sent;
      await eventually(() => answer().includes('account_check · App'), 'the answer');
      assert.match(answer(), /✓ ErrorCode 0\n/);
      assert.doesNotMatch(answer(), /ErrorCode 5/);
      assert.deepEqual(
        witness.shown.slice(start).filter(({ place }) => place === 'test'),
        [],
      );
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });

  it('are a run of tests that ends, also when a file is deleted meanwhile', async () => {
    const waiting: (() => void)[] = [];
    const slow = createServer((_request, response) => {
      waiting.push(() => response.end('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}'));
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(path.join(tmpdir(), 'deleted-'));
    const file = path.join(folder, 'deleted.chat.http');
    const uri = vscode.Uri.file(file);
    const isOpen = (): boolean =>
      vscode.workspace.textDocuments.some((one) => one.uri.toString() === uri.toString());
    try {
      const block = (title: string, connection: string): string =>
        `# @connection ${connection}\n\n### ${title}\n# @expect ErrorCode 0\nPOST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{ "CheckItem": [{ "UserID": "alice" }] }\n`;
      const app = await addApp('test', `http://127.0.0.1:${(slow.address() as AddressInfo).port}`);
      const first = await open(block('Held', app));
      await writeFile(file, block('Deleted', 'Sandbox'));
      // Not by the API, which would keep the document for minutes after its editor is closed.
      await vscode.commands.executeCommand('vscode.open', uri);
      await eventually(isOpen, 'the second document');
      let ended = 0;
      let begun = 0;
      await eventually(async () => {
        begun += 1;
        void vscode.commands.executeCommand('testing.runAll').then(() => (ended += 1));
        for (let waited = 0; waited < 50 && waiting.length === 0; waited += 1)
          await new Promise((resolve) => setTimeout(resolve, 100));
        return waiting.length > 0;
      }, 'a test that runs');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await eventually(() => !isOpen(), 'the second document closed');
      await rm(file);
      assert.ok(ended < begun, 'it still runs');
      for (const answerIt of waiting) answerIt();
      await witness.saw('test', /^passed Held$/, from);
      await witness.saw('test', /^errored Deleted: ./, from);
      await eventually(() => ended === begun, 'the end of the run');
      // What was open for the run stays known for minutes, and is no test of those that follow.
      await replaceText(first, '# @expect ErrorCode 0\n', '');
    } finally {
      slow.closeAllConnections();
      slow.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('send nothing from a workspace that is not trusted, and read nothing of the environment there', async () => {
    const read: string[] = [];
    const environment = new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, name) => {
          read.push(String(name));
          return 'of_the_environment';
        },
      },
    );
    const kept: string[] = [];
    const never = (): never => assert.fail('nobody is asked');
    let trusted = false;
    const sender = new RequestSender({
      connections,
      confirmations: never,
      modifies: never,
      problems: { refused: never, taken: () => undefined },
      answers: { keep: (_uri, _name, { text }) => kept.push(text), of: () => undefined },
      choose: never,
      isTrusted: () => trusted,
      environment,
    });
    const document = await open(
      '# @connection Sandbox\n\n###\nPOST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{ "CheckItem": [{ "UserID": "{{$processEnv SECRET}}" }] }\n',
    );
    const requests = parseRequests(document.getText());
    const block = requests.blocks.at(-1)!;
    const before = calls('im_open_login_svc/account_check');
    await assert.rejects(sender.send(document, requests, block), /from a workspace that is not trusted/);
    await assert.rejects(
      sender.composed(document, requests, block),
      /may not be read: SECRET|\$processEnv SECRET/,
    );
    assert.deepEqual([calls('im_open_login_svc/account_check') - before, read, kept], [0, [], []]);
    // The same document, trusted.
    trusted = true;
    await sender.send(document, requests, block);
    assert.deepEqual([calls('im_open_login_svc/account_check') - before, read], [1, ['SECRET']]);
    assert.match(kept.join(), /of_the_environment/);
  });
});
