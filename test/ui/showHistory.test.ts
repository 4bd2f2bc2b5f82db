import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { ChatClient } from '../../src/chat/client';
import { readFault } from '../../src/sandbox/http/faults';
import type { RunningSandbox } from '../../src/sandbox/server';
import { ChatScene, openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';

describe('Show History in the workbench', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start();
    ({ sandbox, colleague, workbench } = scene);
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').expand('Sandbox');
  });

  after(() => scene.stop());

  showFailures(() => workbench);

  /** A new message with one more word, not sent yet. */
  async function edit(from: string, text: string): Promise<{ page: MessagePage; key: string }> {
    const { key } = await colleague.sendMessage({ from, to: 'bob', msgBody: textBody(text) });
    const page = await openByKey(workbench, from, key);
    await page.shows(text);
    await page.caretBehind(text);
    await workbench.page.keyboard.type(', edited');
    return { page, key };
  }

  /** A new message that was modified: the service has it, whatever the status bar says of the one before. */
  async function modify(from: string, text: string): Promise<void> {
    const { page, key } = await edit(from, text);
    await page.press('Modify');
    await eventually(async () => {
      const found = await colleague.findMessage({ chat: 'c2c', from, to: 'bob', key });
      return found?.message.content.msgBody?.includes(`${text}, edited`);
    }, `${text} to be modified`);
  }

  /** What the head of the History view says that it shows. */
  const shown = (): Locator => workbench.page.locator('.pane-header[aria-label^="History"] .description');

  async function contents(): Promise<string[]> {
    const rows = await workbench.tree('History').rows();
    return rows.map(({ label, description }) => `${label} · ${description.split(' · ')[1] ?? ''}`);
  }

  const showHistory = (): Promise<void> => workbench.quickInput.runCommand('Tencent Chat: Show History');

  it('of a message that was never modified says so, and where the others are', async () => {
    await edit('alice', 'order one');
    await showHistory();
    await shown()
      .filter({ hasText: /^alice → bob, \w/ })
      .waitFor();
    await workbench.page.getByText('Nothing of this was modified from this machine yet.').waitFor();
    await workbench.page
      .locator('.pane-body .welcome-view')
      .getByText('Show History of All Messages')
      .click();
    await workbench.page.getByText('Nothing was modified from this machine yet.').waitFor();
    await shown().waitFor({ state: 'hidden' });
  });

  it('of a message lists its modifications as they come, done and refused', async () => {
    await showHistory();
    await new MessagePage(workbench).press('Modify');
    await eventually(
      async () => (await contents()).join() === 'alice → bob · Text: order one → order one, edited',
    );
    await new MessagePage(workbench).caretBehind('edited');
    await workbench.page.keyboard.type(' twice');
    sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code: 90012, times: 1 }).fault,
    );
    await new MessagePage(workbench).press('Modify');
    await eventually(
      async () =>
        (await contents()).join() ===
        [
          'alice → bob · Text: order one, edited → order one, edited twice',
          'alice → bob · Text: order one → order one, edited',
        ].join(),
    );
    await workbench.notifications.clear();
    const told = async (text: string): Promise<string> => {
      const history = workbench.tree('History');
      const row = history.list.locator('.monaco-list-row').filter({ hasText: text });
      return (await history.hover(row, 'MsgKey')).text;
    };
    const refused = await told('order one, edited twice');
    for (const fact of [
      'Refused by the service with code 90012',
      String(sandbox.app.sdkAppId),
      sandbox.app.administrator,
    ]) {
      assert.ok(refused.includes(fact), `${fact} in ${refused}`);
    }
    assert.match(refused, new RegExp(`${new Date().getFullYear()}`));
    await workbench.page.keyboard.press('Escape');
  });

  it('shows what a modification changed, before beside after', async () => {
    await workbench.tree('History').list.locator('.monaco-list-row').last().click();
    await eventually(async () => (await workbench.editors.visibleText(0)).includes('"order one"'));
    await eventually(async () => (await workbench.editors.visibleText(1)).includes('"order one, edited"'));
  });

  it('of a file is not offered, and a new file begins with a text message', async () => {
    const file = path.join(workbench.home, 'made.chatmsg.json');
    await workbench.quickInput.runCommand('Tencent Chat: New Message File…');
    await workbench.quickInput.saveAs(file);
    await new MessagePage(workbench).shows('Hello');
    assert.ok(
      !(await workbench.quickInput.commands('Tencent Chat: Show History')).includes(
        'Tencent Chat: Show History',
      ),
    );
    await workbench.quickInput.runCommand('View: Close Editor');
  });

  it('of a conversation, of a connection, of one message in the tree, and of all', async () => {
    await modify('alice', 'order two');
    await modify('carol', 'a question');
    const conversations = workbench.tree('Conversations');
    await conversations.expand('Sandbox', 'alice', 'bob');
    await conversations.menu(/order two/, 'Show History');
    await eventually(
      async () => (await contents()).join() === 'alice → bob · Text: order two → order two, edited',
    );
    await conversations.menu('bob', 'Show History', 3);
    await shown().getByText('alice and bob', { exact: true }).waitFor();
    await eventually(async () => (await contents()).length === 3);
    assert.ok((await contents()).every((row) => row.startsWith('alice → bob · Text: order ')));
    await conversations.menu('Sandbox', 'Show History');
    await shown().getByText('Sandbox', { exact: true }).waitFor();
    await eventually(async () =>
      (await contents()).join().startsWith('carol → bob · Text: a question → a question, edited,'),
    );
    await eventually(async () => (await contents()).length === 4, 'the four of the connection');
    await workbench.quickInput.runCommand('Tencent Chat: Show History of All Messages');
    await shown().waitFor({ state: 'hidden' });
    await eventually(async () => (await contents()).length === 4, 'all four');
  });
});
