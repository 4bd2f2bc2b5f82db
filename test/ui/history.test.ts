import assert from 'node:assert/strict';
import type { ChatClient } from '../../src/chat/client';
import { isRecalled, type ChatMessage } from '../../src/chat/chatMessage';
import { ChatScene, openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import type { Workbench } from '../support/ui/workbench';

describe('drafts and history in the workbench', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let colleague: ChatClient;
  let workbench: Workbench;
  const keys = new Map<string, string>();

  before(async () => {
    scene = await ChatScene.start();
    ({ colleague, workbench } = scene);
    await workbench.openView('Tencent Chat');
    for (const from of ['alice', 'carol']) {
      const { key } = await colleague.sendMessage({ from, to: 'bob', msgBody: textBody(`of ${from}`) });
      keys.set(from, key);
    }
  });

  after(() => scene.stop());

  async function open(from: string): Promise<MessagePage> {
    const page = await openByKey(workbench, from, keys.get(from) ?? '');
    await page.shows(`of ${from}`);
    return page;
  }

  async function message(from: string): Promise<ChatMessage> {
    const found = await colleague.findMessage({ chat: 'c2c', from, to: 'bob', key: keys.get(from) ?? '' });
    assert.ok(found);
    return found.message;
  }

  it('lists the drafts and modifies them all', async () => {
    for (const from of ['alice', 'carol']) {
      const page = await open(from);
      await page.caretBehind(`of ${from}`);
      await workbench.page.keyboard.type(', edited');
      await workbench.editors.save();
      await workbench.tree('Drafts').row(`${from} → bob`);
    }
    assert.match((await message('alice')).content.msgBody ?? '', /"of alice"/);
    await workbench.tree('Drafts').action('carol → bob', 'Discard Draft');
    await eventually(async () => !(await workbench.tree('Drafts').labels()).includes('carol → bob'));
    await workbench.notifications.press(/The draft of .* was discarded\./, 'Undo');
    await workbench.tree('Drafts').row('carol → bob');
    await workbench.quickInput.runCommand('Tencent Chat: Modify All Drafts');
    for (const from of ['alice', 'carol']) {
      await eventually(async () => (await message(from)).content.msgBody?.includes(`"of ${from}, edited"`));
    }
    await workbench.page.getByText('No drafts.').waitFor();
  });

  it('shows what was modified, with before and after', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Show History of All Messages');
    const history = workbench.tree('History');
    await history.expand('Plan: 2 messages');
    await history.row('alice → bob');
    await history.click('carol → bob');
    await eventually(async () => (await workbench.editors.visibleText(0)).includes('"of carol"'));
    await eventually(async () => (await workbench.editors.visibleText(1)).includes('"of carol, edited"'));
  });

  it('restores a version by a modify of its own', async () => {
    await workbench.tree('History').action('carol → bob', 'Restore This Version');
    await eventually(async () => (await message('carol')).content.msgBody?.includes('"of carol"'));
    // The plan's rows are of no more interest, and the view is small.
    const plan = await workbench.tree('History').row('Plan: 2 messages');
    await plan.locator('.monaco-tl-twistie').click();
    await eventually(async () => (await workbench.tree('History').labels()).length === 2);
  });

  it('undoes the last modification, and the undo', async () => {
    for (const text of ['"of carol, edited"', '"of carol"']) {
      await workbench.quickInput.runCommand('Tencent Chat: Undo Last Modification');
      await eventually(async () => (await message('carol')).content.msgBody?.includes(text));
    }
    await eventually(async () => (await workbench.tree('History').labels()).length === 4);
  });

  it('recalls a message and keeps its content', async () => {
    await open('alice');
    await workbench.quickInput.runCommand('Tencent Chat: Recall Message…');
    // Also in a sandbox, the first time in a window: there is no way back.
    await workbench.dialogs.press('Recall');
    await workbench.statusBar.waitFor(/was recalled\. Its content stays/);
    assert.ok(isRecalled(await message('alice')));
    await new MessagePage(workbench).frame.getByText('Recalled', { exact: true }).waitFor();
    await eventually(async () => (await workbench.tree('History').labels()).length === 5);
  });

  it('deletes the local data of a connection after saying what goes', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Delete Local Data of Connection…');
    await workbench.quickInput.pick('Sandbox');
    assert.match(await workbench.dialogs.text(), /Modifications in the journal: 6/);
    await workbench.dialogs.press('Delete');
    await workbench.statusBar.waitFor(/local data was deleted/);
    await workbench.quickInput.runCommand('Tencent Chat: Show History of All Messages');
    await workbench.page.getByText('Nothing was modified from this machine yet.').waitFor();
  });
});
