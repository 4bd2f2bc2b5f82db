import assert from 'node:assert/strict';
import path from 'node:path';
import type { ChatClient } from '../../src/chat/client';
import { Journal } from '../../src/journal/journal';
import { readFault } from '../../src/sandbox/http/faults';
import type { RunningSandbox } from '../../src/sandbox/server';
import { ChatScene, openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';

const MODIFY = 'openim/modify_c2c_msg';
const READ = 'openim/admin_getroammsg';
describe('a modify that takes its time, or is refused', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start();
    ({ sandbox, colleague, workbench } = scene);
    await workbench.openView('Tencent Chat');
  });

  after(() => scene.stop());

  showFailures(() => workbench);

  afterEach(async () => {
    sandbox.sandbox.faults.clear();
    await workbench.notifications.clear();
    await workbench.closeEditors();
  });

  /** A new message with a saved draft of it. */
  async function draft(): Promise<{ key: string; now: () => Promise<string | undefined> }> {
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('old') });
    const page = await openByKey(workbench, 'alice', key);
    await page.shows('"old"');
    await page.caretBehind('"old');
    await workbench.page.keyboard.type('er');
    await workbench.editors.save();
    await workbench.editors.waitForDirty(/alice/, false);
    const address = { chat: 'c2c', from: 'alice', to: 'bob', key } as const;
    return { key, now: async () => (await colleague.findMessage(address))?.message.content.msgBody };
  }

  const fault = (of: object) => sandbox.sandbox.faults.add(readFault({ times: 1, ...of }).fault);
  const faultIsUsed = (): Promise<unknown> =>
    eventually(() => sandbox.sandbox.faults.list().length === 0, 'the call to come in');
  const modify = (): Promise<void> => workbench.quickInput.runCommand('Tencent Chat: Modify Message');
  const journaled = async (key: string): Promise<string[]> => {
    const revisions = await new Journal(path.join(workbench.storage, 'journal')).list();
    return revisions
      .filter(({ address }) => address.chat === 'c2c' && address.key === key)
      .map(({ outcome }) => outcome.state);
  };

  it('is begun by a press of the button also when the page shows something new meanwhile', async () => {
    const { key, now } = await draft();
    const page = new MessagePage(workbench);
    const { mouse } = workbench.page;
    await page.frame.getByRole('toolbar').getByRole('button', { name: 'Modify' }).hover();
    await mouse.down();
    await workbench.inHost(`
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.path.includes('${key}'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(document.getText().indexOf('older') + 5), 's');
      await vscode.workspace.applyEdit(edit);
    `);
    await page.shows('"olders"');
    await workbench.editors.waitForDirty(/alice/, true);
    await mouse.up();
    await eventually(async () => (await now())?.includes('olders'), 'the message to be modified');
  });

  it('refuses a second one with the reason', async () => {
    const { key, now } = await draft();
    fault({ command: MODIFY, kind: 'stall', when: 'after' });
    const calls = sandbox.sandbox.calls.list(MODIFY).calls.length;
    await modify();
    await faultIsUsed();
    await modify();
    await workbench.notifications.waitFor(/Not sent: alice → bob, .* is being modified already\./);
    await workbench.notifications.press(/Modifying alice → bob/, 'Cancel');
    await workbench.statusBar.waitFor(/Message modified: .*alice → bob/);
    assert.match((await now()) ?? '', /"older"/);
    assert.equal(sandbox.sandbox.calls.list(MODIFY).calls.length, calls + 1);
    await eventually(async () => (await journaled(key)).join() === 'done', 'the end in the journal');
  });

  it('leaves no trace when it is cancelled before the call', async () => {
    const { key, now } = await draft();
    const calls = sandbox.sandbox.calls.list(MODIFY).calls.length;
    fault({ command: READ, kind: 'stall' });
    await modify();
    await faultIsUsed();
    await workbench.notifications.press(/Modifying alice → bob/, 'Cancel');
    await workbench.statusBar.waitFor(/alice → bob, .* was not modified\. The draft is kept\./);
    assert.equal(sandbox.sandbox.calls.list(MODIFY).calls.length, calls);
    assert.deepEqual(await journaled(key), []);
    assert.match((await now()) ?? '', /"old"/);
    await new MessagePage(workbench).shows('"older"');
  });

  it('finds out what became of it when it is cancelled during the call', async () => {
    const { key, now } = await draft();
    fault({ command: MODIFY, kind: 'stall', when: 'after' });
    await modify();
    await faultIsUsed();
    await workbench.notifications.press(/Modifying alice → bob/, 'Cancel');
    await workbench.statusBar.waitFor(/Message modified: .*alice → bob/);
    assert.match((await now()) ?? '', /"older"/);
    await eventually(async () => (await journaled(key)).join() === 'done');
    await workbench.statusBar.click(/Message modified: .*Undo/);
    await eventually(async () => (await now())?.includes('"old"'), 'the undo');
    await eventually(async () => (await journaled(key)).join() === 'done,done');
  });

  it('says that the message was recalled, or is gone, and keeps the draft', async () => {
    const recalled = await draft();
    await colleague.recallMessage({ chat: 'c2c', from: 'alice', to: 'bob', key: recalled.key });
    await modify();
    await workbench.notifications.waitFor(/Not sent: alice → bob, .* was recalled\. Your draft stays/);
    await new MessagePage(workbench).shows('"older"');
    await workbench.closeEditors();
    const gone = await draft();
    for (const [operator, peer] of [
      ['alice', 'bob'],
      ['bob', 'alice'],
    ] as const) {
      await colleague.deleteMessages({ operator, peer, keys: [gone.key] });
    }
    await modify();
    await workbench.notifications.waitFor(
      /no longer shows alice → bob, .* to either side\..*deleted or has expired/,
    );
    await new MessagePage(workbench).shows('"older"');
  });

  it('explains the codes in what people hold', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Explain Error Code…');
    for (const [text, label] of [
      ['{"ActionStatus":"FAIL","ErrorCode":90010,"ErrorInfo":"invalid 12345"}', '90010'],
      ['125000', '125000 (120001–130000)'],
      ['IM error 6206: sig expired', '6206'],
    ] as const) {
      await workbench.quickInput.input.fill(text);
      await eventually(async () => (await workbench.quickInput.labels())[0] === label, `${label} first`);
    }
    await workbench.quickInput.cancel();
  });
});
