import assert from 'node:assert/strict';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { FaultyLine } from '../support/faultyLine';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';

describe('the tree in the workbench', function () {
  this.timeout(360_000);
  let sandbox: RunningSandbox;
  let line: FaultyLine;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox();
    line = await FaultyLine.start(sandbox.url);
    workbench = await startWorkbench({
      // High enough for all rows: a tree holds only those in view, and sticky ones cover others.
      viewport: { width: 1200, height: 2400 },
      settings: { 'workbench.tree.enableStickyScroll': false },
    });
  });
  after(async () => {
    await workbench.stop();
    await line.stop();
    await sandbox.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.screenshot(`explorer ${this.currentTest.title}`);
  });

  const tree = (): ReturnType<Workbench['tree']> => workbench.tree('Conversations');

  /** The extension answers from another process, so what a box says comes a moment later. */
  async function complains(text: RegExp): Promise<void> {
    await workbench.quickInput.widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  async function boxShows(text: RegExp): Promise<void> {
    await workbench.quickInput.widget
      .locator('.quick-input-message, .quick-input-title')
      .filter({ hasText: text })
      .first()
      .waitFor();
  }

  it('asks for a connection step by step, goes back without losing anything, and shows it', async () => {
    const { quickInput, page } = workbench;
    await workbench.openView('Tencent Chat');
    await page.getByRole('button', { name: 'Add Connection…' }).first().click();
    await boxShows(/Add Connection/);
    await quickInput.pick('Custom endpoint…');
    await boxShows(/Endpoint: https/);
    await quickInput.enter('http://example.com');
    await complains(/must use https/);
    await quickInput.enter(line.url);
    await boxShows(/SDKAppID of the app/);
    await quickInput.enter('not a number');
    await complains(/SDKAppID is a number/);
    await page.getByRole('button', { name: 'Back' }).click();
    await quickInput.pick('Custom endpoint…');
    await boxShows(/Endpoint: https/);
    assert.equal(await quickInput.input.inputValue(), line.url);
    await quickInput.enter(line.url);
    await boxShows(/SDKAppID of the app/);
    await quickInput.enter(String(sandbox.app.sdkAppId));
    await boxShows(/Secret key of SDKAppID/);
    assert.equal(await quickInput.input.getAttribute('type'), 'password');
    await quickInput.enter(sandbox.secretKey);
    await quickInput.pick('Name');
    await boxShows(/Name of the connection/);
    await quickInput.enter('Shop');
    await quickInput.pick('Test and Save');
    await workbench.notifications.press(/Shop was added/, 'Test Connection');
    await workbench.notifications.waitFor(/Shop works/);
    await tree().row('Shop');
  });

  it('says what to do where nothing is, and shows a user who was added by hand', async () => {
    await tree().expand('Shop');
    await tree().click(/Add a user to see/);
    await workbench.quickInput.enter('alice');
    // A new user stands open.
    await tree().row('bob', 3);
    // The peer is a user now.
    await tree().row('bob', 2);
    await tree().expand('Shop', 'alice', 'bob');
    await tree().row(/You too 👋$/, 5);
    const rows = await tree().rows();
    const day = rows.find(({ level }) => level === 4);
    assert.equal(day?.expanded, true, 'the newest day stands open');
    assert.match(rows.find(({ level }) => level === 5)?.label ?? '', /^\d\d:\d\d [→←] You too 👋$/);
  });

  it('loads more, and keeps what is there when a page fails', async () => {
    line.onRequest = ({ command }) => (command === 'openim/admin_getroammsg' ? 'gatewayBefore' : 'pass');
    await tree().click('Load more');
    const retry = await tree().row('Retry');
    assert.match((await retry.textContent()) ?? '', /502/);
    line.onRequest = () => 'pass';
    await tree().row(/You too/);
    await tree().click('Retry');
    await tree().row('Yesterday');
  });

  it('shows all facts of a message when the mouse rests on it', async () => {
    const { text } = await tree().hover(await tree().row(/You too/), 'MsgKey');
    for (const fact of [
      'You too 👋',
      'From: bob',
      'To: alice',
      'MsgSeq',
      'MsgRandom',
      'MsgFlagBits',
      'bytes',
    ]) {
      assert.ok(text.includes(fact), `${fact} in ${text}`);
    }
    await workbench.page.keyboard.press('Escape');
  });

  it('copies a MsgKey and opens a message by it', async () => {
    await tree().menu(/You too/, 'Copy Key');
    const told = await workbench.statusBar.waitFor(/MsgKey copied: \d+_\d+_\d+/);
    const [copied = ''] = /\d+_\d+_\d+/.exec(told) ?? [];
    await workbench.quickInput.runCommand('Tencent Chat: Open Message by Key…');
    await workbench.quickInput.enter(copied);
    await workbench.page.getByPlaceholder('UserID of the sender').waitFor();
    await workbench.quickInput.pick('bob');
    await workbench.page.getByPlaceholder('UserID of the receiver').waitFor();
    await workbench.quickInput.pick('alice');
    await workbench.editors.waitFor(/You too/);
  });

  it('goes to a date', async () => {
    await tree().action('bob', 'Go to Date', 3);
    const date = new Date(Date.now() - 4 * 86_400_000);
    await workbench.quickInput.pick('Another date…');
    await workbench.quickInput.asks(/Date as year-month-day/);
    await workbench.quickInput.enter(`${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`);
    const name = new Intl.DateTimeFormat('en', {
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
    });
    const row = await tree().row(name.format(date));
    await row.and(workbench.page.locator('[aria-expanded="true"]')).waitFor();
  });

  it('asks for a lost secret in one step, in its place', async () => {
    await workbench.closeEditors();
    // This host forgets secrets when its window is loaded anew.
    await workbench.reload();
    await workbench.openView('Tencent Chat');
    await tree().expand('Shop');
    await tree().expand('Shop', 'alice');
    await tree().click('Enter Secret…');
    await boxShows(/Secret of Shop/);
    await workbench.quickInput.enter(sandbox.secretKey);
    await tree().row('bob', 3);
  });

  it('shows a message that cannot be read in a row of its own, its JSON a click away', async () => {
    line.onAnswer = (_request, answer) => answer.replace(/"MsgSeq":(\d+)/, '"MsgSeq":"$1 as text"');
    await workbench.quickInput.runCommand('Tencent Chat: Refresh');
    await tree().expand('Shop', 'alice', 'bob');
    const row = await tree().row('A message that cannot be read');
    await row
      .locator('.label-description')
      .filter({ hasText: 'MsgSeq has a value of another type' })
      .waitFor();
    await tree().row('Load more');
    await tree().click('A message that cannot be read');
    await workbench.editors.textEditor().locator('.view-line', { hasText: 'as text' }).waitFor();
    assert.match(await workbench.editors.visibleText(), /^\{\n.*"MsgSeq": "\d+ as text"/s);
    line.onAnswer = (_request, answer) => answer;
  });

  it('starts a sandbox of its own, and one that a person stopped again when asked to', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Try the Sandbox');
    await tree().expand('Sandbox', 'dave', 'support-bot');
    await workbench.quickInput.runCommand('Tencent Chat: Stop Sandbox');
    await workbench.statusBar.waitFor(/The sandbox was stopped/);
    await tree().expand('Sandbox', 'support-bot');
    await tree().click('Start Sandbox');
    await tree().row('dave', 3);
  });

  it('says which open messages are no longer there after a reset of the sandbox', async () => {
    await tree().expand('Sandbox', 'dave', 'support-bot');
    await workbench.quickInput.runCommand('View: Close All Editors');
    const rows = await tree().rows();
    const own = rows.slice(rows.findIndex(({ label }) => label === 'Sandbox'));
    await tree().click(own.find(({ label }) => /^\d\d:\d\d/.test(label))?.label ?? '');
    const page = await new MessagePage(workbench).ready();
    await workbench.quickInput.runCommand('Tencent Chat: Reset Sandbox…');
    await workbench.dialogs.press('Reset');
    await workbench.notifications.waitFor(/An open message is not in it any more; its text stays/);
    await page.frame.locator('.tag-gone').waitFor();
  });

  it('has the sandbox of the setting without a question', async () => {
    await workbench.setSettings({
      'workbench.tree.enableStickyScroll': false,
      'tencentChat.sandbox.endpoint': sandbox.url,
    });
    await workbench.quickInput.runCommand('Tencent Chat: Show Sandbox Status');
    await workbench.notifications.waitFor(`runs at ${sandbox.url}`);
    await workbench.quickInput.runCommand('Tencent Chat: Refresh');
    await tree().expandBelow('Sandbox', 'dave', 'support-bot');
    // A recalled message says so.
    await tree().row(/Recalled/);
  });
});
