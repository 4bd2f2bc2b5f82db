import assert from 'node:assert/strict';
import { c2cAddress, type C2cAddress } from '../../src/chat/address';
import type { ChatClient } from '../../src/chat/client';
import { ChatScene, openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';

const CONFLICT = /Not sent: .*alice → bob.* was changed on the service since you opened it/;

describe('a message that a colleague, or another window, changes', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let colleague: ChatClient;
  let workbench: Workbench;
  let other: Workbench | undefined;

  before(async () => {
    scene = await ChatScene.start();
    ({ colleague, workbench } = scene);
    await workbench.openView('Tencent Chat');
  });

  after(async () => {
    await closeOther();
    await scene.stop();
  });

  showFailures(() => workbench);

  afterEach(async () => {
    await workbench.page.bringToFront();
    await workbench.notifications.clear();
    await workbench.closeEditors();
  });

  async function send(text: string): Promise<C2cAddress> {
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody(text) });
    return c2cAddress('alice', 'bob', key);
  }

  /** A second window, once its extension host is there; it stays open until it is closed. */
  async function openOther(): Promise<Workbench> {
    if (other) return other;
    other = await workbench.openWindow();
    await other.openView('Tencent Chat');
    await other.tree('Conversations').row('Sandbox');
    return other;
  }

  /** Back to this window alone. */
  async function closeOther(): Promise<void> {
    await other?.stop();
    other = undefined;
    await workbench.page.bringToFront();
  }

  const now = async (address: C2cAddress): Promise<string> =>
    (await colleague.findMessage(address))?.message.content.msgBody ?? '';

  const tag = (page: MessagePage, text: string) =>
    page.frame.locator('.marks').getByText(text, { exact: true });

  /** A draft in conflict: saved here, and changed by the colleague since. */
  async function conflict(): Promise<{ address: C2cAddress; page: MessagePage }> {
    const address = await send('as sent');
    const page = await openByKey(workbench, 'alice', address.key);
    await page.caretBehind('as sent');
    await workbench.page.keyboard.type(', mine');
    await workbench.editors.save();
    await workbench.editors.waitForDirty(/alice/, false);
    await colleague.modifyMessage(address, { msgBody: textBody('theirs') });
    return { address, page };
  }

  /** Until the comparison is in front: it comes when it is ready, over whatever is shown then. */
  async function mergeByHand(): Promise<void> {
    await workbench.notifications.press(CONFLICT, 'Merge by Hand');
    await eventually(async () => (await workbench.editors.visibleText(1)).includes('as sent, mine'));
  }

  it('stays in conflict while it is merged by hand, until that is done', async () => {
    const { address, page } = await conflict();
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await mergeByHand();
    // The question stands alone: no progress goes on behind it.
    await eventually(
      async () =>
        (await workbench.notifications.items.filter({ hasText: /waiting|Modifying/ }).count()) === 0,
      'the progress to go',
    );
    const row = await workbench.tree('Drafts').row('alice → bob');
    await eventually(
      async () => (await row.getAttribute('aria-label'))?.includes('Not merged yet'),
      'the draft',
    );
    await workbench.editors.show(/^alice ·/);
    await tag(page, 'Not merged yet').waitFor();
    await workbench.notifications.clear();
    await workbench.quickInput.runCommand('Tencent Chat: Modify All Drafts');
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await workbench.notifications.waitFor(CONFLICT);
    assert.equal(await now(address), textBody('theirs'));
    await mergeByHand();
    await workbench.editors.show(/^alice ·/);
    await page.caretBehind('as sent, mine');
    await workbench.page.keyboard.type(' and theirs');
    await workbench.editors.save();
    await tag(page, 'Not merged yet').waitFor({ state: 'hidden' });
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await workbench.statusBar.waitFor(/Message modified: .*alice → bob/);
    assert.match(await now(address), /as sent, mine and theirs/);
  });

  it("is in conflict again when the service's content was taken and that is undone", async () => {
    const { address, page } = await conflict();
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await workbench.notifications.press(CONFLICT, "Take the Service's");
    await workbench.editors.show(/^alice ·/);
    await page.shows('"theirs"');
    await page.caretBehind('theirs');
    await workbench.page.keyboard.press('ControlOrMeta+KeyZ');
    await page.shows('"as sent, mine"');
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await workbench.notifications.waitFor(CONFLICT);
    assert.equal(await now(address), textBody('theirs'));
    // Nothing is left behind of a question that was answered with Cancel.
    await workbench.notifications.clear();
    await eventually(
      async () => !(await workbench.editors.list()).some(({ label }) => label.includes('Service ↔ Draft')),
      'the comparison to be closed',
    );
  });

  it('has its new state in the tree, whoever learned of it, and its draft in every window', async () => {
    const messages = workbench.tree('Conversations');
    const address = await send('in the tree');
    await messages.expand('Sandbox', 'alice', 'bob');
    await workbench.quickInput.runCommand('Tencent Chat: Refresh');
    await messages.row(/in the tree/);
    const page = await openByKey(workbench, 'alice', address.key);
    await page.shows('in the tree');
    await colleague.modifyMessage(address, { msgBody: textBody('reloaded') });
    await workbench.quickInput.runCommand('Tencent Chat: Reload from Service');
    await messages.row(/reloaded/);

    await workbench.quickInput.runCommand('View: Focus into Primary Side Bar');
    const comeBack = await workbench.leave();
    await colleague.modifyMessage(address, { msgBody: textBody('come back to') });
    await comeBack();
    await messages.row(/come back to/);

    const elsewhere = await openOther();
    const there = await openByKey(elsewhere, 'alice', address.key);
    await there.caretBehind('come back to');
    await elsewhere.page.keyboard.type(', elsewhere');
    await elsewhere.editors.save();
    await page.shows('"come back to, elsewhere"');
    await workbench.tree('Drafts').row(/alice → bob/);
    await elsewhere.quickInput.runCommand('Tencent Chat: Modify Message');
    await elsewhere.statusBar.waitFor(/Message modified/);
    await workbench.page.bringToFront();
    await messages.row(/come back to, elsewhere/);

    await workbench.closeEditors();
    await messages.menu(/come back to, elsewhere/, 'Recall Message…');
    await workbench.dialogs.press('Recall');
    await workbench.statusBar.waitFor(/was recalled\. Its content stays/);
    const row = await messages.row(/come back to, elsewhere|[Rr]ecalled/);
    await eventually(
      async () =>
        /recalled/i.test(
          `${(await row.getAttribute('aria-label')) ?? ''} ${(await row.textContent()) ?? ''}`,
        ),
      'the row to say that it was recalled',
    );
  });

  it('is not overwritten unasked by text that was unsaved here while another window opened it', async () => {
    // Before there is anything unsaved: a browser would give it to the new window as well.
    const elsewhere = await openOther();
    await workbench.page.bringToFront();
    const address = await send('as sent');
    const page = await openByKey(workbench, 'alice', address.key);
    await page.caretBehind('as sent');
    await workbench.page.keyboard.type(', mine');
    await workbench.editors.waitForDirty(/alice/, true);
    await colleague.modifyMessage(address, { msgBody: textBody('theirs') });
    await elsewhere.page.bringToFront();
    await (await openByKey(elsewhere, 'alice', address.key)).shows('"theirs"');
    await closeOther();
    await workbench.backedUp('"as sent, mine"');
    await workbench.reload();
    // The extension host starts anew beside everything else: on a busy machine that takes longer than any other step.
    const restored = new MessagePage(workbench);
    await restored.ready();
    await restored.shows('"as sent, mine"');
    await workbench.editors.waitForDirty(/alice/, true);
    // Not by its key: the focus may still be on its way into the page that came back.
    await workbench.quickInput.runCommand('File: Save');
    // VS Code may find the file newer; whoever says Overwrite means the file, not the colleague.
    await eventually(async () => {
      const [asks] = (await workbench.notifications.texts()).filter((text) => text.includes('newer'));
      if (asks !== undefined) await workbench.notifications.press(/newer/, 'Overwrite');
      return (await workbench.editors.list()).every(({ dirty }) => !dirty);
    }, 'the draft to be saved');
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await workbench.notifications.waitFor(CONFLICT);
    assert.equal(await now(address), textBody('theirs'));
    await workbench.notifications.press(CONFLICT, 'Keep Mine');
    await eventually(async () => (await now(address)).includes('as sent, mine'), 'the modification');
  });
});
