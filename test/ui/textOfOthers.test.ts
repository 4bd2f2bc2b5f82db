import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { readFault } from '../../src/sandbox/http/faults';
import { addConnection } from '../support/ui/addConnection';
import { ChatScene, textBody } from '../support/ui/chatScene';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';
import { versions } from '../support/vscode-host/install.mjs';

/** A UserID may be as long as this, and hold all of it. */
const HOSTILE = '[x](command:a.b)$(trash)';
const INFO = '[free](command:tencentChat.connection.edit?%5B%5D) [site](https://elsewhere.example) $(trash)';
const MARKUP = '<img src=x onerror=alert(1)>';

for (const version of versions) {
  describe(`text of others in VS Code ${version}`, function () {
    this.timeout(360_000);

    let scene: ChatScene;
    let workbench: Workbench;

    before(async () => {
      scene = await ChatScene.start({
        version,
        settings: { 'tencentChat.sandbox.endpoint': `http://${HOSTILE}` },
      });
      ({ workbench } = scene);
    });
    after(() => scene.stop());

    showFailures(() => workbench);

    /** Waits for a text and looks at what VS Code made of it. */
    async function isPlain(place: Locator, text: RegExp): Promise<void> {
      const shown = place.filter({ hasText: text }).first();
      await shown.waitFor();
      assert.equal(await shown.locator('a').count(), 0, `links in ${text.source}`);
      assert.equal(await shown.locator('.codicon-trash').count(), 0, `icons in ${text.source}`);
    }

    const notice = async (text: RegExp): Promise<void> => {
      const { notifications } = workbench;
      assert.equal(await notifications.count(text, 'a'), 0, `links in ${text.source}`);
      assert.equal(await notifications.count(text, '.codicon-trash'), 0, `icons in ${text.source}`);
    };

    it('is no link and no icon in notices, lists, prompts and complaints', async () => {
      const { quickInput, notifications } = workbench;
      const below = quickInput.widget.locator('.quick-input-message');

      // What stands in a setting is said once at the start, with the way to it, where this window keeps it.
      await workbench.openView('Tencent Chat');
      await notice(/The setting for the sandbox is not an address.*trash/);
      await workbench.tree('Conversations').row('Open Settings');
      await notifications.press(/is not an address/, 'Open Settings');
      await workbench.page
        .locator('.settings-editor .action-label.checked', { hasText: /^Remote/ })
        .waitFor();
      await notifications.clear();

      await addConnection(workbench, scene.sandbox, {
        ...{ name: `Shop ${HOSTILE}`, environment: 'Test', told: 'Shop' },
      });
      await notice(/Shop.*was added/);
      await notifications.clear();

      // What an input box complains about: another one to the same app by the same administrator.
      await quickInput.runCommand('Tencent Chat: Add Connection…');
      await quickInput.pick('Custom endpoint…');
      await quickInput.asks(/Endpoint: https/);
      await quickInput.enter(scene.sandbox.url);
      await quickInput.asks(/SDKAppID of the app/);
      await quickInput.enter(String(scene.sandbox.app.sdkAppId));
      await quickInput.asks(/Secret key of SDKAppID/);
      await quickInput.enter(scene.sandbox.secretKey);
      await quickInput.pick('Administrator');
      await quickInput.asks(/administrator/);
      await quickInput.enter(scene.sandbox.app.administrator);
      await isPlain(below, /Shop.*trash.*is a connection to the same app/);
      await quickInput.cancel();

      // A sandbox that cannot be used keeps nobody from the other connections.
      await quickInput.runCommand('Tencent Chat: Add User…');
      await isPlain(below, /UserID of a user of Shop/);
      await quickInput.enter(HOSTILE);
      await notice(/trash.*has no account in this app/);
      await notifications.clear();

      await workbench.setSettings({ 'tencentChat.sandbox.endpoint': scene.sandbox.url });
      // The tree has it as soon as the setting is right; with one connection alone nobody is asked which.
      await workbench.tree('Conversations').row('Sandbox');
      await quickInput.runCommand('Tencent Chat: Open Message by Key…');
      await isPlain(quickInput.rows.locator('.label-name'), /Shop/);
      await quickInput.rows.filter({ hasText: 'Shop' }).click();
      await quickInput.asks(/A MsgKey, a GroupId and a MsgSeq/);
      await quickInput.enter(JSON.stringify({ GroupId: `@TGS#${HOSTILE}`, MsgSeq: 7, MsgBody: [] }));
      // What was understood is shown before anything is asked of the service.
      await isPlain(quickInput.rows.locator('.label-description'), /@TGS#.*trash/);
      await quickInput.cancel();
    });

    it('is no link, no icon and no markup in a message, its row and its refusal', async () => {
      const { colleague, sandbox } = scene;
      for (const userId of [HOSTILE, 'bob']) await colleague.accountImport({ userId });
      await colleague.sendMessage({
        ...{ from: HOSTILE, to: 'bob', msgBody: textBody(`${MARKUP} ${INFO}`) },
      });
      await workbench.quickInput.runCommand('Tencent Chat: Refresh');
      const tree = workbench.tree('Conversations');
      await tree.expand(/^Shop/, /^\[x\]/, 'bob');
      const row = await tree.row(/img src=x/);
      await isPlain(row.locator('.label-name'), /img src=x/);
      const { links, trashIcons } = await tree.hover(row, 'MsgKey');
      assert.deepEqual({ links, trashIcons }, { links: 0, trashIcons: 0 }, 'what is told of the row');
      await workbench.page.keyboard.press('Escape');

      await row.click();
      const page = await new MessagePage(workbench).ready();
      await page.shows('elsewhere.example');
      await page.showPreview(true);
      await page.preview.getByText(MARKUP).first().waitFor();
      assert.equal(await page.frame.locator('img[src="x"]').count(), 0, 'a picture of the message');
      assert.equal(await page.frame.locator('a[href^="command:"]').count(), 0, 'links of the page');
      // Older versions show who writes to whom on the tab, whatever title a page asks for.
      const tab = version === versions[0] ? /img src=x/ : /→ bob/;
      await isPlain(workbench.editors.tabs.locator('.label-name'), tab);

      sandbox.sandbox.faults.add(readFault({ kind: 'code', code: 99_999, info: INFO }).fault);
      await workbench.quickInput.runCommand('Tencent Chat: Reload from Service');
      const told = await workbench.notifications.waitFor(/99999/);
      assert.ok(told.replaceAll('\u2060', '').includes(INFO), told);
      await notice(/99999/);
    });
  });
}
