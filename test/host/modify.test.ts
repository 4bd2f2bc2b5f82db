import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { Journal } from '../../src/journal/journal';
import type { Revision } from '../../src/journal/revision';
import { isRunning, processStart } from '../../src/files/processes';
import { MessageLocks } from '../../src/modify/lock';
import { changesUri } from '../../src/documents/changesUri';
import { viewIds } from '../../src/contributions/ids';
import { messageUri } from '../../src/documents/messageRef';
import { readFault } from '../../src/sandbox/http/faults';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';
import { fileText, startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

describe('Modify Message', () => {
  let host: HostSandbox;
  let storage: string;

  before(async () => {
    host = await startHostSandbox();
    storage = (await testHandle()).storage.fsPath;
  });

  after(() => host.stop());

  afterEach(() => host.sandbox.sandbox.faults.clear());

  async function draft(ref: MessageRef, from: string, to: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    await replaceText(document, from, to);
    return document;
  }

  /** Opens a message, which the commands without an argument are for once it is in view. */
  async function open(ref: MessageRef): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.uri.toString() === messageUri(ref).toString();
    }, 'the message in an editor');
  }

  const modify = (ref: MessageRef): Thenable<unknown> =>
    vscode.commands.executeCommand('tencentChat.message.modify', messageUri(ref));

  /** Waits for the diff that a conflict opens. */
  async function diffOf(ref: MessageRef): Promise<void> {
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff &&
        input.modified.toString() === changesUri(ref, { side: 'draft' }).toString()
        ? input
        : undefined;
    }, 'the diff of the conflict');
  }

  function modifyCalls(): string[] {
    return host.sandbox.sandbox.calls.list('openim/modify_c2c_msg').calls.map(({ request }) => request);
  }

  async function journal(key: string): Promise<Record<string, unknown>[]> {
    const folder = path.join(storage, 'journal');
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    // One that is settled this moment, of another message, moves to another folder.
    const texts = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map((name) => readFile(path.join(folder, name), 'utf8').catch(() => undefined)),
    );
    return texts
      .filter((text) => text !== undefined)
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .filter((entry) => entry.key === key);
  }

  /** Writes down that a message is being modified, from `before` to `after`, as a window does before it calls. */
  function begun({ address, connectionId }: MessageRef, cloudCustomData?: string): Promise<Revision> {
    const { endpoint, sdkAppId, administrator } = host.colleague.app;
    return new Journal(path.join(storage, 'journal')).begin({
      action: 'modify',
      connection: {
        ...{ id: connectionId, name: 'Sandbox', environment: 'sandbox' },
        ...{ endpoint, sdkAppId, administrator },
      },
      address,
      before: { msgBody: body('before'), ...(cloudCustomData !== undefined && { cloudCustomData }) },
      intent: { msgBody: body('after') },
    });
  }

  it('saves the draft, sends only what changed, keeps what was before, and takes over what it reads back', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('one'), cloudCustomData: '"{\\"n\\":1}"' });
    const document = await draft(ref, 'one', 'two');
    const before = modifyCalls().length;
    await modify(ref);
    assert.equal(document.isDirty, false);
    assert.equal((await host.content(ref))?.msgBody?.replace(/\s/g, ''), body('two'));
    assert.equal((await host.content(ref))?.cloudCustomData, '"{\\"n\\":1}"');
    const [request, ...more] = modifyCalls().slice(before);
    assert.deepEqual(more, []);
    assert.doesNotMatch(request ?? '', /CloudCustomData/);
    const [revision, ...others] = await journal(ref.address.key);
    assert.deepEqual(others, []);
    assert.deepEqual(revision?.before, { msgBody: body('one'), cloudCustomData: '"{\\"n\\":1}"' });
    assert.equal((revision.outcome as { state: string }).state, 'done');
    await vscode.commands.executeCommand('tencentChat.message.compare', messageUri(ref));
    assert.equal(await fileText(ref), document.getText());
  });

  it('refuses a message that another window is at, with the reason', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('one') });
    await draft(ref, 'one', 'two');
    // A window is a process; this one's parent surely runs.
    const other = { pid: process.ppid, start: processStart, isRunning };
    const locks = new MessageLocks(path.join(storage, 'locks'), undefined, other);
    const taken = await locks.take(ref, { waitMs: 0 });
    assert.ok(taken.kind === 'taken');
    const before = modifyCalls().length;
    const from = Witness.here.shown.length;
    const running = modify(ref);
    await Witness.here.saw('notice', /Not sent: alice → bob, .* is being modified in another window\./, from);
    assert.equal(modifyCalls().length, before);
    await vscode.commands.executeCommand('notifications.clearAll');
    await running;
    await taken.lock.release();
    await modify(ref);
    assert.equal((await host.content(ref))?.msgBody?.replace(/\s/g, ''), body('two'));
  });

  it('sends nothing when only the layout differs', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('same') });
    await draft(ref, '"Text": "same"', '"Text":     "same"');
    const before = modifyCalls().length;
    await modify(ref);
    assert.equal(modifyCalls().length, before);
    assert.match(await fileText(ref), /"Text": {5}"same"/);
  });

  it('does not overwrite what a colleague wrote, also when the message was read again meanwhile', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('one') });
    await draft(ref, 'one', 'mine');
    await host.colleague.modifyMessage(ref.address, { msgBody: body('theirs') });
    await vscode.commands.executeCommand('tencentChat.message.reload', messageUri(ref));
    const before = modifyCalls().length;
    const running = modify(ref);
    await diffOf(ref);
    assert.equal(modifyCalls().length, before);
    await vscode.commands.executeCommand('tencentChat.conflict.takeService', messageUri(ref));
    await running;
    assert.equal((await host.content(ref))?.msgBody, body('theirs'));
    assert.match(await fileText(ref), /"theirs"/);
  });

  it('sends after a conflict when mine is kept, and the journal has what was overwritten', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('one') });
    await draft(ref, 'one', 'mine');
    await host.colleague.modifyMessage(ref.address, { msgBody: body('theirs') });
    const running = modify(ref);
    await diffOf(ref);
    await vscode.commands.executeCommand('tencentChat.conflict.keepMine', messageUri(ref));
    await running;
    assert.match((await host.content(ref))?.msgBody ?? '', /"mine"/);
    const befores = (await journal(ref.address.key)).map((entry) => entry.before);
    assert.ok(befores.some((before) => JSON.stringify(before).includes('theirs')));
  });

  it('shows a refusal at the line it is about, until the line is edited', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('one') });
    const document = await draft(ref, 'one', 'two');
    host.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 90007, times: 1 }).fault,
    );
    await modify(ref);
    const shown = (): vscode.Diagnostic | undefined =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ code }) => typeof code === 'object' && code.value === 90007);
    const diagnostic = await eventually(shown, 'the diagnostic');
    assert.equal(diagnostic.source, 'Tencent Chat');
    assert.equal(document.getText(diagnostic.range)[0], '[');
    assert.equal((await host.content(ref))?.msgBody, body('one'));
    assert.match(await fileText(ref), /"two"/);
    await draft(ref, 'two', 'three');
    await eventually(() => (shown() ? undefined : true), 'the diagnostic to go');
    await modify(ref);
    assert.equal((await host.content(ref))?.msgBody?.replace(/\s/g, ''), body('three'));
  });

  it('imports the accounts of the message where the service says that one is missing', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('one') });
    const document = await draft(ref, 'one', 'two');
    host.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 90012, times: 1 }).fault,
    );
    await modify(ref);
    const [diagnostic] = await eventually(() => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 ? found : undefined;
    }, 'the diagnostic');
    assert.equal(diagnostic?.range.start.line, 0);
    const actions = await codeActions(document, diagnostic.range);
    const offered = actions.find(({ command }) => command?.command === 'tencentChat.account.import')?.command;
    assert.ok(offered);
    const importCalls = (): string[] =>
      host.sandbox.sandbox.calls
        .list('im_open_login_svc/multiaccount_import')
        .calls.map(({ request }) => request);
    const imports = importCalls().length;
    await vscode.commands.executeCommand(offered.command, ...((offered.arguments ?? []) as unknown[]));
    const imported = importCalls()
      .slice(imports)
      .map((request) => JSON.parse(request) as { AccountList: { UserID: string }[] })
      .flatMap(({ AccountList }) => AccountList.map(({ UserID }) => UserID));
    assert.deepEqual(imported, ['alice', 'bob'], 'both sides of the message');
  });

  it('undoes the last modification by the same way in', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('first') });
    await draft(ref, 'first', 'second');
    await modify(ref);
    await open(ref);
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    assert.equal((await host.content(ref))?.msgBody?.replace(/\s/g, ''), body('first'));
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    assert.equal((await host.content(ref))?.msgBody?.replace(/\s/g, ''), body('second'));
  });

  it('says of what went through a connection that is read-only now what can be done, and leaves no draft', async () => {
    const { connections } = await testHandle();
    const ref = await host.send('alice', 'bob', { msgBody: body('first') });
    await draft(ref, 'first', 'second');
    await modify(ref);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await connections.setReadOnly(host.connectionId, true);
    try {
      const from = Witness.here.shown.length;
      await vscode.commands.executeCommand('tencentChat.modification.undo');
      const { kind, buttons } = await Witness.here.saw(
        'notice',
        /^Not undone: alice → bob, .* is read-only now\./,
        from,
      );
      assert.equal(kind, 'info');
      assert.ok(buttons.includes('Allow Modifying…'));
    } finally {
      await connections.setReadOnly(host.connectionId, false);
    }
    assert.match(await fileText(ref), /"second"/);
    assert.doesNotMatch(await fileText(ref), /"first"/);
  });

  it('undoes what was modified last, also when its answer was a time-out', async () => {
    const first = await host.send('alice', 'bob', { msgBody: body('first') });
    const second = await host.send('alice', 'bob', { msgBody: body('second') });
    await draft(first, 'first', 'first, changed');
    await modify(first);
    await draft(second, 'second', 'second, changed');
    host.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 60008, when: 'after', times: 1 })
        .fault,
    );
    await modify(second);
    assert.equal((await host.content(second))?.msgBody, body('second, changed'));
    await open(second);
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    assert.deepEqual(
      [(await host.content(first))?.msgBody, (await host.content(second))?.msgBody?.replace(/\s/g, '')],
      [body('first, changed'), body('second')],
    );
  });

  it('undoes what was done to the message in view, not what was done later to another one', async () => {
    const first = await host.send('alice', 'bob', { msgBody: body('first') });
    const second = await host.send('alice', 'bob', { msgBody: body('second') });
    for (const [ref, text] of [
      [first, 'first'],
      [second, 'second'],
    ] as const) {
      await draft(ref, text, `${text}, changed`);
      await modify(ref);
    }
    await open(first);
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    assert.equal((await host.content(first))?.msgBody?.replace(/\s/g, ''), body('first'));
    assert.equal((await host.content(second))?.msgBody, body('second, changed'));
  });

  it('sends all drafts, also after one that the service refuses or that cannot be sent', async () => {
    const drafts = Witness.here.trees.get(viewIds.drafts) as vscode.TreeDataProvider<{ uri: vscode.Uri }>;
    for (const { uri } of (await drafts.getChildren()) ?? [])
      await vscode.commands.executeCommand('tencentChat.message.discardDraft', uri);
    const refs = [];
    for (const name of ['a', 'b', 'c', 'd'])
      refs.push(await host.send('alice', 'bob', { msgBody: body(`draft ${name}`) }));
    for (const ref of refs) await (await draft(ref, 'draft', 'sent')).save();
    const [first, broken, foreign, last] = refs as [MessageRef, MessageRef, MessageRef, MessageRef];
    const text = await draft(broken, '"MsgBody"', '"MsgBody');
    await text.save();
    await host.colleague.modifyMessage(foreign.address, { msgBody: body('by a colleague') });
    host.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 90012, times: 1 }).fault,
    );
    const from = Witness.here.shown.length;
    await vscode.commands.executeCommand('tencentChat.drafts.modifyAll');
    await Witness.here.saw(
      'notice',
      /1 of 3 messages were modified, 1 refused by the service, 1 changed on the service.*1 whose JSON is broken/,
      from,
    );
    const shown = await Promise.all(refs.map(async (ref) => (await host.content(ref))?.msgBody));
    assert.deepEqual(shown.slice(1, 3), [body('draft b'), body('by a colleague')]);
    // Either of the two that left was refused.
    const refused = shown[0] === body('sent a') ? last : first;
    assert.deepEqual(
      [shown[0], shown[3]],
      refused === last ? [body('sent a'), body('draft d')] : [body('draft a'), body('sent d')],
    );
    await eventually(
      () =>
        vscode.languages
          .getDiagnostics(messageUri(refused))
          .some(({ code }) => JSON.stringify(code).includes('90012')),
      'the problem of the one that was refused',
    );
    for (const ref of [broken, foreign, refused]) {
      await vscode.commands.executeCommand('tencentChat.message.discardDraft', messageUri(ref));
    }
  });

  it('does not undo over what a colleague wrote since, also when it was read meanwhile', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('first') });
    await draft(ref, 'first', 'second');
    await modify(ref);
    await host.colleague.modifyMessage(ref.address, { msgBody: body('theirs') });
    await vscode.commands.executeCommand('tencentChat.message.reload', messageUri(ref));
    await eventually(async () => ((await fileText(ref)).includes('"theirs"') ? true : undefined));
    await open(ref);
    const before = modifyCalls().length;
    const running = vscode.commands.executeCommand('tencentChat.modification.undo');
    await diffOf(ref);
    assert.equal(modifyCalls().length, before);
    await vscode.commands.executeCommand('tencentChat.conflict.keepMine', messageUri(ref));
    await running;
    assert.equal((await host.content(ref))?.msgBody?.replace(/\s/g, ''), body('first'));
    const befores = (await journal(ref.address.key)).map((entry) => JSON.stringify(entry.before));
    assert.ok(befores.some((content) => content.includes('theirs')));
  });

  it('does not undo over what a colleague made of the other member before ours was read back', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('before'), cloudCustomData: '"ours"' });
    const theirs = { msgBody: body('after'), cloudCustomData: '"theirs"' };
    await host.colleague.modifyMessage(ref.address, theirs);
    const revision = await begun(ref, '"ours"');
    await new Journal(path.join(storage, 'journal')).settle(revision, { state: 'done', readBack: theirs });
    await open(ref);
    const before = modifyCalls().length;
    const running = vscode.commands.executeCommand('tencentChat.modification.undo');
    await diffOf(ref);
    assert.equal(modifyCalls().length, before);
    await vscode.commands.executeCommand('tencentChat.conflict.takeService', messageUri(ref));
    await running;
    assert.equal(modifyCalls().length, before);
    assert.equal((await host.content(ref))?.cloudCustomData, '"theirs"');
  });

  it('blames nobody for a message that was recalled or is gone when the end of its modification is looked for', async () => {
    const recalled = await host.send('alice', 'bob', { msgBody: body('before') });
    const gone = await host.send('carol', 'bob', { msgBody: body('before') });
    const changed = await host.send('dave', 'bob', { msgBody: body('before') });
    await open(recalled);
    // As a window leaves them that ends before it has its answer.
    for (const ref of [recalled, gone, changed]) await begun(ref);
    await host.colleague.recallMessage(recalled.address);
    for (const [operator, peer] of [
      ['carol', 'bob'],
      ['bob', 'carol'],
    ] as const)
      await host.colleague.deleteMessages({ operator, peer, keys: [gone.address.key] });
    await host.colleague.modifyMessage(changed.address, { msgBody: body('by a colleague') });
    const from = Witness.here.shown.length;
    // An undo finds out first how the last change ended.
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    const { text } = await Witness.here.saw('notice', /^Modifications whose end was not known:/, from);
    assert.match(text, /alice → bob, [^.]* was recalled meanwhile\./);
    assert.match(text, /carol → bob, [^.]* is gone from the service\./);
    assert.match(text, /dave → bob, [^.]* was changed by somebody else\./);
    const history = Witness.here.trees.get(viewIds.history)!;
    const tooltips: string[] = [];
    for (const node of (await history.getChildren()) ?? [])
      tooltips.push((await history.getTreeItem(node)).tooltip as string);
    const told = ({ address }: typeof gone) =>
      tooltips.find((tooltip) => tooltip.includes(address.key))?.split('\n')[0];
    assert.deepEqual([recalled, gone, changed].map(told), [
      'The message was recalled meanwhile',
      'The service no longer shows this message',
      "Not ours: somebody else's content was found afterwards",
    ]);
  });

  it('keeps the draft of a message that is gone', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: body('here') });
    await draft(ref, 'here', 'edited');
    await host.colleague.deleteMessages({ operator: 'alice', peer: 'bob', keys: [ref.address.key] });
    await host.colleague.deleteMessages({ operator: 'bob', peer: 'alice', keys: [ref.address.key] });
    const before = modifyCalls().length;
    await modify(ref);
    assert.equal(modifyCalls().length, before);
    assert.match(await fileText(ref), /"edited"/);
  });
});
