import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { c2cAddress } from '../../src/chat/address';
import { ChatClient } from '../../src/chat/client';
import { connectionId } from '../../src/connections/connection';
import { DraftStore } from '../../src/documents/draftStore';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { messageIn, openByKey, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { FaultyLine } from '../support/faultyLine';
import { addConnection } from '../support/ui/addConnection';
import { statesOf } from '../support/ui/journalStates';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, startWorkbench, type Workbench } from '../support/ui/workbench';

const SECRET = 'f3c1a9d27b8e4506f3c1a9d27b8e4506f3c1a9d27b8e4506f3c1a9d27b8e4506';

describe('a production connection', function () {
  this.timeout(360_000);

  let sandbox: RunningSandbox;
  let line: FaultyLine;
  let workbench: Workbench;
  let colleague: ChatClient;
  /** Every signature that a request carried. */
  const signatures = new Set<string>();
  let answer: 'pass' | 'gatewayBefore' = 'pass';

  before(async () => {
    sandbox = await startSandbox({ secretKey: SECRET });
    line = await FaultyLine.start(sandbox.url);
    line.onRequest = ({ query }) => {
      signatures.add(query.get('usersig') ?? '');
      return answer;
    };
    workbench = await startWorkbench();
    colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    await addConnection(workbench, sandbox, {
      name: 'Live shop',
      environment: 'Production',
      endpoint: line.url,
    });
  });

  after(async () => {
    colleague.dispose();
    await workbench.stop();
    await line.stop();
    await sandbox.stop();
  });

  showFailures(() => workbench);

  /** A new message in the page, and its key. */
  async function openMessage(text: string): Promise<{ page: MessagePage; key: string }> {
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody(text) });
    return { page: await openByKey(workbench, 'alice', key), key };
  }

  /** Changes by *Edit Connection…* what a connection is; the secret stays. */
  async function editConnection(name: string, environment: string, endpoint: string): Promise<void> {
    const { quickInput } = workbench;
    await quickInput.runCommand('Tencent Chat: Edit Connection…');
    await quickInput.pick('Name');
    await quickInput.asks(/Name of the connection/);
    await quickInput.enter(name);
    await quickInput.pick('Environment');
    await quickInput.pick(environment);
    await quickInput.pick('Endpoint');
    await quickInput.pick('Custom endpoint…');
    await quickInput.asks(/Endpoint: https/);
    await quickInput.enter(endpoint);
    await quickInput.pick('Secret');
    await quickInput.pick('Use the stored secret there too');
    await quickInput.pick('Test and Save');
    await workbench.tree('Conversations').row(name);
  }

  it('asks every time, names what it is about, and sends only on Modify', async () => {
    const { page, key } = await openMessage('live');
    await page.caretBehind('live');
    await workbench.page.keyboard.type(' show');
    const now = async (): Promise<string> =>
      (await colleague.findMessage({ chat: 'c2c', from: 'alice', to: 'bob', key }))?.message.content
        .msgBody ?? '';
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    const question = await workbench.dialogs.text();
    for (const part of ['PRODUCTION', 'Live shop', '1400000000', 'alice → bob', 'MsgBody']) {
      assert.ok(question.includes(part), `${part} in: ${question}`);
    }
    await workbench.dialogs.press('Show Changes');
    assert.match(await now(), /"live"/);
    await eventually(
      async () => (await workbench.editors.visibleText(1)).includes('live show'),
      'the change',
    );
    await workbench.editors.titleAction('Modify Message');
    await workbench.dialogs.press('Modify');
    await workbench.statusBar.waitFor(/Message modified/);
    assert.match(await now(), /"live show"/);
    await eventually(
      async () => !(await workbench.statusBar.texts()).some((text) => text.includes('Nothing was sent yet')),
      'the remark to go',
    );
    await eventually(
      async () => !(await workbench.editors.list()).some(({ label }) => label.includes('↔')),
      'the comparison to be closed',
    );
    await workbench.editors.show(/^alice ·/);
    await page.caretBehind('live show');
    await workbench.page.keyboard.type('n');
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    assert.match(await workbench.dialogs.text(), /PRODUCTION/);
    await workbench.dialogs.press('Show Changes');
    await workbench.editors.waitFor('↔');
    await workbench.editors.titleAction('Modify Message');
    await workbench.dialogs.press('Cancel');
    await workbench.statusBar.waitFor(/was not modified\. The draft is kept\./);
    await workbench.editors.tabs.filter({ hasText: '↔' }).first().waitFor({ state: 'detached' });
    await workbench.editors.waitFor(/^alice ·/);
    assert.match(await now(), /"live show"/);
  });

  it('shows its name and its colour in tree, page and status bar', async () => {
    await workbench.openView('Tencent Chat');
    const row = await workbench.tree('Conversations').row('Live shop');
    assert.match((await row.textContent()) ?? '', /Production/);
    const red = row.locator('.custom-view-tree-node-item-icon[style*="color"]');
    const [r = 0, g = 0, b = 0] = ((await red.getAttribute('style')) ?? '').match(/\d+/g)?.map(Number) ?? [];
    assert.ok(r > 2 * g && r > 2 * b, `${r}, ${g}, ${b} is no red`);
    await workbench.editors.show(/^alice ·/);
    const tag = new MessagePage(workbench).frame.locator('.marks').getByText('Live shop · Production');
    await tag.waitFor();
    const status = workbench.statusBar.items.filter({ hasText: 'Production: Live shop' });
    await status.waitFor();
    assert.match((await status.getAttribute('class')) ?? '', /warning-kind/);
  });

  it('asks before a recall and says that there is no way back', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Recall Message…');
    const question = await workbench.dialogs.text();
    for (const part of ['cannot be undone', 'Live shop', 'alice → bob', 'stays in the journal']) {
      assert.ok(question.includes(part), `${part} in: ${question}`);
    }
    await workbench.dialogs.press('Cancel');
    await workbench.statusBar.waitFor(/alice → bob, .* was not recalled\./);
    assert.deepEqual(sandbox.sandbox.calls.list('openim/admin_msgwithdraw').calls, []);
  });

  it('leaves its secret and its signatures nowhere on the disk, the log and an export included', async () => {
    const { page, key } = await openMessage('secret');
    await page.caretBehind('secret');
    await workbench.page.keyboard.type(' keeper');
    await page.press('Modify');
    await workbench.dialogs.press('Modify');
    await workbench.statusBar.waitFor(/Message modified/);
    // Which may be said of the message before.
    await eventually(
      async () => (await statesOf(key, workbench)).join() === 'done',
      'the end of the modification',
    );
    await workbench.quickInput.runCommand('Developer: Set Log Level...');
    // At that level for all, VS Code itself notes the addresses of requests, which the service wants signed.
    await workbench.quickInput.pick('Tencent Chat');
    await workbench.quickInput.pick('Trace');
    answer = 'gatewayBefore';
    await workbench.quickInput.runCommand('Tencent Chat: Reload from Service');
    await workbench.notifications.waitFor(/HTTP status 502/);
    answer = 'pass';
    await workbench.quickInput.runCommand('Tencent Chat: Show Last Requests');
    await eventually(async () => (await workbench.editors.visibleText(0)).includes('usersig='));
    const exported = path.join(workbench.home, 'export.jsonl');
    await workbench.quickInput.runCommand('Tencent Chat: Export Journal…');
    await workbench.quickInput.saveAs(exported);
    await workbench.notifications.waitFor(/exported to/);
    signatures.delete('');
    assert.ok(signatures.size > 0);
    // A folder that goes while they are listed, such as one of the browser's, ends the listing.
    const list = () => readdir(workbench.home, { recursive: true, withFileTypes: true });
    const logged = /Live shop: openim\/modify_c2c_msg, ErrorCode 0, \d+ ms/;
    await eventually(async () => {
      const logs = (await list().catch(() => [])).filter(({ name }) => name === 'Tencent Chat.log');
      const texts = logs.map(({ parentPath, name }) => readFile(path.join(parentPath, name), 'utf8'));
      return (await Promise.all(texts)).some((text) => logged.test(text));
    }, 'the call in the log');
    const files = await eventually(() => list().catch(() => undefined), 'all files');
    const guilty: string[] = [];
    const searched: string[] = [];
    for (const entry of files.filter((file) => file.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      const content = await readFile(file, 'latin1').catch(() => '');
      searched.push(file);
      if (
        content.includes(SECRET) ||
        [...signatures].some((signature) => content.includes(signature)) ||
        /usersig=(?!…|\xe2)[\w*-]{20}/.test(content)
      )
        guilty.push(file);
    }
    assert.deepEqual(guilty, []);
    for (const kind of [/journal.*\.json$/, /messages.*\.json$/, /Tencent Chat\.log$/, /export\.jsonl$/]) {
      assert.ok(
        searched.some((file) => kind.test(file)),
        `no ${kind.source}`,
      );
    }
  });

  it('sends nothing while it is read-only', async () => {
    const before = sandbox.sandbox.calls.list('openim/modify_c2c_msg').calls.length;
    await workbench.quickInput.runCommand('Tencent Chat: Make Connection Read-Only');
    await workbench.editors.show(/^alice ·/);
    const page = await new MessagePage(workbench).ready();
    await page.frame.locator('.marks').getByText('Read-only').waitFor();
    const modify = page.frame.getByRole('toolbar').locator('vscode-button[aria-label="Modify"]');
    await modify.and(page.frame.locator('[appearance="secondary"]')).waitFor();
    const row = await workbench.tree('Conversations').row('Live shop');
    await row
      .locator('.label-description')
      .filter({ hasText: /^read-only · Production/ })
      .waitFor();
    await page.caretBehind('live show');
    await workbench.page.keyboard.type(' again, ');
    await page.press('Modify');
    await workbench.notifications.waitFor(/read-only/);
    assert.equal(sandbox.sandbox.calls.list('openim/modify_c2c_msg').calls.length, before);
  });

  it('has its conversations followed only by who asks for it', async () => {
    await workbench.setSettings({ 'tencentChat.conversation.followSeconds': 1 });
    const { endpoint, sdkAppId, administrator } = { ...sandbox.app, endpoint: line.url };
    const id = connectionId({ endpoint, sdkAppId, administrator, credentialKind: 'secretKey' });
    const say = (text: string): Promise<unknown> =>
      colleague.sendMessage({ from: 'bob', to: 'alice', msgBody: textBody(text) });
    await say('Before it is shown.');
    await workbench.closeEditors();
    const place = { connectionId: id, user: 'alice', chat: { chat: 'c2c', user: 'alice', peer: 'bob' } };
    await workbench.inHost(
      `await vscode.commands.executeCommand('tencentChat.conversation.show', ${JSON.stringify(place)})`,
    );
    const page = workbench.editors.webview();
    await messageIn(page, 'Before it is shown.').waitFor();
    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    await follow.and(page.locator('[aria-pressed="false"]')).waitFor();
    await say('While nobody follows.');
    // Looks would be a second apart.
    await workbench.page.waitForTimeout(2_500);
    assert.equal(await page.getByText('While nobody follows.').count(), 0);
    await follow.click();
    await follow.and(page.locator('[aria-pressed="true"]')).waitFor();
    await messageIn(page, 'While nobody follows.').waitFor();
    await say('While somebody follows.');
    await messageIn(page, 'While somebody follows.').waitFor();
    await workbench.closeEditors();
  });

  it('is what it was made, in page, tree and status bar at once, and brings along what a crash left under its old id', async () => {
    const former = connectionId({
      ...{ endpoint: line.url, sdkAppId: sandbox.app.sdkAppId },
      ...{ administrator: sandbox.app.administrator, credentialKind: 'secretKey' },
    });
    await workbench.openView('Tencent Chat');
    const { page } = await openMessage('followed');
    const tag = page.frame.locator('.marks');
    await editConnection('Old shop', 'Test', line.url.replace('127.0.0.1', 'localhost'));
    await tag.getByText('Old shop · Test').waitFor();
    await workbench.statusBar.items.filter({ hasText: 'Production: Live shop' }).waitFor({ state: 'hidden' });
    const row = await workbench.tree('Conversations').row('Old shop');
    assert.match((await row.textContent()) ?? '', /Test/);

    // As if the window had died before it came to this draft.
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('as sent') });
    await new DraftStore(path.join(workbench.storage, 'messages')).write({
      ref: { connectionId: former, address: c2cAddress('alice', 'bob', key) },
      facts: undefined,
      base: { msgBody: textBody('as sent') },
      draft: JSON.stringify({ MsgBody: JSON.parse(textBody('left by a crash')) as unknown }),
      savedAt: Date.now(),
    });
    await workbench.reload();
    await workbench.openView('Tencent Chat');
    await eventually(async () => {
      const rows = await workbench.tree('Drafts').rows();
      return rows.some(({ description }) => description.includes('left by a crash'));
    }, 'the draft');
  });
});
