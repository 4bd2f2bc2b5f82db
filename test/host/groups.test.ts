import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { GroupAddress, MessageRef } from '../../src/chat/address';
import type { Connections } from '../../src/connections/connections';
import { changesUri } from '../../src/documents/changesUri';
import { messageUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { textBody } from '../support/groups';
import { fileText, startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

/** The sample data's group, and a topic of its community. */
const CREW = '@TGS#2RELEASECREW';
const MAKERS = '@TGS#_@TGS#cMAKERS62CJ';
const GENERAL = `${MAKERS}@TOPIC#_general`;

interface GroupRef extends MessageRef {
  readonly address: GroupAddress;
  readonly sender: string;
}

describe('a message of a group', () => {
  const witness = Witness.here;
  let host: HostSandbox;
  let connections: Connections;
  let storage: string;
  /** The MsgSeqs that the next message is below; odd ones of the crew carry nothing but a MsgBody. */
  let crew = 295;
  let general = 34;

  before(async () => {
    host = await startHostSandbox();
    const handle = await testHandle();
    ({ connections } = handle);
    storage = handle.storage.fsPath;
    await run('sandbox.try');
  });
  afterEach(async () => {
    host.sandbox.sandbox.faults.clear();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => host.stop());

  function run(command: string, ...args: unknown[]): Thenable<unknown> {
    return vscode.commands.executeCommand(`tencentChat.${command}`, ...args);
  }

  /** A message of the group, or of the topic, that says this; another one each time. */
  async function say(text: string, topic?: string): Promise<GroupRef> {
    const address: GroupAddress =
      topic === undefined
        ? { chat: 'group', group: CREW, seq: (crew -= 2) }
        : { chat: 'group', group: MAKERS, topic, seq: (general -= 1) };
    await host.colleague.modifyMessage(address, { msgBody: textBody(text) });
    const found = await host.colleague.findMessage(address);
    assert.ok(found);
    return { connectionId: host.connectionId, address, sender: found.message.sender };
  }

  async function draft(ref: MessageRef, from: string, to: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    await replaceText(document, from, to);
    return document;
  }

  const onService = async (ref: MessageRef): Promise<string | undefined> =>
    (await host.content(ref))?.msgBody?.replace(/\s/g, '');

  async function opened(ref: MessageRef): Promise<vscode.Tab> {
    const wanted = messageUri(ref).toString();
    return eventually(() => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputCustom && tab.input.uri.toString() === wanted
        ? tab
        : undefined;
    }, `${wanted} in an editor`);
  }

  async function diffOf(ref: MessageRef): Promise<void> {
    const wanted = changesUri(ref, { side: 'draft' }).toString();
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input.modified.toString() === wanted
        ? true
        : undefined;
    }, 'the diff of the conflict');
  }

  /** What the journal has of a message, the newest last. */
  async function journal({ address }: { address: GroupAddress }): Promise<Record<string, unknown>[]> {
    const folder = path.join(storage, 'journal');
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
    // One that is settled this moment, of another message, moves to another folder.
    const texts = await Promise.all(
      names.sort().map((name) => readFile(path.join(folder, name), 'utf8').catch(() => undefined)),
    );
    return texts
      .filter((text) => text !== undefined)
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .filter(({ group, topic, seq }) => {
        return group === address.group && topic === address.topic && seq === address.seq;
      });
  }

  it('opens at an address of its own, is edited and kept as a draft', async () => {
    const ref = await say('one');
    const uri = messageUri(ref);
    assert.equal(
      uri.path,
      `/${host.connectionId}/group/%40TGS%232RELEASECREW/-/${ref.address.seq}.chatmsg.json`,
    );
    await vscode.commands.executeCommand('vscode.open', uri);
    await opened(ref);
    const document = await draft(ref, 'one', 'two');
    assert.ok(await document.save());
    assert.match(await fileText(ref), /"two"/);
    assert.equal(await onService(ref), textBody('one'), 'saving sends nothing');
    await run('message.discardDraft', uri);
    assert.match(await fileText(ref), /"one"/);
  });

  it('is modified by its own call, with what was before in the journal, and taken back', async () => {
    for (const topic of [undefined, GENERAL]) {
      const ref = await say('one', topic);
      await draft(ref, 'one', 'two');
      await run('message.modify', messageUri(ref));
      assert.equal(await onService(ref), textBody('two'));
      const { calls } = host.sandbox.sandbox.calls.list('openim/modify_group_msg');
      assert.deepEqual(JSON.parse(calls.at(-1)?.request ?? ''), {
        GroupId: ref.address.group,
        MsgSeq: ref.address.seq,
        ...(topic !== undefined && { TopicId: topic }),
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'two' } }],
      });
      const [revision, ...others] = await journal(ref);
      assert.deepEqual(others, []);
      assert.deepEqual(revision?.before, { msgBody: textBody('one') });
      assert.equal((revision.outcome as { state: string }).state, 'done');

      await vscode.commands.executeCommand('vscode.open', messageUri(ref));
      await opened(ref);
      await run('modification.undo');
      assert.equal(await onService(ref), textBody('one'));
      assert.match(await fileText(ref), /"one"/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('that a colleague changed is a conflict, and either side can be kept', async () => {
    for (const [choice, kept] of [
      ['takeService', 'theirs'],
      ['keepMine', 'mine'],
    ] as const) {
      const ref = await say('one');
      await draft(ref, 'one', 'mine');
      await host.colleague.modifyMessage(ref.address, { msgBody: textBody('theirs') });
      const running = run('message.modify', messageUri(ref));
      await diffOf(ref);
      assert.equal(await onService(ref), textBody('theirs'));
      await run(`conflict.${choice}`, messageUri(ref));
      await running;
      assert.equal(await onService(ref), textBody(kept));
      assert.match(await fileText(ref), new RegExp(`"${kept}"`));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('is recalled after a question that names it, and once it is recalled nothing is sent any more', async () => {
    const ref = await say('recallable');
    await draft(ref, 'recallable', 'unsent');
    let from = witness.shown.length;
    // A host under test shows no dialog, which counts as Cancel.
    await run('message.recall', messageUri(ref));
    await witness.saw('dialog', /Recall this message\? This cannot be undone\./, from);
    await witness.saw(
      'dialog',
      new RegExp(`Message: ${CREW} #${ref.address.seq}, from ${ref.sender}, `),
      from,
    );
    assert.equal(await onService(ref), textBody('recallable'));

    await host.colleague.recallMessage(ref.address);
    from = witness.shown.length;
    await run('message.modify', messageUri(ref));
    await witness.saw('notice', new RegExp(`${CREW} #${ref.address.seq} was recalled`), from);
    assert.match(await fileText(ref), /"unsent"/, 'the text stays');
  });

  it('is opened by GroupId and MsgSeq, and from a webhook, a request and an answer that were pasted', async () => {
    const plain = await say('plain');
    const inTopic = await say('in a topic', GENERAL);
    const { seq } = plain.address;
    const texts: readonly (readonly [text: string, ref: GroupRef])[] = [
      [`${CREW} ${seq}`, plain],
      [`${CREW} #${seq}`, plain],
      [`${MAKERS} / ${GENERAL} #${inTopic.address.seq}`, inTopic],
      [JSON.stringify({ GroupId: CREW, MsgSeq: seq }), plain],
      [
        JSON.stringify({
          CallbackCommand: 'Group.CallbackAfterSendMsg',
          GroupId: CREW,
          Type: 'Public',
          From_Account: 'alice',
          MsgSeq: seq,
          MsgTime: 1_700_000_000,
          MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'plain' } }],
        }),
        plain,
      ],
      [
        JSON.stringify({
          ActionStatus: 'OK',
          ErrorCode: 0,
          GroupId: CREW,
          IsFinished: 1,
          RspMsgList: [{ From_Account: 'alice', IsPlaceMsg: 0, MsgSeq: seq, MsgBody: [] }],
        }),
        plain,
      ],
    ];
    for (const [text, ref] of texts) {
      const copied = await run('message.openByKey', { connectionId: host.connectionId, text });
      const { group: GroupId, topic: TopicId, seq: MsgSeq } = ref.address;
      const expected = { GroupId, ...(TopicId !== undefined && { TopicId }), MsgSeq };
      assert.equal(copied, JSON.stringify(expected), text);
      await opened(ref);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
    const from = witness.shown.length;
    await run('message.openByKey', { connectionId: host.connectionId, text: `${CREW} 999` });
    await witness.saw('notice', /The service shows no message @TGS#2RELEASECREW #999/, from);
  });

  it('stands on a page that is called by the name of its group, also where the tree has not shown that', async () => {
    const group = '@TGS#2NIGHTSHIFT';
    const made = { Type: 'Public', Name: 'Night shift', GroupId: group, Owner_Account: 'alice' };
    await host.colleague.answer('group_open_http_svc/create_group', JSON.stringify(made));
    const opened = witness.panels.length;
    await run('conversation.show', { connectionId: host.connectionId, chat: { chat: 'group', group } });
    await eventually(() => witness.panels[opened]?.title === 'Night shift', 'the name of the group');
    // Others look through panels that are there, and count the groups of the sample.
    witness.panels.splice(opened);
    await host.colleague.answer('group_open_http_svc/destroy_group', JSON.stringify({ GroupId: group }));
  });

  it('is only read through a connection that is read-only', async () => {
    const ref = await say('one');
    await draft(ref, 'one', 'two');
    await connections.setReadOnly(host.connectionId, true);
    try {
      for (const command of ['message.modify', 'message.recall']) {
        const from = witness.shown.length;
        await run(command, messageUri(ref));
        await witness.saw('notice', /is read-only/, from);
      }
    } finally {
      await connections.setReadOnly(host.connectionId, false);
    }
    assert.equal(await onService(ref), textBody('one'));
  });

  it('is named in the question that production asks before every change', async () => {
    const { connection } = await connections.add(
      {
        name: 'Live',
        endpoint: host.sandbox.url,
        sdkAppId: host.sandbox.app.sdkAppId,
        administrator: host.sandbox.app.administrator,
        environment: 'production',
        credentialKind: 'secretKey',
      },
      host.sandbox.secretKey,
    );
    try {
      const ref = { ...(await say('one')), connectionId: connection.id };
      await draft(ref, 'one', 'two');
      const from = witness.shown.length;
      await run('message.modify', messageUri(ref));
      await witness.saw('dialog', /Modify this message in PRODUCTION\?/, from);
      const asked = await witness.saw('dialog', /^App: /, from);
      assert.match(asked.text, new RegExp(`Message: ${CREW} #${ref.address.seq}, from ${ref.sender}, `));
      assert.match(asked.text, /“one” → “two”/);
      assert.equal(await onService(ref), textBody('one'));
    } finally {
      await connections.remove(connection.id);
    }
  });

  it('stands in the tree with its sender, in a group that says what it is, and what is gone says so and opens nothing', async () => {
    const provider = witness.trees.get('tencentChat.explorer');
    assert.ok(provider);
    const below = async (parent?: unknown): Promise<unknown[]> => (await provider.getChildren(parent)) ?? [];
    const item = async (row: unknown): Promise<vscode.TreeItem> => provider.getTreeItem(row);
    const rowOf = async (label: RegExp, parent?: unknown): Promise<unknown> => {
      const found: unknown[] = [];
      for (const row of await below(parent)) if (label.test(labelOf(await item(row)))) found.push(row);
      assert.equal(found.length, 1, `${found.length} rows ${label.source}`);
      return found[0];
    };
    const sandbox = await rowOf(/^Sandbox$/);
    const groups = await rowOf(/^Groups$/, sandbox);
    assert.deepEqual(await Promise.all((await below(groups)).map(async (row) => (await item(row)).label)), [
      'Add a group by its GroupId…',
      'Load Groups of the App…',
    ]);
    const from = witness.shown.length;
    void run('groups.load', { connectionId: host.connectionId });
    await witness.saw('status', /3 groups were loaded/, from);
    const crewRow = await rowOf(/^Release crew$/, groups);
    const { description, tooltip, contextValue } = await item(crewRow);
    assert.equal(description, 'Public');
    assert.equal(tooltip, `Group ${CREW}\nName: Release crew\nType: Public\nMembers: 5`);
    assert.equal(contextValue, 'conversation.group.listed');

    const live = await item((await below(await rowOf(/^Friday demo$/, groups)))[0]);
    assert.equal(live.label, 'AVChatRoom: the service keeps no messages of groups of this type');

    const labels = async (): Promise<vscode.TreeItem[]> => {
      const days = (await below(crewRow)).filter((row) => (row as { kind: string }).kind === 'day');
      const rows = (await Promise.all(days.map((day) => below(day)))).flat();
      return Promise.all(rows.map(item));
    };
    const [newest] = await labels();
    const found = await host.colleague.findMessage({ chat: 'group', group: CREW, seq: 300 });
    assert.match(
      newest ? labelOf(newest) : '',
      new RegExp(`^\\d\\d:\\d\\d ${found?.message.sender ?? ''}: No new errors`),
    );
    // Reading on to the two places whose messages are gone.
    let gone: vscode.TreeItem[] = [];
    while (gone.length < 2) {
      const more = await rowOf(/^Load more$/, crewRow);
      await run('explorer.loadMore', more);
      gone = (await labels()).filter(({ contextValue: kind }) => kind === 'placeholder');
    }
    assert.deepEqual(
      gone.map(({ label, command, resourceUri }) => [label, command, resourceUri]),
      [
        ['MsgSeq 131: expired or deleted', undefined, undefined],
        ['MsgSeq 130: expired or deleted', undefined, undefined],
      ],
    );
  });
});

function labelOf({ label = '' }: vscode.TreeItem): string {
  return typeof label === 'string' ? label : label.label;
}
