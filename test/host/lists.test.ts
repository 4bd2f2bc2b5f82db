import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { withUser } from '../../src/connections/additions';
import { viewIds } from '../../src/contributions/ids';
import { messageUri } from '../../src/documents/messageRef';
import { readFault } from '../../src/sandbox/http/faults';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';
import { startHostSandbox, useOnly, type HostSandbox } from '../support/hostSandbox';
import { openedString } from '../support/openedString';
import { replaceText } from '../support/replaceText';
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
  async function conversation(
    count: number,
    connection = host.connectionId,
  ): Promise<{ refs: MessageRef[]; row: Node }> {
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
    await connections.change(connection, withUser(one));
    const tree = Witness.here.trees.get(viewIds.explorer) as vscode.TreeDataProvider<Node>;
    const below = async (node: Node | undefined, fits: (one: Node) => boolean): Promise<Node> =>
      eventually(async () => (await tree.getChildren(node))?.find(fits), 'a row of the tree');
    const app = await below(undefined, ({ connectionId }) => connectionId === connection);
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

  /** Waits until the lens above all says this. */
  async function says(document: vscode.TextDocument, text: string): Promise<void> {
    await eventually(async () => (await lenses(document))[0] === text, `the lens “${text}”`);
  }

  /** Modifies the list and waits for the notice that says how it ended. */
  async function modify(document: vscode.TextDocument, end: RegExp): Promise<void> {
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.list.modify', document.uri);
    await Witness.here.saw('notice', end, from);
  }

  /** Begins to modify the list. All is put off by its answers, longer each time, so that it goes on until it is paused. */
  async function begun(document: vscode.TextDocument): Promise<{ readonly end: Thenable<unknown> }> {
    const command = 'openim/modify_c2c_msg';
    const { faults, calls } = host.sandbox.sandbox;
    faults.add(readFault({ command, kind: 'code', code: 60007 }).fault);
    const before = calls.list(command).total;
    const end = vscode.commands.executeCommand('tencentChat.list.modify', document.uri);
    await eventually(() => calls.list(command).total > before, 'the first call');
    return { end };
  }

  const textOf = async (ref: MessageRef): Promise<string | undefined> =>
    /"Text":\s*"([^"]*)"/.exec((await host.content(ref))?.msgBody ?? '')?.[1];

  it('open a conversation as one document, modify what changed in it, and are rolled back', async () => {
    const { refs, row } = await conversation(6);
    const document = await edit(row);
    assert.equal(document.languageId, 'tencent-chat-messages');
    assert.match(document.uri.path, /\/list\/lena\d+-mike\d+-[0-9a-f]{4}\.chatmsgs\.json$/);
    await says(document, '6 messages, nothing changed');
    await replace(document, /old ([0-4])/g, 'new $1');
    await says(document, 'Modify 5 Messages…');
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
    await says(document, '6 messages, nothing changed');

    const history = Witness.here.trees.get(viewIds.history) as vscode.TreeDataProvider<Node>;
    const plan = (await history.getChildren())?.[0];
    assert.ok(plan?.plan);
    assert.equal((await history.getChildren(plan))?.length, 5);
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    const offered = await Witness.here.saw('notice', /The last modification was a plan/, from);
    assert.ok(offered.buttons.includes('Roll Back'));
    await vscode.commands.executeCommand('tencentChat.plan.rollBack', plan);
    await Witness.here.saw('notice', /5 of 5 messages were taken back/, from);
    assert.deepEqual(
      await Promise.all(refs.map(textOf)),
      [0, 1, 2, 3, 4, 5].map((index) => `old ${index}`),
    );
    assert.equal((await host.content(refs[0]!))?.cloudCustomData, '"{\\"n\\":12345678901234567}"');
  });

  it('fold by messages and by what is in them, also where one was just edited', async () => {
    const { row } = await conversation(2);
    const document = await edit(row);
    const folded = async (): Promise<string[]> => {
      const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return ranges.map(({ start, end }) => `${document.lineAt(start).text.trim()} ${end - start}`);
    };
    // By their first lines, with the number of lines that go.
    const message = ['{ 13', '"MsgBody": [ 6', '{ 4', '"MsgContent": { 1'];
    assert.deepEqual(await folded(), [`[ ${document.lineCount - 3}`, ...message, ...message]);
    await replace(document, /"Text": "old 0"/g, '"Text": "old 0",\n"Other": ""');
    const longer = ['{ 14', '"MsgBody": [ 7', '{ 5', '"MsgContent": { 2'];
    const text = document.getText();
    const both = text.indexOf('old 0') < text.indexOf('old 1') ? [longer, message] : [message, longer];
    assert.deepEqual(await folded(), [`[ ${document.lineCount - 3}`, ...both.flat()]);
  });

  it('keep what pauses a plan that is under way, which is neither tried twice nor taken back meanwhile', async () => {
    const history = Witness.here.trees.get(viewIds.history) as vscode.TreeDataProvider<Node>;
    const plans = async (): Promise<Node[]> =>
      ((await history.getChildren()) ?? []).filter(({ plan }) => plan);
    const earlier = (await plans()).length;
    const { refs, row } = await conversation(30);
    const document = await edit(row);
    await replace(document, /old (\d+)/g, 'new $1');
    const from = Witness.here.shown.length;
    const modified = await begun(document);
    const [plan] = await eventually(async () => {
      const found = await plans();
      return found.length > earlier && found;
    }, 'the plan in the history');
    await vscode.commands.executeCommand('tencentChat.plan.retry', plan);
    await Witness.here.saw('notice', /^The plan is under way already/, from);
    await vscode.commands.executeCommand('tencentChat.plan.rollBack', plan);
    await Witness.here.saw('notice', /^The plan is under way\. Pause or cancel it first/, from);
    await vscode.commands.executeCommand('tencentChat.plan.pause');
    await Witness.here.saw('notice', /^Paused\. 0 of 30 messages were modified/, from);
    host.sandbox.sandbox.faults.clear();
    await modified.end;
    const texts = async (): Promise<(string | undefined)[]> => Promise.all(refs.map(textOf));
    assert.ok((await texts()).every((text) => text?.startsWith('old')));
    await vscode.commands.executeCommand('tencentChat.plan.continue', plan);
    await Witness.here.saw('notice', /^30 of 30 messages were modified/, from);
    assert.ok((await texts()).every((text) => text?.startsWith('new')));
  });

  it('are asked about again where their connection became a production one since they were paused', async () => {
    const { connections } = await testHandle();
    const details = {
      name: 'Shop',
      endpoint: host.sandbox.url,
      sdkAppId: host.sandbox.app.sdkAppId,
      administrator: host.sandbox.app.administrator,
      environment: 'sandbox',
      credentialKind: 'secretKey',
    } as const;
    const { connection } = await connections.add(details, host.sandbox.secretKey);
    const { refs, row } = await conversation(3, connection.id);
    const document = await edit(row);
    await replace(document, /old (\d)/g, 'new $1');
    const from = Witness.here.shown.length;
    const modified = await begun(document);
    await vscode.commands.executeCommand('tencentChat.plan.pause');
    await Witness.here.saw('notice', /^Paused\. 0 of 3 messages were modified/, from);
    host.sandbox.sandbox.faults.clear();
    await modified.end;
    const history = Witness.here.trees.get(viewIds.history) as vscode.TreeDataProvider<Node>;
    const [plan] = ((await history.getChildren()) ?? []).filter((node) => node.plan);

    await connections.update(connection.id, { ...details, environment: 'production' });
    for (const command of ['continue', 'retry']) {
      const seen = Witness.here.shown.length;
      // A host under test shows no dialog, which counts as Cancel.
      await vscode.commands.executeCommand(`tencentChat.plan.${command}`, plan);
      await Witness.here.saw('dialog', /Modify 3 messages of Shop\?/, seen);
    }
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['old 0', 'old 1', 'old 2']);

    await connections.update(connection.id, details);
    await vscode.commands.executeCommand('tencentChat.plan.continue', plan);
    await Witness.here.saw('notice', /^3 of 3 messages were modified/, from);
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['new 0', 'new 1', 'new 2']);
    await connections.remove(connection.id);
  });

  it('change the string of the message that was opened, also where others were left out meanwhile', async () => {
    const { row } = await conversation(3);
    const document = await edit(row);
    interface Listed {
      readonly MsgKey: string;
      readonly CloudCustomData: string;
    }
    const items = (): Listed[] => JSON.parse(document.getText()) as Listed[];
    const [first, second, third] = items();
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(
      document.getText().indexOf('"CloudCustomData"', document.getText().indexOf(second!.MsgKey)) + 25,
    );
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('tencentChat.embedded.edit');
    const string = await openedString();
    const all = document.getText();
    await replaceText(document, all.slice(all.indexOf('{'), all.indexOf('{', all.indexOf('\n  },'))), '');
    assert.deepEqual(
      items().map(({ MsgKey }) => MsgKey),
      [second?.MsgKey, third?.MsgKey],
    );
    await replaceText(string, '12345678901234567', '7');
    assert.ok(await string.save());
    assert.deepEqual(
      items().map(({ CloudCustomData }) => CloudCustomData),
      ['{"n":7}', first?.CloudCustomData],
    );

    // What is gone is not found in another one.
    await replaceText(string, '7', '8');
    const left = document.getText();
    await replaceText(document, left.slice(left.indexOf('{'), left.indexOf('{', left.indexOf('\n  },'))), '');
    assert.equal(await string.save(), false);
    assert.equal(items()[0]?.CloudCustomData, first?.CloudCustomData);
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
    const actions = await codeActions(document, problem.range);
    const keep = actions.find(({ title }) => title.startsWith('Keep mine'));
    assert.ok(keep?.command);
    await vscode.commands.executeCommand(
      keep.command.command,
      ...((keep.command.arguments ?? []) as unknown[]),
    );
    await modify(document, /1 of 1 messages were modified/);
    assert.equal(await textOf(refs[1]!), 'new 1');
  });

  it('read what a plan will find before they ask, and name what it leaves out', async () => {
    const { connections } = await testHandle();
    const { connection } = await connections.add(
      {
        name: 'Shop',
        endpoint: host.sandbox.url,
        sdkAppId: host.sandbox.app.sdkAppId,
        administrator: host.sandbox.app.administrator,
        environment: 'test',
        credentialKind: 'secretKey',
      },
      host.sandbox.secretKey,
    );
    const { refs, row } = await conversation(4, connection.id);
    const document = await edit(row);
    await replace(document, /old ([0-2])/g, 'new $1');
    await host.colleague.modifyMessage(refs[1]!.address, { msgBody: body('theirs') });
    await host.colleague.recallMessage(refs[2]!.address);
    const from = Witness.here.shown.length;
    // A host under test shows no dialog, which counts as Cancel.
    await vscode.commands.executeCommand('tencentChat.list.modify', document.uri);
    const { buttons } = await Witness.here.saw('dialog', /Modify 1 message of Shop\?/, from);
    assert.deepEqual(buttons, ['Modify 1', 'Show Changes', 'Left Out…']);
    await Witness.here.saw('dialog', /Left out: 1 changed on the service meanwhile, 1 recalled/, from);
    assert.equal(await textOf(refs[0]!), 'old 0');

    // Through a connection that is only read nobody is asked, and no plan is left behind.
    await connections.setReadOnly(connection.id, true);
    const refused = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.list.modify', document.uri);
    await Witness.here.saw('notice', /the connection Shop is read-only\. Nothing was changed/, refused);
    assert.ok(Witness.here.shown.slice(refused).every(({ place }) => place !== 'dialog'));
    await connections.remove(connection.id);
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

    // A message that was tried again is one message of the plan, and two lines of the journal.
    host.sandbox.sandbox.faults.clear();
    const history = Witness.here.trees.get(viewIds.history) as vscode.TreeDataProvider<Node>;
    const [plan] = (await history.getChildren()) ?? [];
    assert.ok(plan);
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.plan.retry', plan);
    await Witness.here.saw('notice', /2 of 2 messages were modified/, from);
    const [again] = (await history.getChildren()) ?? [];
    assert.equal((await history.getChildren(again))?.length, 4);
    assert.equal((await history.getTreeItem(again!)).label, 'Plan: 2 messages');

    const report = vscode.commands.executeCommand('tencentChat.plan.report', again);
    await Witness.here.choose(/As what\?/, ({ label }) => label.startsWith('JSON'));
    await report;
    const { document: shown } = vscode.window.activeTextEditor!;
    assert.deepEqual([shown.fileName.endsWith('report.json'), shown.isUntitled], [true, false]);
    const { counts } = JSON.parse(shown.getText()) as { counts: { done: number } };
    assert.equal(counts.done, 2);
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
    const document = await eventually(() => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.languageId === 'tencent-chat-messages' ? shown : undefined;
    }, 'the list');
    await says(document, '2 messages, nothing changed');
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

  it('complete and explain what stands in each item, and open JSON in a string of it', async () => {
    const { row } = await conversation(3);
    const document = await edit(row);
    const text = document.getText();
    const last = (needle: string, after = needle.length): vscode.Position =>
      document.positionAt(text.lastIndexOf(needle) + after);
    const value = last('"MsgType": "');
    const type = await eventually(async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        value,
        '"',
      );
      return items.find(({ label }) =>
        (typeof label === 'string' ? label : label.label).includes('TIMFaceElem'),
      );
    }, 'the element types');
    const range = type.range instanceof vscode.Range ? type.range : type.range?.inserting;
    assert.equal(range?.start.line, value.line);
    const hover = async (position: vscode.Position, words: RegExp): Promise<void> => {
      await eventually(async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          position,
        );
        return hovers
          .flatMap(({ contents }) => contents)
          .some((one) => words.test((one as vscode.MarkdownString).value.replaceAll('&nbsp;', ' ')));
      }, `a hover with ${words.source}`);
    };
    await hover(last('"MsgKey', 3), /Names the message between its two users/);
    await hover(last('"CloudCustomData', 3), /\S/);

    const editor = await vscode.window.showTextDocument(document);
    const place = last('12345678901234567', 3);
    editor.selection = new vscode.Selection(place, place);
    await vscode.commands.executeCommand('tencentChat.embedded.edit');
    const string = await openedString();
    await replaceText(string, '12345678901234567', '12345678901234569');
    assert.ok(await string.save());
    const at = text.lastIndexOf('12345678901234567');
    assert.equal(document.getText(), `${text.slice(0, at)}12345678901234569${text.slice(at + 17)}`);
    await says(document, 'Modify 1 Message…');
  });

  it('look for sender, element type and days as well, and in what the tree has loaded', async () => {
    const { refs, row } = await conversation(2);
    const { from, to } = refs[0]!.address as { from: string; to: string };
    const answer = await host.send(to, from, { msgBody: body('old answer') });
    const witness = Witness.here;
    const finding = vscode.commands.executeCommand('tencentChat.messages.find', row);
    await witness.answer(/Text, or a regular expression/, 'OLD');
    await witness.choose(/3 found in 3 messages/, ({ label }) => label.includes('Filters…'));
    await witness.choose(/What else the messages have to be/, ({ label }) => label === 'Sender…');
    await witness.answer(/UserID of the sender/, to);
    await witness.choose(/1 found in 3 messages/, ({ label }) => label.includes('old answer'));
    await finding;
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      const shown = input instanceof vscode.TabInputCustom ? input.uri.toString() : undefined;
      return shown === messageUri(answer).toString() || undefined;
    }, 'the message that was chosen');
    // The rows of the conversation were read by the tree meanwhile.
    const tree = Witness.here.trees.get(viewIds.explorer) as vscode.TreeDataProvider<Node>;
    await tree.getChildren(row);
    const app = { kind: 'connection', id: JSON.stringify([host.connectionId]) };
    const loaded = vscode.commands.executeCommand('tencentChat.messages.find', app);
    await witness.answer(/Text, or a regular expression/, 'old answer');
    const list = await witness.asked(/found in \d+ messages/);
    assert.ok('items' in list && list.items.some(({ label }) => label === 'old answer'));
    await witness.close();
    await loaded;
  });

  it('take in what came and what others modified when they are reloaded, and leave what was changed', async () => {
    const { refs, row } = await conversation(3);
    const document = await edit(row);
    await replace(document, /old 1/g, 'mine 1');
    await host.colleague.modifyMessage(refs[0]!.address, { msgBody: body('theirs 0') });
    await host.colleague.modifyMessage(refs[1]!.address, { msgBody: body('theirs 1') });
    const { from, to } = refs[0]!.address as { from: string; to: string };
    await host.send(from, to, { msgBody: body('brand new') });
    await vscode.commands.executeCommand('tencentChat.list.reload', document.uri);
    const texts = [...document.getText().matchAll(/"Text": "([^"]*)"/g)].map(([, text]) => text);
    // Those of one second stand in any order.
    assert.deepEqual([...texts].sort(), ['brand new', 'mine 1', 'old 2', 'theirs 0']);
    await says(document, 'Modify 1 Message…');
    await eventually(
      () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .some(({ message }) => message.includes('shows another content by now')),
      'the problem of the item that both changed',
    );
    // What was reloaded is no change: nothing but the one in conflict is looked at.
    await modify(document, /0 of 1 messages were modified, 1 changed on the service meanwhile/);
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['theirs 0', 'theirs 1', 'old 2']);
  });

  it('are made of a file or a pasted answer, resting on what the service shows', async () => {
    const { refs } = await conversation(3);
    await useOnly(host.connectionId);
    const items = refs.map(({ address }, index) => {
      const { from, to, key } = address as { from: string; to: string; key: string };
      return {
        From_Account: from,
        To_Account: to,
        MsgKey: key,
        MsgBody: JSON.parse(body(`file ${index}`)) as unknown,
      };
    });
    items[1]!.MsgBody = JSON.parse(body('old 1'));
    const text = JSON.stringify({
      ActionStatus: 'OK',
      MsgList: [...items, { ...items[0], MsgKey: '1_2_3' }],
    });
    const file = await vscode.workspace.openTextDocument({
      language: 'tencent-chat-messages',
      content: text,
    });
    await vscode.window.showTextDocument(file);
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.list.modify', file.uri);
    await Witness.here.saw('notice', /1 of 4 items are not in the list/, from);
    const document = await eventually(() => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.scheme === 'tencent-chat' ? shown : undefined;
    }, 'the list');
    await says(document, 'Modify 2 Messages…');
    // Nothing was sent yet.
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['old 0', 'old 1', 'old 2']);
    await modify(document, /2 of 2 messages were modified/);
    assert.deepEqual(await Promise.all(refs.map(textOf)), ['file 0', 'old 1', 'file 2']);
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('say at both when a message has a draft of its own', async () => {
    const { refs, row } = await conversation(2);
    const uri = messageUri(refs[0]!);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(`{"MsgBody":${body('a draft')}}`));
    const document = await edit(row);
    await replace(document, /old (\d)/g, 'new $1');
    const told = (of: vscode.Uri, text: RegExp): Promise<vscode.Diagnostic[]> =>
      eventually(() => {
        const found = vscode.languages.getDiagnostics(of).filter(({ message }) => text.test(message));
        return found.length > 0 ? found : undefined;
      }, text.source);
    const [ofList, ...more] = await told(document.uri, /has a draft of its own/);
    assert.deepEqual(more, []);
    assert.equal(ofList?.relatedInformation?.[0]?.location.uri.toString(), uri.toString());
    const [ofMessage] = await told(uri, /is changed in a list, too/);
    assert.equal(ofMessage?.relatedInformation?.[0]?.location.uri.toString(), document.uri.toString());
    await replace(document, /new 0/g, 'old 0');
    await eventually(
      () =>
        vscode.languages.getDiagnostics(uri).every(({ message }) => !message.includes('in a list')) ||
        undefined,
      'no word of the list at the message',
    );
    await vscode.commands.executeCommand('tencentChat.message.discardDraft', uri);
  });
});
