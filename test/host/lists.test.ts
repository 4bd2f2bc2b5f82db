import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { withUser } from '../../src/connections/additions';
import { viewIds } from '../../src/contributions/ids';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

interface Node {
  readonly kind?: string;
  readonly id: string;
  readonly connectionId?: string;
  readonly user?: string;
  readonly chat?: { readonly peer?: string };
  readonly plan?: string;
}

describe('Lists and plans', () => {
  let host: HostSandbox;
  let users = 0;

  before(async () => {
    host = await startHostSandbox();
  });
  after(() => host.stop());
  afterEach(async () => {
    host.sandbox.sandbox.faults.clear();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Some messages between two users who are new, and the row of their conversation. */
  async function conversation(count: number): Promise<{ refs: MessageRef[]; row: Node }> {
    users += 1;
    const [one, two] = [`lena${users}`, `mike${users}`];
    const refs: MessageRef[] = [];
    for (let index = 0; index < count; index += 1)
      refs.push(
        await host.send(one, two, {
          msgBody: body(`old ${index}`),
          cloudCustomData: '"{\\"n\\":12345678901234567}"',
        }),
      );
    const { connections } = await testHandle();
    await connections.change(host.connectionId, withUser(one));
    const tree = Witness.here.trees.get(viewIds.explorer) as vscode.TreeDataProvider<Node>;
    const below = async (node: Node | undefined, fits: (one: Node) => boolean): Promise<Node> =>
      eventually(async () => (await tree.getChildren(node))?.find(fits), 'a row of the tree');
    const app = await below(undefined, ({ connectionId }) => connectionId === host.connectionId);
    const user = await below(app, (node) => node.user === one);
    return {
      refs,
      row: await below(user, ({ kind, chat }) => kind === 'conversation' && chat?.peer === two),
    };
  }

  async function edit(...rows: Node[]): Promise<vscode.TextDocument> {
    const uri = await vscode.commands.executeCommand<vscode.Uri>('tencentChat.list.edit', rows[0], rows);
    return vscode.workspace.openTextDocument(uri);
  }

  async function replace(document: vscode.TextDocument, pattern: RegExp, to: string): Promise<void> {
    const text = document.getText();
    const edits = [...text.matchAll(pattern)].map((match) => {
      const range = new vscode.Range(
        document.positionAt(match.index),
        document.positionAt(match.index + match[0].length),
      );
      return vscode.TextEdit.replace(range, match[0].replace(new RegExp(pattern.source), to));
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async function lenses(document: vscode.TextDocument): Promise<string[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    return found.map(({ command }) => command?.title ?? '');
  }

  /** Modifies the list and waits for the notice that says how it ended. */
  async function modify(document: vscode.TextDocument, end: RegExp): Promise<void> {
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.list.modify', document.uri);
    await Witness.here.saw('notice', end, from);
  }

  const textOf = async (ref: MessageRef): Promise<string | undefined> =>
    /"Text":\s*"([^"]*)"/.exec((await host.content(ref))?.msgBody ?? '')?.[1];

  it('open a conversation as one document, modify what changed in it, and are rolled back', async () => {
    const { refs, row } = await conversation(6);
    const document = await edit(row);
    assert.equal(document.languageId, 'tencent-chat-messages');
    assert.deepEqual(await lenses(document), ['6 messages, nothing changed']);
    await replace(document, /old ([0-4])/g, 'new $1');
    await eventually(
      async () => (await lenses(document))[0] === 'Modify 5 Messages…' || undefined,
      'the lens',
    );
    const calls = host.sandbox.sandbox.calls.list('openim/modify_c2c_msg').calls.length;
    await modify(document, /5 of 5 messages were modified/);
    const requests = host.sandbox.sandbox.calls.list('openim/modify_c2c_msg').calls.slice(calls);
    assert.equal(requests.length, 5);
    assert.ok(requests.every(({ request }) => !request.includes('CloudCustomData')));
    assert.deepEqual(await Promise.all(refs.map(textOf)), [
      'new 0',
      'new 1',
      'new 2',
      'new 3',
      'new 4',
      'old 5',
    ]);
    assert.equal(document.isDirty, false);
    await eventually(
      async () => (await lenses(document))[0] === '6 messages, nothing changed' || undefined,
      'the lens',
    );

    const history = Witness.here.trees.get(viewIds.history) as vscode.TreeDataProvider<Node>;
    const plan = (await history.getChildren())?.[0];
    assert.ok(plan?.plan);
    assert.equal((await history.getChildren(plan))?.length, 5);
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    const offered = await Witness.here.saw('notice', /The last modification was a plan/, from);
    assert.ok(offered.buttons.includes('Roll Back'));
    await vscode.commands.executeCommand('tencentChat.plan.rollBack', plan);
    await Witness.here.saw('notice', /5 of 5 messages were modified/, from);
    assert.deepEqual(
      await Promise.all(refs.map(textOf)),
      [0, 1, 2, 3, 4, 5].map((index) => `old ${index}`),
    );
    assert.equal((await host.content(refs[0]!))?.cloudCustomData, '"{\\"n\\":12345678901234567}"');
  });

  it('say at an item what was not done and why, and overwrite a colleague’s change only when told', async () => {
    const { refs, row } = await conversation(3);
    const document = await edit(row);
    await replace(document, /old (\d)/g, 'new $1');
    await host.colleague.modifyMessage(refs[1]!.address, { msgBody: body('theirs') });
    await modify(document, /2 of 3 messages were modified, 1 changed on the service meanwhile/);
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['new 0', 'theirs', 'new 2']);
    const [problem] = await eventually(() => {
      const found = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ message }) => message.includes('Not sent'));
      return found.length > 0 ? found : undefined;
    }, 'the problem of the item');
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    const keep = actions.find(({ title }) => title.startsWith('Keep mine'));
    assert.ok(keep?.command);
    await vscode.commands.executeCommand(
      keep.command.command,
      ...((keep.command.arguments ?? []) as unknown[]),
    );
    await modify(document, /1 of 1 messages were modified/);
    assert.equal(await textOf(refs[1]!), 'new 1');
  });

  it('show what the service refused at its item', async () => {
    const { row } = await conversation(2);
    const document = await edit(row);
    await replace(document, /old (\d)/g, 'new $1');
    host.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 20026 }).fault,
    );
    await modify(document, /0 of 2 messages were modified, 2 refused by the service/);
    const found = await eventually(() => {
      const all = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 20026);
      return all.length === 2 ? all : undefined;
    }, 'the problems of the items');
    assert.deepEqual(
      found.map(({ range }) => document.lineAt(range.start.line).text),
      ['  {', '  {'],
    );
  });

  it('send nothing while an address was edited, and check items like messages', async () => {
    const { refs, row } = await conversation(2);
    const document = await edit(row);
    await replace(document, /"From_Account": "lena/g, '"From_Account": "anna');
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.list.modify', document.uri);
    await Witness.here.saw('notice', /Nothing was sent: 2 problems/, from);
    await replace(document, /"From_Account": "anna/g, '"From_Account": "lena');
    await replace(document, /TIMTextElem/g, 'TIMTextElm');
    await eventually(
      () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .some(({ source, message }) => source === 'Tencent Chat' && message.includes('TIMTextElm')),
      'the problem of the items',
    );
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['old 0', 'old 1']);
  });

  it('are made of what was found, and change one value in all of it, through JSON in strings', async () => {
    const { refs, row } = await conversation(3);
    const witness = Witness.here;
    const finding = vscode.commands.executeCommand('tencentChat.messages.find', row);
    await witness.answer(/Text, or a regular expression/, '/old [02]$/m');
    await witness.choose(/2 found in 3 messages/, ({ label }) => label.includes('Open All 2 as List'));
    await finding;
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.languageId === 'tencent-chat-messages');
    assert.deepEqual(await lenses(document), ['2 messages, nothing changed']);
    const setting = vscode.commands.executeCommand('tencentChat.list.setValue', document.uri);
    await witness.answer(/members joined by full stops/, 'CloudCustomData > n');
    await witness.answer(/Only where it is this now/, '');
    await witness.answer(/New value as JSON, for 2 places/, '"opened"');
    await setting;
    await modify(document, /2 of 2 messages were modified/);
    assert.deepEqual(await Promise.all(refs.map(async (ref) => (await host.content(ref))?.cloudCustomData)), [
      '"{\\"n\\":\\"opened\\"}"',
      '"{\\"n\\":12345678901234567}"',
      '"{\\"n\\":\\"opened\\"}"',
    ]);
  });
});
