import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ChatClient } from '../../src/chat/client';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';

const SECRET = 'f3c1a9d27b8e4506f3c1a9d27b8e4506f3c1a9d27b8e4506f3c1a9d27b8e4506';

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

describe('a production connection', function () {
  this.timeout(180_000);

  let sandbox: RunningSandbox;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({ secretKey: SECRET });
    workbench = await startWorkbench();
  });

  after(async () => {
    await workbench.stop();
    await sandbox.stop();
  });

  it('asks every time, names what it is about, and sends only on Modify', async () => {
    const colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: body('live') });
    await addProductionConnection(workbench, sandbox);
    await workbench.quickInput.runCommand('Tencent Chat: Open Message by Key…');
    await workbench.quickInput.enter(
      JSON.stringify({ From_Account: 'alice', To_Account: 'bob', MsgKey: key }),
    );
    const page = await new MessagePage(workbench).ready();
    await page.caretBehind('live');
    await workbench.page.keyboard.type(' show');
    const now = async (): Promise<string> =>
      (await colleague.findMessage({ from: 'alice', to: 'bob', key }))?.message.content.msgBody ?? '';
    await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
    const question = await workbench.dialogs.text();
    for (const part of ['PRODUCTION', 'Live shop', '1400000000', 'alice → bob', 'MsgBody']) {
      assert.ok(question.includes(part), `${part} in: ${question}`);
    }
    await workbench.dialogs.press('Show Changes');
    assert.match(await now(), /"live"/);
    assert.match(await workbench.editors.visibleText(1), /live show/);
    await workbench.editors.titleAction('Modify Message');
    await workbench.dialogs.press('Modify');
    await workbench.statusBar.waitFor(/Message modified/);
    assert.match(await now(), /"live show"/);
    colleague.dispose();
  });

  it('sends nothing while it is read-only', async () => {
    const before = sandbox.sandbox.calls.list('openim/modify_c2c_msg').total;
    await workbench.quickInput.runCommand('Tencent Chat: Make Connection Read-Only');
    await workbench.editors.show(/^alice ·/);
    const page = await new MessagePage(workbench).ready();
    await page.caretBehind('live show');
    await workbench.page.keyboard.type(' again');
    await page.press('Modify');
    await workbench.notifications.waitFor(/read-only/);
    assert.equal(sandbox.sandbox.calls.list('openim/modify_c2c_msg').total, before);
  });

  it('leaves its secret and its signatures nowhere on the disk', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Show Last Requests');
    const files = await readdir(workbench.home, { recursive: true, withFileTypes: true });
    const guilty: string[] = [];
    let searched = 0;
    for (const entry of files.filter((file) => file.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      const content = await readFile(file, 'latin1').catch(() => '');
      searched += 1;
      if (content.includes(SECRET) || /usersig=(?!…|\xe2)[\w*-]{20}/.test(content)) guilty.push(file);
    }
    assert.deepEqual(guilty, []);
    assert.ok(searched > 20, `${searched} files searched`);
  });
});

describe('two windows on one message', function () {
  this.timeout(180_000);

  it("see each other's drafts", async () => {
    const sandbox = await startSandbox();
    const workbench = await startWorkbench({ settings: { 'tencentChat.sandbox.endpoint': sandbox.url } });
    try {
      await openNewest(workbench);
      const other = await workbench.openWindow();
      await openNewest(other);
      const page = new MessagePage(workbench);
      await page.caretBehind('You too');
      await workbench.page.keyboard.type(' all');
      await workbench.editors.save();
      await new MessagePage(other).shows('You too all');
      await other.tree('Drafts').row(/bob → alice/);
      await other.stop();
    } finally {
      await workbench.stop();
      await sandbox.stop();
    }
  });
});

async function openNewest(workbench: Workbench): Promise<void> {
  await workbench.openView('Tencent Chat');
  const tree = workbench.tree('Conversations');
  await tree.expand('Sandbox', 'alice', 'bob');
  await tree.click(/You too/);
  await (await new MessagePage(workbench).ready()).shows('You too');
}

async function addProductionConnection(workbench: Workbench, sandbox: RunningSandbox): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.runCommand('Tencent Chat: Add Connection…');
  await quickInput.asks(/Name of the connection/);
  await quickInput.enter('Live shop');
  await quickInput.pick('Custom endpoint…');
  await quickInput.asks(/Endpoint: https/);
  await quickInput.enter(sandbox.url);
  await quickInput.asks(/SDKAppID of the app/);
  await quickInput.enter(String(sandbox.app.sdkAppId));
  await quickInput.asks(/administrator/);
  await quickInput.enter(sandbox.app.administrator);
  await quickInput.pick('Secret key');
  await quickInput.asks(/Secret key of SDKAppID/);
  await quickInput.enter(sandbox.secretKey);
  await quickInput.pick('Production');
  await workbench.notifications.waitFor(/Live shop was added/);
}
