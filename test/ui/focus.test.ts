import assert from 'node:assert/strict';
import type { ChatClient } from '../../src/chat/client';
import { ChatScene, openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import type { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';

describe('coming back to the window', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start();
    ({ colleague, workbench } = scene);
    await workbench.openView('Tencent Chat');
  });

  after(() => scene.stop());

  showFailures(() => workbench);

  afterEach(async () => {
    await workbench.notifications.clear();
    await workbench.closeEditors();
  });

  /** A new message in the page, and its key. */
  async function openMessage(): Promise<{ page: MessagePage; key: string }> {
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('as sent') });
    const page = await openByKey(workbench, 'alice', key);
    await page.shows('as sent');
    return { page, key };
  }

  /** Somebody else does something to the message while nobody looks at the window. */
  async function meanwhile(change: () => Promise<unknown>): Promise<void> {
    // A browser tells the workbench nothing of the window's focus while it is in a page inside of it.
    await workbench.quickInput.runCommand('View: Focus into Primary Side Bar');
    const comeBack = await workbench.leave();
    await change();
    await comeBack();
  }

  const tag = (page: MessagePage, text: string) =>
    page.frame.locator('.marks').getByText(text, { exact: true });

  it('shows what a colleague made of a message that nobody edits', async () => {
    const { page, key } = await openMessage();
    await meanwhile(() =>
      colleague.modifyMessage(
        { chat: 'c2c', from: 'alice', to: 'bob', key },
        { msgBody: textBody('by a colleague') },
      ),
    );
    await workbench.statusBar.waitFor(/alice → bob was changed on the service/);
    await page.shows('"by a colleague"');
    assert.equal(await tag(page, 'Conflict').count(), 0);
    await workbench.editors.waitForDirty(/alice/, false);
  });

  for (const kept of ['unsaved text', 'a draft'] as const) {
    it(`tells of a change of a message with ${kept}, which stays until it is discarded`, async () => {
      const { page, key } = await openMessage();
      await page.caretBehind('as sent');
      await workbench.page.keyboard.type(', and mine');
      if (kept === 'a draft') {
        await workbench.editors.save();
        await tag(page, 'Draft').waitFor();
      } else {
        await workbench.editors.waitForDirty(/alice/, true);
      }
      await meanwhile(() =>
        colleague.modifyMessage(
          { chat: 'c2c', from: 'alice', to: 'bob', key },
          { msgBody: textBody('by a colleague') },
        ),
      );
      await workbench.notifications.waitFor(/alice → bob was changed on the service since you opened it/);
      await tag(page, 'Conflict').waitFor();
      await page.shows('"as sent, and mine"');
      await workbench.notifications.press(/was changed on the service/, 'Compare');
      await eventually(async () => (await workbench.editors.visibleText(0)).includes('"by a colleague"'));
      await eventually(async () => (await workbench.editors.visibleText(1)).includes('"as sent, and mine"'));
      const { msgBody } =
        (await colleague.findMessage({ chat: 'c2c', from: 'alice', to: 'bob', key }))?.message.content ?? {};
      assert.equal(msgBody, textBody('by a colleague'));
      await workbench.notifications.clear();
      await workbench.quickInput.runCommand('Tencent Chat: Discard Draft');
      await workbench.editors.show(/^alice ·/);
      await page.shows('"by a colleague"');
      await tag(page, 'Conflict').waitFor({ state: 'hidden' });
      await workbench.notifications.press(/The draft of .* was discarded\./, 'Undo');
      await page.shows('"as sent, and mine"');
      await tag(page, 'Conflict').waitFor();
    });
  }

  it('tells that a message was recalled, or is gone', async () => {
    const recalled = await openMessage();
    await meanwhile(() =>
      colleague.recallMessage({ chat: 'c2c', from: 'alice', to: 'bob', key: recalled.key }),
    );
    await workbench.notifications.waitFor(/alice → bob was recalled/);
    await tag(recalled.page, 'Recalled').waitFor();
    await workbench.closeEditors();
    const { page, key } = await openMessage();
    await meanwhile(async () => {
      await colleague.deleteMessages({ operator: 'alice', peer: 'bob', keys: [key] });
      await colleague.deleteMessages({ operator: 'bob', peer: 'alice', keys: [key] });
    });
    await workbench.notifications.waitFor(/no longer shows alice → bob/);
    await page.shows('as sent');
  });
});
