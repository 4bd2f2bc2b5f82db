import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { ChatScene, messageIn, textBody } from '../support/ui/chatScene';
import { chooseInMenu } from '../support/ui/contextMenu';
import { showFailures, type Workbench } from '../support/ui/workbench';

/** Twenty messages a day at noon, four, three and two days ago. */
const LINES = 60;
const A_DAY = 20;
/** The sample data's group of everyday talk. */
const CREW = '@TGS#2RELEASECREW';

describe('what one does in the page of a conversation', function () {
  this.timeout(300_000);

  let scene: ChatScene;
  let workbench: Workbench;
  let page: FrameLocator;
  /** MsgKeys of the lines. */
  const keys: string[] = [];
  /** The day on which the lines were written: midnight may pass since. */
  let today: Date;
  const noon = (daysAgo: number): Date =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo, 12);
  showFailures(() => workbench);

  before(async () => {
    scene = await ChatScene.start({ settings: { 'tencentChat.conversation.followSeconds': 1 } });
    ({ workbench } = scene);
    const { colleague } = scene;
    today = new Date();
    await colleague.accountImport({ userId: 'erin' });
    for (let index = 0; index < LINES; index += 1) {
      const isErin = index % 3 === 0;
      const [from, to] = isErin ? ['erin', 'alice'] : ['alice', 'erin'];
      const needle = index % A_DAY === 7 ? ' needle' : '';
      const start = noon(4 - Math.floor(index / A_DAY)).getTime() / 1000;
      const time = start + (index % A_DAY) * 60;
      keys.push(
        await colleague.importMessage({ from, to, time, msgBody: textBody(`Line ${index}.${needle}`) }),
      );
    }
    const deleted = { Operator_Account: 'erin', Peer_Account: 'alice', MsgKeyList: [keys[30]] };
    await colleague.answer('openim/delete_c2c_msg_ramble', JSON.stringify(deleted));
  });
  after(() => scene.stop());
  beforeEach(async () => {
    page = await scene.showConversation('erin');
    await messageIn(page, 'Line ').waitFor();
  });

  const say = (from: 'alice' | 'erin', text: string): Promise<{ readonly key: string }> =>
    scene.colleague.sendMessage({
      from,
      to: from === 'alice' ? 'erin' : 'alice',
      msgBody: textBody(text),
    });
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const view = (): Locator => page.getByRole('combobox').first();
  const isView = (value: string): Promise<true> =>
    eventually(async () => (await view().inputValue()) === value, `the view of ${value}`);
  /** A message is the selected one, and all of it is in view. */
  const isReached = async (text: string): Promise<Locator> => {
    const row = page.locator('article.selected').filter({ hasText: text });
    await eventually(async () => {
      const [own, list] = await Promise.all([
        row.boundingBox({ timeout: 5_000 }).catch(() => null),
        page.locator('.scroll').boundingBox(),
      ]);
      return own && list && own.y >= list.y - 1 && own.y + own.height <= list.y + list.height + 1;
    }, `${text} in view and selected`);
    return row;
  };
  const goToMessage = async (index: number): Promise<Locator> => {
    await press('Go to Message…');
    await workbench.quickInput.asks(/MsgKey of a message/);
    await workbench.quickInput.enter(keys[index] ?? '');
    return isReached(`Line ${index}.`);
  };

  it('finds with next and previous, goes to a date and to a MsgKey', async () => {
    const { keyboard } = workbench.page;
    await messageIn(page, 'Line 59.').click();
    await page.locator('article:focus').waitFor();
    await keyboard.press('ControlOrMeta+KeyF');
    const box = page.getByRole('textbox', { name: 'Find' });
    await box.pressSequentially('NEEDLE');
    const find = page.getByRole('search');
    // What is older is read as it is looked through.
    await find.getByText(/^1 of [123]/).waitFor();
    await isReached('Line 47.');
    await box.press('Enter');
    await find.getByText(/^2 of [23]/).waitFor();
    await isReached('Line 27.');
    await press('Next');
    await find.getByText('3 of 3', { exact: true }).waitFor();
    await isReached('Line 7.');
    await box.press('Shift+Enter');
    await find.getByText('2 of 3', { exact: true }).waitFor();
    await isReached('Line 27.');
    await box.press('Escape');
    await find.waitFor({ state: 'hidden' });
    await page.locator('article:focus').filter({ hasText: 'Line 27.' }).waitFor();

    await press('Go to Date…');
    await workbench.quickInput.pick('Another date…');
    await workbench.quickInput.asks(/Date as year-month-day/);
    // That of line 20.
    const day = noon(3);
    await workbench.quickInput.enter(`${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`);
    await isReached('Line 20.');
    await goToMessage(3);
  });

  it('shows what one side alone has, and goes back to where one was', async () => {
    await view().selectOption('peer');
    await isView('peer');
    // A line of erin, where one was or among the newest.
    await page
      .locator('article.own')
      .filter({ hasText: /Line (?:3|57)\./ })
      .first()
      .waitFor();
    await press('Compare Both Sides');
    const difference = page.locator('.differences li');
    await difference.filter({ hasText: 'Line 30.' }).filter({ hasText: 'Only Alice Chen has it' }).waitFor();
    assert.equal(await difference.count(), 1);
    await difference.getByRole('button').click();
    const row = await isReached('Line 30.');
    await row.getByText('Only Alice Chen has it').waitFor();
    await page.locator('.differences').getByRole('button', { name: 'Close' }).click();
    await page.locator('.differences').waitFor({ state: 'hidden' });
    await isView('peer');
    await goToMessage(31);
    await messageIn(page, 'Line 30.').waitFor({ state: 'detached' });
    await view().selectOption('user');
    await isView('user');
    await messageIn(page, 'Line 30.').waitFor();
  });

  it('follows what others say and change, writes as either, and moves nothing that is read', async () => {
    const row = await goToMessage(3);
    const before = await row.boundingBox();
    const first = await say('erin', 'From elsewhere.');
    const second = await say('alice', 'From elsewhere, too.');
    await page.getByRole('button', { name: 'New messages: 2' }).waitFor();
    assert.ok(Math.abs(((await row.boundingBox())?.y ?? 0) - (before?.y ?? 0)) < 2, 'it stays in its place');
    await page.getByRole('button', { name: 'New messages: 2' }).click();
    await messageIn(page, 'From elsewhere, too.').click();
    await isReached('From elsewhere, too.');

    const write = page.getByRole('textbox', { name: 'Write a message' });
    await write.pressSequentially('Written here.');
    await write.press('Enter');
    await page.locator('article.own').filter({ hasText: 'Written here.' }).waitFor();
    await eventually(async () => (await write.inputValue()) === '', 'an empty line to write');
    await page.getByRole('combobox').last().selectOption({ label: 'As erin' });
    await write.fill('Written as erin,\nin two lines.');
    await press('Send');
    const written = page.locator('article:not(.own)').filter({ hasText: 'Written as erin' });
    await written.waitFor();
    await page.locator('.newest').waitFor({ state: 'hidden' });
    await written.click();
    await isReached('Written as erin');

    await scene.colleague.modifyMessage(
      { chat: 'c2c', from: 'erin', to: 'alice', key: first.key },
      { msgBody: textBody('Modified elsewhere.') },
    );
    await messageIn(page, 'Modified elsewhere.').waitFor();
    await scene.colleague.recallMessage({ chat: 'c2c', from: 'alice', to: 'erin', key: second.key });
    await page.getByText('Alice Chen recalled a message').waitFor();
  });

  it('says what became of a line whose page was hidden before that was known', async () => {
    const late = { command: 'openim/sendmsg', kind: 'delay', delayMs: 4000, times: 1 };
    scene.sandbox.sandbox.faults.add(readFault(late).fault);
    const write = page.getByRole('textbox', { name: 'Write a message' });
    await write.fill('Sent unseen.');
    await write.press('Enter');
    await page.getByText('Sending…').waitFor();
    const other = await scene.showConversation('bob');
    await other.getByRole('heading', { name: /bob|Bob/ }).waitFor();
    await eventually(async () => {
      const history = scene.colleague.history({ chat: { chat: 'c2c', user: 'erin', peer: 'alice' } });
      for await (const { messages } of history)
        return messages.some(({ content }) => content.msgBody === textBody('Sent unseen.'));
      return false;
    }, 'it on the service');
    page = await scene.showConversation('erin');
    const sent = page.locator('article').filter({ hasText: 'Sent unseen.' });
    await sent.waitFor();
    const again = page.getByRole('textbox', { name: 'Write a message' });
    await eventually(async () => (await again.inputValue()) === '', 'an empty line to write');
    assert.ok(await again.isEditable());
    assert.equal(await sent.count(), 1);
  });

  it('marks a draft, what we modified with what it said before, and a conflict', async () => {
    const { key } = await say('alice', 'As it was.');
    const row = messageIn(page, /As it was|As we|As they/);
    await row.click();
    await isReached('As it was.');
    await workbench.page.keyboard.press('Enter');
    await eventually(async () => (await workbench.editors.webviewCount()) === 2, 'the editor beside');
    const body = workbench.editors.webview(1).locator('.cm-content[aria-label^="MsgBody"]');
    const draft = async (text: string): Promise<void> => {
      await body.click();
      await workbench.page.keyboard.press('ControlOrMeta+KeyA');
      await workbench.page.keyboard.insertText(textBody(text));
      await body.filter({ hasText: text }).waitFor();
      await workbench.editors.save();
      await row.locator('.mark.draft').waitFor();
    };
    await draft('As we want it.');
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    await row.locator('.mark.modified').waitFor();
    await row.getByText('As we want it.').waitFor();
    await row.locator('.mark.draft').waitFor({ state: 'detached' });
    await row.locator('.mark.modified').hover();
    await row.locator('.before').getByText('As it was.').waitFor();
    await draft('As we want it now.');
    await scene.colleague.modifyMessage(
      { chat: 'c2c', from: 'alice', to: 'erin', key },
      { msgBody: textBody('As they want it.') },
    );
    await row.getByText('As they want it.').waitFor();
    await row.locator('.mark.conflict').waitFor();
    await workbench.closeEditors();
  });

  it('has the menu of the tree, for several too, and less of it for a read-only connection', async () => {
    await messageIn(page, 'Line 58.').click();
    await messageIn(page, 'Line 59.').click({ modifiers: ['Shift'] });
    await eventually(async () => (await page.locator('article.selected').count()) === 2, 'two are selected');
    await messageIn(page, 'Line 59.').click({ button: 'right' });
    await chooseInMenu(workbench.page, 'Edit as List');
    await workbench.editors.waitFor(/^2-selected-messages/);
    await workbench.closeEditors();

    page = await scene.showConversation('erin');
    await messageIn(page, 'Line 59.').click({ button: 'right' });
    await chooseInMenu(workbench.page, 'Recall Message…');
    await workbench.dialogs.press('Recall');
    await page.locator('article.recalled').filter({ hasText: 'Line 59.' }).waitFor();

    const connection = JSON.stringify({ connectionId: scene.connectionId });
    const inConnections = (command: string): Promise<unknown> =>
      workbench.inHost(
        `await vscode.commands.executeCommand('tencentChat.connection.${command}', ${connection})`,
      );
    const entries = workbench.page.locator('.monaco-menu .action-label');
    await page.locator('.composer').waitFor();
    await inConnections('makeReadOnly');
    await page.locator('.composer').waitFor({ state: 'hidden' });
    await messageIn(page, 'Line 58.').click({ button: 'right' });
    await entries.getByText('Copy As…', { exact: true }).waitFor();
    assert.equal(await entries.getByText(/^(Modify|Recall) Message/).count(), 0);
    await workbench.page.keyboard.press('Escape');
    await inConnections('allowModifying');
    await page.locator('.composer').waitFor();
  });

  it('goes to a message also where its page was in the background', async () => {
    await goToMessage(3);
    const other = await scene.showConversation('bob');
    await other.getByRole('heading', { name: /bob|Bob/ }).waitFor();
    page = await scene.showConversation('erin', 'alice', { from: 'alice', to: 'erin', key: keys[41] ?? '' });
    await isReached('Line 41.');
  });

  it('comes back with place, view and selection when the window is loaded anew', async () => {
    await view().selectOption('peer');
    await isView('peer');
    const row = await goToMessage(12);
    // The page keeps its place a quarter of a second after it moved; this is longer, by the page's own clock.
    await page.locator('html').evaluate(() => new Promise<void>((done) => void setTimeout(done, 750)));
    const before = await row.boundingBox();
    await workbench.reload();
    page = workbench.editors.webview();
    const after = await isReached('Line 12.');
    await isView('peer');
    await eventually(
      async () => Math.abs(((await after.boundingBox())?.y ?? 0) - (before?.y ?? 0)) < 2,
      'the same place',
    );
  });

  it('says what is lost: the network, all messages, the conversation; with what helps', async () => {
    const { faults } = scene.sandbox.sandbox;
    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    faults.add(readFault({ command: 'openim/admin_getroammsg', kind: 'drop' }).fault);
    const notice = page.locator('.notice.failed');
    await notice.waitFor();
    // What is there stays there.
    await messageIn(page, 'Line ').waitFor();
    await follow.click();
    await follow.and(page.locator('[aria-pressed="false"]')).waitFor();
    faults.clear();
    await notice.getByRole('button', { name: 'Retry' }).click();
    await notice.waitFor({ state: 'hidden' });

    await scene.colleague.accountImport({ userId: 'frank' });
    faults.add(readFault({ command: 'openim/admin_getroammsg', kind: 'drop' }).fault);
    const empty = await scene.showConversation('frank');
    await empty.locator('.notice.failed').waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+KeyF');
    await empty.getByRole('textbox', { name: 'Find' }).pressSequentially('nothing has this');
    await empty.getByText('No message has it, so far', { exact: true }).waitFor();
    faults.clear();
    await empty.locator('.notice').getByRole('button', { name: 'Retry' }).click();
    await empty.getByText(/The service shows no messages of this conversation/).waitFor();
    await empty.locator('.notice').getByRole('button', { name: 'New Message…' }).waitFor();
    await empty.getByRole('textbox', { name: 'Find' }).press('Enter');
    await empty.getByText('No message has it', { exact: true }).waitFor();

    const group = { connectionId: scene.connectionId, user: 'alice', chat: { chat: 'group', group: CREW } };
    await workbench.inHost(
      `await vscode.commands.executeCommand('tencentChat.conversation.show', ${JSON.stringify(group)})`,
    );
    page = workbench.editors.webview();
    await messageIn(page, 'No new errors so far.').waitFor();
    await scene.colleague.answer('group_open_http_svc/destroy_group', JSON.stringify({ GroupId: CREW }));
    const gone = page.locator('.notice.gone');
    await gone.getByText(/The service does not have this conversation any more/).waitFor();
    await gone.getByRole('button', { name: 'Retry' }).waitFor();
    // What was read of it stays.
    await messageIn(page, 'No new errors so far.').waitFor();
  });
});
