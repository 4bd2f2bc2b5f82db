import assert from 'node:assert/strict';
import { ChatClient } from '../../src/chat/client';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { addConnection } from '../support/ui/addConnection';
import type { MessagePage } from '../support/ui/messagePage';
import { showFailures, startWorkbench, type Workbench } from '../support/ui/workbench';

/** What this needs of a page; tests do without the types of a browser. */
interface PageElement {
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare function getComputedStyle(element: PageElement, pseudo: string): { readonly content: string };

/** What stands at the end of a row or a tab as its decoration. */
function badgeOf(row: PageElement): string {
  return [...row.querySelectorAll('*')].map((part) => getComputedStyle(part, '::after').content).join();
}

describe('the Drafts view in the workbench', function () {
  this.timeout(360_000);

  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;
  const keys = new Map<string, string>();

  before(async () => {
    sandbox = await startSandbox();
    colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    workbench = await startWorkbench();
    await workbench.openView('Tencent Chat');
    await addConnection(workbench, sandbox, { name: 'Shop', environment: 'Test' });
  });

  after(async () => {
    await workbench.stop();
    colleague.dispose();
    await sandbox.stop();
  });

  showFailures(() => workbench);

  /** A new message of somebody, with a draft of it. */
  async function draft(from: string, change: (page: MessagePage) => Promise<void>): Promise<void> {
    await colleague.accountImport({ userId: from });
    const { key } = await colleague.sendMessage({ from, to: 'bob', msgBody: textBody(`of ${from}`) });
    keys.set(from, key);
    const page = await openByKey(workbench, from, key);
    await page.shows(`of ${from}`);
    await change(page);
    await workbench.editors.waitForDirty(new RegExp(from), true);
    await workbench.editors.save();
    await row(from);
  }

  const type = (from: string) => async (page: MessagePage) => {
    await page.caretBehind(`of ${from}`);
    await workbench.page.keyboard.type(', edited');
  };

  const row = (from: string) => workbench.tree('Drafts').row(`${from} → bob`);

  const condition = (from: string, words: string) =>
    eventually(async () => (await (await row(from)).getAttribute('aria-label'))?.includes(words), words);

  const content = async (from: string): Promise<string | undefined> =>
    (await colleague.findMessage({ chat: 'c2c', from, to: 'bob', key: keys.get(from)! }))?.message.content
      .msgBody;

  it('says of each draft whether it can be sent, and counts them all', async () => {
    await draft('alice', type('alice'));
    await condition('alice', 'Ready to be sent');
    await draft('carol', (page) => page.replaceBody('[ { "MsgType": '));
    await condition('carol', 'Its JSON is broken');
    await draft('dave', type('dave'));
    const dave = { chat: 'c2c', from: 'dave', to: 'bob', key: keys.get('dave')! } as const;
    await colleague.modifyMessage(dave, { msgBody: textBody('by a colleague') });
    await workbench.quickInput.runCommand('Tencent Chat: Reload from Service');
    await workbench.statusBar.waitFor(/The message was changed on the service\. Compare shows how/);
    await condition('dave', 'Conflict: the service shows another content');
    await draft('erin', type('erin'));
    for (const [operator, peer] of [
      ['erin', 'bob'],
      ['bob', 'erin'],
    ] as const) {
      await colleague.deleteMessages({ operator, peer, keys: [keys.get('erin')!] });
    }
    await workbench.quickInput.runCommand('Tencent Chat: Reload from Service');
    await workbench.statusBar.waitFor(/The service no longer shows this message\. Your text stays/);
    await condition('erin', 'The service no longer shows this message');
    const icon = workbench.page.locator('.part.activitybar .action-item').filter({
      has: workbench.page.locator('.action-label[aria-label^="Tencent Chat"]'),
    });
    await icon.locator('.badge-content').getByText('4', { exact: true }).waitFor();
  });

  it('marks drafts and conflicts in the view, in the tree and on the tabs', async () => {
    for (const [from, badge] of [
      ['alice', 'D'],
      ['dave', '!'],
    ] as const) {
      const tab = await workbench.editors.waitFor(new RegExp(from));
      const marked = new RegExp(`"(\\d, )?${badge}"`);
      await eventually(
        async () => marked.test(await tab.evaluate(badgeOf)),
        `${badge} on the tab of ${from}`,
      );
      const draft = await row(from);
      await eventually(
        async () => marked.test(await draft.evaluate(badgeOf)),
        `${badge} on the row of ${from}`,
      );
    }
    await workbench.tree('Conversations').expand('Shop');
    await workbench.quickInput.runCommand('Tencent Chat: Add User…');
    await workbench.quickInput.enter('alice');
    await workbench.tree('Conversations').expand('Shop', 'alice', 'bob');
    const message = await workbench.tree('Conversations').row(/of alice/);
    await eventually(async () => /"(\d, )?D"/.test(await message.evaluate(badgeOf)), 'a mark in the tree');
  });

  it('shows what a draft changes, and sends a single one', async () => {
    await workbench.tree('Drafts').click('alice → bob');
    await eventually(async () => (await workbench.editors.visibleText(0)).includes('"of alice"'));
    await eventually(async () => (await workbench.editors.visibleText(1)).includes('"of alice, edited"'));
    await workbench.tree('Drafts').action('alice → bob', 'Modify Message');
    assert.match(await workbench.dialogs.text(), /Modify this message\?/);
    await workbench.dialogs.press('Modify');
    await workbench.statusBar.waitFor(/Message modified: .*alice → bob/);
    assert.match((await content('alice')) ?? '', /"of alice, edited"/);
    await eventually(async () => !(await workbench.tree('Drafts').labels()).includes('alice → bob'));
  });

  it('keeps the drafts of a connection that is removed, and sends them when it is added again', async () => {
    await draft('frank', type('frank'));
    await workbench.quickInput.runCommand('Tencent Chat: Remove Connection…');
    assert.match(await workbench.dialogs.text(), /Drafts and history stay on this machine/);
    await workbench.dialogs.press('Remove');
    await workbench.closeEditors();
    await workbench.tree('Drafts').action('frank → bob', 'Modify Message');
    await workbench.notifications.waitFor(/The connection of this message was removed\..*the draft stays/);
    await workbench.notifications.clear();
    await addConnection(workbench, sandbox, { name: 'Shop again', environment: 'Test' });
    await eventually(async () => (await workbench.tree('Drafts').rows()).length === 4, 'four drafts');
    await workbench.tree('Drafts').action('frank → bob', 'Modify Message');
    // No editor shows it, so it is asked about although the app was confirmed before.
    await workbench.dialogs.press('Modify');
    await eventually(async () => (await content('frank'))?.includes('"of frank, edited"'));
  });

  it('sends all that are ready after one question, which says what is left out and lets one take it in', async () => {
    for (const from of ['gina', 'hank']) await draft(from, type(from));
    await workbench.quickInput.runCommand('Tencent Chat: Modify All Drafts');
    const asked = await workbench.dialogs.text();
    assert.match(asked, /Modify 2 messages of Shop again\?/);
    for (const why of ['1 whose JSON is broken', '1 changed on the service meanwhile', '1 gone'])
      assert.ok(asked.includes(why), `${why} in ${asked}`);
    await workbench.dialogs.press('Show Changes');
    await workbench.editors.waitFor(/Changes of 2 messages/);
    // What is left out stands in a table beside.
    await workbench.editors.waitFor('Plan.txt');
    await workbench.notifications.press(/Modify 2 messages of Shop again\?/, 'Left Out…');
    // What is broken, or gone, cannot be taken in.
    await workbench.quickInput.tick(/dave → bob/);
    await workbench.dialogs.press('Modify 3');
    for (const from of ['gina', 'hank', 'dave'])
      await eventually(async () => (await content(from))?.includes(', edited"'), `the message of ${from}`);
  });
});
