import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MessageRef } from '../../src/chat/address';
import { makeUserSig } from '../../src/chat/userSig';
import type { Connection, ConnectionDetails } from '../../src/connections/connection';
import { withConversation, withUser } from '../../src/connections/additions';
import type { Connections } from '../../src/connections/connections';
import { messageUri } from '../../src/documents/messageRef';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const HELLO = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]';

describe('what a person is asked and told', () => {
  const witness = Witness.here;
  let host: HostSandbox;
  let connections: Connections;
  let start: number;
  let added = 0;

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
    await run('sandbox.try');
  });
  beforeEach(async () => {
    for (const { id, credentialKind, readOnly } of connections.list()) {
      if (credentialKind !== 'sandbox') await connections.remove(id);
      else if (readOnly) await connections.setReadOnly(id, false);
    }
    start = witness.shown.length;
  });
  afterEach(async () => {
    host.sandbox.sandbox.faults.clear();
    for (const command of ['closeQuickOpen', 'closeAllEditors'])
      await vscode.commands.executeCommand(`workbench.action.${command}`);
  });
  after(() => host.stop());

  function run(command: string, ...args: unknown[]): Thenable<unknown> {
    return vscode.commands.executeCommand(`tencentChat.${command}`, ...args);
  }

  /** A connection to a test app. Only an administrator of the app can do more than be asked for. */
  async function addApp(administrator = host.sandbox.app.administrator): Promise<Connection> {
    added += 1;
    const details: ConnectionDetails = {
      name: `App ${added}`,
      endpoint: host.sandbox.url,
      sdkAppId: host.sandbox.app.sdkAppId,
      administrator,
      environment: 'test',
      credentialKind: 'secretKey',
    };
    return (await connections.add(details, host.sandbox.secretKey)).connection;
  }

  /** A message of a test app, in an editor that is a preview. */
  async function openMessage(): Promise<{ app: Connection; ref: MessageRef }> {
    const app = await addApp();
    const ref = { ...(await host.send('alice', 'bob', { msgBody: HELLO })), connectionId: app.id };
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    return { app, ref };
  }

  async function draft(ref: MessageRef): Promise<void> {
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, document.positionAt(document.getText().indexOf('hello')), 'well, ');
    assert.ok(await vscode.workspace.applyEdit(change));
    assert.ok(await document.save());
  }

  function conversations(): vscode.TreeDataProvider<unknown> {
    const tree = witness.trees.get('tencentChat.explorer');
    assert.ok(tree);
    return tree;
  }

  const below = async (parent?: unknown): Promise<unknown[]> =>
    (await conversations().getChildren(parent)) ?? [];

  /** The node of the tree that has these labels on the way to it. */
  async function node(...labels: readonly string[]): Promise<unknown> {
    let found: unknown;
    for (const label of labels) {
      let next: unknown;
      for (const one of await below(found))
        if ((await conversations().getTreeItem(one)).label === label) next = one;
      if (next === undefined) throw new Error(`No row ${label}.`);
      found = next;
    }
    return found;
  }

  const tabs = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const notices = (): string[] =>
    witness.shown.slice(start).flatMap(({ place, text }) => (place === 'notice' ? [text] : []));

  it('no connection that fits is not the same as none', async () => {
    await run('connection.allowModifying');
    await run('connection.enterSecret');
    for (const told of [
      'No connection is read-only: messages can be modified through each.',
      'There is no connection to an app yet, only the sandbox.',
    ])
      await eventually(() => notices().includes(told), told);
    assert.equal(notices().length, 2);
  });

  /** Answers all that *Add Connection…* asks before its last step. */
  async function enter({ endpoint, sdkAppId }: ConnectionDetails, secret: string): Promise<void> {
    const list = await witness.asked(/Data centre/);
    assert.ok('items' in list);
    list.value = endpoint;
    await eventually(() => list.items[0]?.label.includes(endpoint), 'the endpoint as the first choice');
    await witness.choose(/Data centre/, ({ label }) => label.includes(endpoint));
    await witness.answer(/SDKAppID of the app/, String(sdkAppId));
    await witness.answer(/Secret key of SDKAppID/, secret);
  }

  const chooses = (row: string) => (item: vscode.QuickPickItem) => item.label.endsWith(row);

  it('a second connection to an app by the same administrator is refused where it becomes one', async () => {
    const app = await addApp();
    void run('connection.add');
    await enter(app, host.sandbox.secretKey);
    const list = await witness.asked(new RegExp(`${app.name} is a connection to the same app`));
    assert.ok('items' in list);
    assert.ok(!list.items.some(chooses('Test and Save')), 'nothing to go on with');
    await witness.choose(/is a connection to the same app/, chooses('Administrator'));
    await witness.answer(/app administrator/, app.administrator);
    await witness.saw('complaint', new RegExp(`^${app.name} is a connection to the same app`), start);
    await witness.answer(/app administrator/, 'another');
    await witness.choose(/what is to be changed, or go on/, chooses('Test and Save'));
    await witness.asked(/another is not an administrator of the app/);
  });

  it('a new connection asks what nobody else can know, and what it takes for the rest stands in its last step', async () => {
    void run('connection.add');
    const region = await witness.asked(/Data centre/);
    assert.deepEqual([region.step, region.totalSteps], [1, 4]);
    await witness.choose(/Data centre/, ({ label }) => label === 'Singapore');
    await witness.answer(/SDKAppID of the app/, '1400000042');
    await witness.answer(/Secret key of SDKAppID/, '0'.repeat(64));
    const list = await witness.asked(/what is to be changed, or go on/);
    assert.ok('items' in list);
    assert.deepEqual([list.step, list.totalSteps], [4, 4]);
    assert.deepEqual(
      list.items.map(({ label, description = '' }) => `${label.replace(/^\$\(.*?\) /, '')}: ${description}`),
      [
        'Test and Save: ',
        'The connection: ',
        'Name: App 1400000042',
        'Endpoint: Singapore · https://adminapisgp.im.qcloud.com',
        'SDKAppID of the app: 1400000042',
        'Administrator: administrator',
        'Secret: a secret key was entered',
        'Environment: Production · Real users see it: you are asked every time.',
        'Read-only: No',
      ],
    );
  });

  it('a new connection is tried at the end, and can be mended or saved all the same', async () => {
    const app = await addApp();
    const adding = run('connection.add');
    await enter(app, String(app.sdkAppId));
    await witness.saw('complaint', /^This is a number such as an SDKAppID, and no key\.$/, start);
    await witness.answer(/Secret key of SDKAppID/, '0'.repeat(64));
    await witness.choose(/is a connection to the same app/, chooses('Administrator'));
    await witness.answer(/app administrator/, 'another');
    await witness.choose(/or go on/, chooses('Name'));
    await witness.answer(/Name of the connection/, 'Mistyped');
    await witness.choose(/or go on/, chooses('Read-only'));
    await witness.choose(/or go on/, chooses('Test and Save'));
    await witness.choose(/The secret key is not the one of the app/, chooses('Test Again'));
    await witness.choose(/The secret key is not the one of the app/, chooses('Secret'));
    await witness.answer(/Secret key of SDKAppID/, '1'.repeat(64));
    await witness.choose(/or go on/, chooses('Test and Save'));
    await witness.choose(/The secret key is not the one of the app/, chooses('Save Anyway'));
    const added = connections.get(String(await adding));
    assert.equal(added?.name, 'Mistyped');
    assert.equal(added.environment, 'test', 'what listens on this machine may lead anywhere');
    assert.ok(added.readOnly);
  });

  it('a UserSig in place of the key says who signs', async () => {
    const { secretKey, app } = host.sandbox;
    const adding = run('connection.add');
    const details = { ...(await addApp('somebody')), sdkAppId: app.sdkAppId };
    await enter(details, makeUserSig(1_400_000_001, secretKey, 'another'));
    await witness.saw('complaint', /^This UserSig is for SDKAppID 1400000001\.$/, start);
    const userSig = makeUserSig(app.sdkAppId, secretKey, app.administrator);
    await witness.answer(/Secret key of SDKAppID/, userSig.slice(0, -20));
    await witness.saw('complaint', /^This is not a whole UserSig\.$/, start);
    await witness.answer(/Secret key of SDKAppID/, userSig);
    await witness.choose(/or go on/, chooses('Test and Save'));
    const added = connections.get(String(await adding));
    assert.equal(added?.credentialKind, 'userSig');
    assert.equal(added.administrator, app.administrator);
  });

  it('a connection that is edited shows what it is, and signs for another place only when told to', async () => {
    const app = await addApp();
    const editing = run('connection.edit', { connectionId: app.id });
    const first = await witness.asked(/or go on/);
    assert.ok('items' in first);
    assert.ok(first.items.some(chooses('Save')));
    await witness.choose(/or go on/, chooses('Name'));
    await witness.answer(/Name of the connection/, 'Moved');
    await witness.choose(/or go on/, chooses('Endpoint'));
    await witness.choose(/Data centre/, chooses('Custom endpoint…'));
    await witness.answer(/Endpoint: https/, app.endpoint.replace('127.0.0.1', 'localhost'));
    const moved = await witness.asked(/given for something else/);
    assert.ok('items' in moved);
    assert.ok(!moved.items.some(({ label }) => /Save|Test/.test(label)), 'nothing to go on with');
    await witness.choose(/given for something else/, chooses('Secret'));
    await witness.choose(/How requests are signed/, chooses('Use the stored secret there too'));
    await witness.choose(/or go on/, chooses('Test and Save'));
    const after = connections.get(String(await editing));
    assert.deepEqual(
      [after?.name, after?.endpoint],
      ['Moved', app.endpoint.replace('127.0.0.1', 'localhost')],
    );
    await (await connections.client(String(await editing))).accountCheck(['alice']);
  });

  it('70009 on reading offers to enter the secret, in the row and in the notice', async () => {
    const { app, ref } = await openMessage();
    await connections.change(app.id, withUser('alice'));
    await connections.change(app.id, withConversation({ user: 'alice', peer: 'bob' }));
    host.sandbox.sandbox.faults.add(readFault({ kind: 'code', code: 70_009 }).fault);
    await run('message.reload', messageUri(ref));
    const { buttons } = await witness.saw('notice', /70009/, start);
    assert.ok(buttons.includes('Enter Secret…'), buttons.join());
    const [row] = await below(await node(app.name, 'alice', 'bob'));
    const { command, description } = await conversations().getTreeItem(row);
    assert.match(String(description), /70009/);
    assert.equal(command?.command, 'tencentChat.connection.enterSecret');
  });

  it('a row of the tree knows whether there is something to modify or to discard', async () => {
    const { app, ref } = await openMessage();
    await connections.change(app.id, withUser('alice'));
    await connections.change(app.id, withConversation({ user: 'alice', peer: 'bob' }));
    const row = async (): Promise<unknown> => {
      const days = await below(await node(app.name, 'alice', 'bob'));
      for (const one of await below(days[0])) {
        const { resourceUri } = await conversations().getTreeItem(one);
        if (resourceUri?.toString() === messageUri(ref).toString()) return one;
      }
      throw new Error('No row of the message.');
    };
    const mark = async (): Promise<string> =>
      (await conversations().getTreeItem(await row())).contextValue ?? '';
    assert.equal(await mark(), 'message.editable');
    const told: unknown[] = [];
    const listener = conversations().onDidChangeTreeData?.((one) => told.push(one));
    try {
      const message = await row();
      const document = await vscode.workspace.openTextDocument(messageUri(ref));
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, document.positionAt(document.getText().indexOf('hello')), 'not saved, ');
      assert.ok(await vscode.workspace.applyEdit(change));
      await eventually(
        async () => (await mark()) === 'message.editable.draft',
        'the unsaved text to be marked',
      );
      await eventually(() => told.includes(message), 'the row to be drawn anew');
      assert.ok(await document.save());
      assert.equal(await mark(), 'message.editable.draft');
      await connections.setReadOnly(app.id, true);
      assert.equal(await mark(), 'message.editable.draft.readOnly');
      await connections.setReadOnly(app.id, false);
      await run('message.discardDraft', messageUri(ref));
      await eventually(async () => (await mark()) === 'message.editable', 'the mark to go');
    } finally {
      listener?.dispose();
    }
  });

  it('Go to Date takes a date that is typed into its first list', async () => {
    const { app } = await openMessage();
    await connections.change(app.id, withUser('alice'));
    void run('conversation.goToDate');
    const list = await witness.asked(/Day of the messages/);
    assert.ok('items' in list);
    list.value = '2001-2-3';
    await eventually(() => list.items[0]?.description === '2001-02-03', 'the date as the first choice');
    await witness.choose(/Day of the messages/, ({ description }) => description === '2001-02-03');
    await eventually(
      () => node(app.name, 'alice', 'bob', 'Sat, Feb 3, 2001').catch(() => undefined),
      'the day below the conversation',
    );
  });

  it('spaces around a UserID are asked about', async () => {
    const { id } = await addApp();
    for (const [choice, user] of [
      [0, 'erin'],
      [1, ' erin '],
    ] as const) {
      const added = run('user.add', { connectionId: id });
      await witness.answer(/UserID of a user of/, ' erin ');
      const list = await witness.asked(/There are spaces around this UserID/);
      assert.ok('items' in list);
      assert.deepEqual(
        list.items.map(({ label }) => label),
        ['Use “erin”, without them', 'Use “ erin ”: they are part of it'],
      );
      await witness.choose(/There are spaces/, (_item, index) => index === choice);
      await added;
      assert.ok(connections.get(id)?.users.includes(user));
    }
  });

  it('a command is for the connection of the message in view', async () => {
    const { app } = await openMessage();
    await addApp('somebody-else');
    void run('user.add');
    await witness.asked(new RegExp(`UserID of a user of ${app.name}$`));
  });

  it('a modification names app, message, time and both texts, and sends nothing before it is answered', async () => {
    const { app, ref } = await openMessage();
    await draft(ref);
    // A host under test shows no dialog.
    await run('message.modify', messageUri(ref));
    const { text } = await witness.saw('dialog', /^App: /, start);
    const lines = text.split('\n');
    assert.equal(lines[0], `App: ${app.name} (${app.sdkAppId}), Test`);
    assert.match(lines[1] ?? '', /^Message: alice → bob, .*\d{4}.* \d\d:\d\d:\d\d$/);
    assert.deepEqual(lines.slice(2, 4), ['Changes: MsgBody', '“hello” → “well, hello”']);
    assert.equal((await host.content(ref))?.msgBody, HELLO);
    await run('message.discardDraft', messageUri(ref));
    await witness.saw('notice', /^The draft of alice → bob, .* was discarded\.$/, start);
  });

  it('a comparison without a difference says so and opens nothing', async () => {
    const { ref } = await openMessage();
    await run('message.compare', messageUri(ref));
    await witness.saw('status', /^No difference: alice → bob, .* is what the service shows\.$/, start);
    assert.ok(!tabs().some(({ input }) => input instanceof vscode.TabInputTextDiff));
  });

  it('what there is nothing for is told as information, and no file is asked for', async () => {
    for (const { id } of connections.list()) await connections.remove(id);
    await run('message.discardDraft', vscode.Uri.file('/tmp/order.chatmsg.json'));
    await witness.saw('notice', /^This file belongs to no connection\./, start);
    await run('connection.enterSecret');
    await witness.saw('notice', /^There is no connection/, start);
    assert.deepEqual(
      witness.shown.slice(start).filter(({ place, kind }) => place === 'notice' && kind !== 'info'),
      [],
    );
    await run('sandbox.try');
  });

  it('a comparison takes no preview away', async () => {
    const { ref } = await openMessage();
    await draft(ref);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    const isMessage = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputCustom && input.uri.toString() === messageUri(ref).toString();
    await eventually(() => tabs().find(isMessage)?.isPreview, 'the message in a preview');
    await run('message.compare', messageUri(ref));
    await eventually(
      () => tabs().some(({ input }) => input instanceof vscode.TabInputTextDiff),
      'the comparison',
    );
    assert.ok(tabs().some(isMessage));
  });

  it('a file has no history here, and says why', async () => {
    await run('history.show', vscode.Uri.file('/tmp/order.chatmsg.json'));
    await witness.saw('notice', /A file has no history here: only what is modified on the service/, start);
  });

  it('a wrong address of the sandbox is said once, with the way to the setting', async () => {
    const settings = vscode.workspace.getConfiguration('tencentChat');
    try {
      await settings.update(
        'sandbox.endpoint',
        'https://elsewhere.example',
        vscode.ConfigurationTarget.Global,
      );
      const { buttons } = await witness.saw('notice', /elsewhere\.example is another one/, start);
      assert.deepEqual(buttons, ['Open Settings']);
      assert.equal(notices().length, 1);
    } finally {
      await settings.update('sandbox.endpoint', host.sandbox.url, vscode.ConfigurationTarget.Global);
    }
  });
});
