import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { withUser } from '../../src/connections/additions';
import { viewIds } from '../../src/contributions/ids';
import { eventually } from '../support/eventually';
import { startHostSandbox, useOnly, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

interface Node {
  readonly kind?: string;
  readonly id: string;
  readonly connectionId?: string;
  readonly user?: string;
  readonly chat?: { readonly peer?: string };
}

interface Item {
  readonly From_Account: string;
  readonly To_Account: string;
  readonly MsgKey: string;
  readonly MsgBody: readonly { readonly MsgContent: { readonly Text: string } }[];
  readonly CloudCustomData: string;
}

describe('In and out', () => {
  let host: HostSandbox;
  let folder = '';
  let users = 0;

  before(async () => {
    host = await startHostSandbox();
    folder = mkdtempSync(join(tmpdir(), 'in-and-out-'));
  });
  after(async () => {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Two users who are new, with some messages, and the row of the first of them. */
  async function pair(count: number): Promise<{ one: string; two: string; keys: string[]; row: Node }> {
    users += 1;
    const [one, two] = [`olga${users}`, `paul${users}`];
    const keys: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const { address } = await host.send(one, two, {
        msgBody: body(`message ${index} for ${two}`),
        cloudCustomData: JSON.stringify(`{ "to":"${two}", "n":12345678901234567 }`),
      });
      keys.push(address.key);
    }
    const { connections } = await testHandle();
    await connections.change(host.connectionId, withUser(one));
    const tree = Witness.here.trees.get(viewIds.explorer) as vscode.TreeDataProvider<Node>;
    const below = async (node: Node | undefined, fits: (one: Node) => boolean): Promise<Node> =>
      eventually(async () => (await tree.getChildren(node))?.find(fits), 'a row of the tree');
    const app = await below(undefined, ({ connectionId }) => connectionId === host.connectionId);
    return { one, two, keys, row: await below(app, (node) => node.user === one) };
  }

  /** Exports a row into a file, and gives what is in it. */
  async function exported(
    row: Node,
    file: string,
    manner: RegExp,
    write?: () => Promise<void>,
  ): Promise<string> {
    Witness.here.willSaveTo(vscode.Uri.file(file));
    const from = Witness.here.shown.length;
    const done = vscode.commands.executeCommand<vscode.Uri | undefined>('tencentChat.list.export', row, [
      row,
    ]);
    await Witness.here.choose(/How are the messages written/, ({ label }) => manner.test(label));
    await Witness.here.saw('dialog', /^Export olga/, from);
    await write?.();
    await Witness.here.saw('notice', /exported to/, from);
    assert.equal((await done)?.fsPath, file);
    return readFileSync(file, 'utf8');
  }

  it('exports all conversations of a user as they are, byte for byte, the oldest first', async () => {
    const { one, two, keys, row } = await pair(3);
    const text = await exported(row, join(folder, 'as.chatmsgs.json'), /As They Are$/);
    const items = JSON.parse(text) as Item[];
    assert.ok(items.every(({ From_Account, To_Account }) => From_Account === one && To_Account === two));
    // Within a second the service orders by MsgSeq, which is drawn.
    const times = items.map(({ MsgKey }) => Number(MsgKey.split('_')[2]));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.deepEqual(items.map(({ MsgKey }) => MsgKey).sort(), [...keys].sort());
    assert.ok(text.includes(String.raw`"CloudCustomData": "{ \"to\":\"${two}\", \"n\":12345678901234567 }"`));
  });

  it('exports with neutral names after showing what becomes what, and leaves the old file when that is declined', async () => {
    const { one, two, row } = await pair(2);
    const file = join(folder, 'neutral.chatmsgs.json');
    writeFileSync(file, 'the old one');
    Witness.here.willSaveTo(vscode.Uri.file(file));
    const declined = vscode.commands.executeCommand('tencentChat.list.export', row, [row]);
    await Witness.here.choose(/How are the messages written/, ({ label }) => label.endsWith('Pseudonymised'));
    await Witness.here.asked(/Is what the diff shows right/);
    await Witness.here.close();
    await declined;
    assert.equal(readFileSync(file, 'utf8'), 'the old one');

    const text = await exported(row, file, /with All Texts$/, async () => {
      await Witness.here.choose(/Is what the diff shows right/, ({ label }) =>
        label.endsWith('Show All Names'),
      );
      const names = await eventually(
        () =>
          vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === '/export/names.json'),
        'the names',
      );
      assert.ok(names.document.getText().includes(`"${two}"`), names.document.getText());
      await Witness.here.choose(/Is what the diff shows right/, ({ label }) =>
        label.endsWith('Write the File'),
      );
    });
    assert.ok(!text.includes(one) && !text.includes(two), text);
    const [first, second] = JSON.parse(text) as Item[];
    assert.ok(first && second);
    const { to, n } = JSON.parse(first.CloudCustomData) as { to: string; n: number };
    assert.equal(to, first.To_Account);
    assert.ok(n > 1e16);
    assert.match(first.MsgBody[0]?.MsgContent.Text ?? '', /^[a-z]{7} \d [a-z]{3} [a-z]{4}\d+$/);
    assert.equal(first.From_Account, second.From_Account);
  });

  it('loads a list into the sandbox, leaves out what is there, and saves the sandbox as a list', async () => {
    const { one, two, keys } = await pair(1);
    const file = join(folder, 'fixture.chatmsgs.json');
    const item = (key: string, text: string): string =>
      `{"From_Account":"${one}","To_Account":"${two}","MsgKey":"${key}","MsgTimeStamp":1700000000,"MsgBody":${body(text)}}`;
    writeFileSync(file, `[${item(keys[0] ?? '', 'another text')},${item('7_8_1700000000', 'from a file')}]`);
    const load = vscode.commands.executeCommand('tencentChat.sandbox.load', vscode.Uri.file(file));
    await Witness.here.choose(/What becomes of the messages/, ({ label }) => label.endsWith('They Stay'));
    await load;
    const saved = join(folder, 'saved.chatmsgs.json');
    Witness.here.willSaveTo(vscode.Uri.file(saved));
    await vscode.commands.executeCommand('tencentChat.sandbox.save');
    const texts = (JSON.parse(readFileSync(saved, 'utf8')) as Item[])
      .filter(({ From_Account }) => From_Account === one)
      .map(({ MsgKey, MsgBody }) => [MsgKey, MsgBody[0]?.MsgContent.Text]);
    assert.deepEqual(texts, [
      ['7_8_1700000000', 'from a file'],
      [keys[0], `message 0 for ${two}`],
    ]);

    const again = vscode.commands.executeCommand('tencentChat.sandbox.load', vscode.Uri.file(file));
    await Witness.here.choose(/What becomes of the messages/, ({ label }) =>
      label.includes('Takes Their Place'),
    );
    await again;
    assert.equal([...host.sandbox.store.allConversations()].length, 1);
    assert.ok(
      host.sandbox.store.message({ from: one, to: two, key: keys[0] ?? '' })?.body.includes('another'),
    );
  });

  it('loads a list of the workspace by a task of tasks.json and by the lens above it', async () => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(workspace);
    const { one, two } = await pair(1);
    const file = vscode.Uri.joinPath(workspace, 'fixture.chatmsgs.json');
    const folderOfTasks = vscode.Uri.joinPath(workspace, '.vscode');
    const item = (seq: number): string =>
      `[{"From_Account":"${one}","To_Account":"${two}","MsgKey":"${seq}_8_1700000000","MsgBody":${body('of a task')}}]`;
    const isThere = (seq: number): boolean =>
      host.sandbox.store.message({ from: one, to: two, key: `${seq}_8_1700000000` }) !== undefined;
    // As a person writes it: what VS Code finds by itself needs its search, which not every installation of tests has.
    const tasks = [{ type: 'tencentChat', fixture: 'fixture.chatmsgs.json', label: 'load the fixture' }];
    await vscode.workspace.fs.writeFile(file, Buffer.from(item(1)));
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folderOfTasks, 'tasks.json'),
      Buffer.from(JSON.stringify({ version: '2.0.0', tasks })),
    );
    try {
      const found = await eventually(
        async () => (await vscode.tasks.fetchTasks()).find(({ name }) => name === 'load the fixture'),
        'the task of the list',
      );
      assert.equal(found.definition.fixture, 'fixture.chatmsgs.json');
      const ended = new Promise<void>((resolve) => {
        const listening = vscode.tasks.onDidEndTask(({ execution }) => {
          if (execution.task.name !== 'load the fixture') return;
          listening.dispose();
          resolve();
        });
      });
      await vscode.tasks.executeTask(found);
      await ended;
      assert.ok(isThere(1));
      // Without `add` the list takes the place of all that was there.
      assert.equal([...host.sandbox.store.allConversations()].length, 1);

      await vscode.workspace.fs.writeFile(file, Buffer.from(item(2)));
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      const lens = await eventually(async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          file,
          10,
        );
        return lenses.find(({ command }) => command?.title === 'Load into Sandbox…')?.command;
      }, 'the lens');
      const loaded = vscode.commands.executeCommand(lens.command, ...((lens.arguments ?? []) as unknown[]));
      await Witness.here.choose(/What becomes of the messages/, ({ label }) => label.endsWith('They Stay'));
      await loaded;
      assert.ok(isThere(1) && isThere(2));
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(file);
      await vscode.workspace.fs.delete(folderOfTasks, { recursive: true });
    }
  });

  it('imports a list into a connection, its accounts first, and says what was not imported and why', async () => {
    const { one, two, keys } = await pair(1);
    await useOnly(host.connectionId);
    const file = join(folder, 'import.chatmsgs.json');
    const now = Math.floor(Date.now() / 1000);
    const item = (from: string, key: string, more = ''): string =>
      `{"From_Account":"${from}","To_Account":"${two}","MsgKey":"${key}","MsgBody":${body('imported')}${more}}`;
    writeFileSync(
      file,
      `[${item(one, keys[0] ?? '')},${item(`new-${one}`, `5_6_${now - 9}`)},${item(one, `7_7_${now}`, ',"MsgFlagBits":8')}]`,
    );
    const from = Witness.here.shown.length;
    // No folder that is open has a list, so that it is looked for anywhere.
    Witness.here.willOpen(vscode.Uri.file(file));
    const done = vscode.commands.executeCommand('tencentChat.list.import');
    await Witness.here.saw('dialog', /^Import List: which list of messages/, from);
    await Witness.here.choose(/1 of the accounts are not in the app: new-olga/, ({ label }) =>
      label.endsWith('Import Them First'),
    );
    await Witness.here.saw('notice', /1 of 1 messages were imported\. 2 were left out\./, from);
    await done;
    const found = host.sandbox.store.message({ from: `new-${one}`, to: two, key: `5_6_${now - 9}` });
    assert.ok(found?.body.includes('imported'));
    const report = vscode.commands.executeCommand('tencentChat.plan.report');
    await Witness.here.choose(/Choose a plan/, ({ label }) =>
      label.startsWith('The import of 1 message into'),
    );
    await Witness.here.choose(/As what\?/, ({ label }) => label.startsWith('JSON'));
    await report;
    const shown = await eventually(() => {
      const text = vscode.window.activeTextEditor?.document.getText();
      return text?.includes('accountsImportedFirst') ? text : undefined;
    }, 'the report');
    const { accountsImportedFirst, counts, messages, leftOut } = JSON.parse(shown) as {
      accountsImportedFirst: string[];
      counts: Record<string, number>;
      messages: { item: number; end: string; From_Account: string }[];
      leftOut: { item: number; reason: string }[];
    };
    assert.deepEqual([accountsImportedFirst, counts.done], [[`new-${one}`], 1]);
    assert.deepEqual(
      messages.map(({ item: at, end, From_Account }) => [at, end, From_Account]),
      [[2, 'done', `new-${one}`]],
    );
    assert.deepEqual(
      leftOut.map(({ item: at, reason }) => [at, reason]),
      [
        [3, 'It was recalled.'],
        [1, 'It is there already.'],
      ],
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says why it asks for a file where VS Code cannot look for lists in the folders', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const workspace = vscode.workspace as { findFiles: typeof vscode.workspace.findFiles };
    const { findFiles } = workspace;
    workspace.findFiles = () => Promise.reject(new Error('no search here'));
    try {
      const from = Witness.here.shown.length;
      Witness.here.willOpen(vscode.Uri.file(join(folder, 'no-list.chatmsgs.json')));
      writeFileSync(join(folder, 'no-list.chatmsgs.json'), '{}');
      await vscode.commands.executeCommand('tencentChat.list.import');
      await Witness.here.saw(
        'notice',
        /^VS Code could not look for lists in the folders: .*no search here/,
        from,
      );
      await Witness.here.saw('notice', /is no list of messages/, from);
    } finally {
      workspace.findFiles = findFiles;
    }
  });

  it('says as a piece of news, and not as an error, that there is nothing to do', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const [command, words] of [
      ['tencentChat.list.export', /^Choose users, conversations, days or messages/],
      ['tencentChat.conversation.find', /^Show a conversation first/],
    ] as const) {
      const from = Witness.here.shown.length;
      void vscode.commands.executeCommand(command);
      const { kind } = await Witness.here.saw('notice', words, from);
      assert.equal(kind, 'info', command);
    }
  });
});
