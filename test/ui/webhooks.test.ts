import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { ChatServiceError } from '../../src/chat/errors';
import { eventually } from '../support/eventually';
import { ChatScene, messageIn, textBody } from '../support/ui/chatScene';
import { showFailures, type Workbench } from '../support/ui/workbench';

/** What is needed of an element of the page. */
interface Row {
  readonly textContent: string;
  scrollIntoView(): void;
}

describe('webhooks in the workbench', function () {
  this.timeout(300_000);

  let scene: ChatScene;
  let workbench: Workbench;
  let server: Server;
  const asked: string[] = [];

  before(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        asked.push(text);
        response.end('{"ErrorCode":120007}');
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    scene = await ChatScene.start({
      viewport: { width: 1400, height: 1200 },
      // So that what a conversation shows soon came by a webhook.
      settings: { 'tencentChat.conversation.followSeconds': 3600 },
    });
    ({ workbench } = scene);
    await workbench.openView('Tencent Chat');
    await showView(true);
  });

  after(async () => {
    await workbench.closeEditors();
    await workbench.inHost(`await vscode.commands.executeCommand('tencentChat.webhooks.stop');`);
    // As the next file of tests expects it.
    await showView(false);
    await scene.stop();
    server.close();
  });

  showFailures(() => workbench);

  /** Opens the view among the others, or folds it. */
  async function showView(open: boolean): Promise<void> {
    const header = workbench.page.locator('.pane-header[aria-label^="Webhooks"]');
    if ((await header.getAttribute('aria-expanded')) !== String(open)) await header.click();
    await header.and(workbench.page.locator(`[aria-expanded="${open}"]`)).waitFor();
  }

  /** The rows of the view that say this. */
  const rows = (text: RegExp): Locator =>
    workbench.tree('Webhooks').list.locator('.monaco-list-row').filter({ hasText: text });

  /** Sends a message. @returns the code with which the service refuses it */
  async function send(from: string, to: string, text: string): Promise<number> {
    try {
      await scene.colleague.sendMessage({ from, to, msgBody: textBody(text) });
      return 0;
    } catch (error) {
      if (error instanceof ChatServiceError) return error.code;
      throw error;
    }
  }

  /** Waits for a text editor in view whose document is named so and says this. */
  const inView = (name: RegExp, text: RegExp): Promise<unknown> =>
    eventually(
      () =>
        workbench.inHost<boolean>(`
          return vscode.window.visibleTextEditors.some(({ document }) =>
            ${name.toString()}.test(document.uri.path) && ${text.toString()}.test(document.getText()));`),
      `${text.source} in ${name.source}`,
    );

  it('appear as they come, are filtered and opened, answered by a rule, and sent to a server of one’s own', async () => {
    const { quickInput, dialogs, editors } = workbench;
    await quickInput.runCommand('Tencent Chat: Connect Sandbox to the Inbox');
    await eventually(
      () => scene.sandbox.sandbox.webhooks.target !== undefined,
      'the sandbox to be connected',
    );
    assert.equal(await send('alice', 'bob', 'hello hooks'), 0);
    assert.equal(await send('carol', 'dave', 'other words'), 0);
    for (const text of [/hello hooks · allowed/, /hello hooks · answered/, /other words · answered/])
      await rows(text).waitFor();

    await quickInput.runCommand('Tencent Chat: Filter Webhooks…');
    await quickInput.pick('Those of an account…');
    await quickInput.pick('carol');
    await rows(/hello hooks · allowed/).waitFor({ state: 'detached' });
    await rows(/other words · allowed/).waitFor();
    await quickInput.runCommand('Tencent Chat: Filter Webhooks…');
    await quickInput.pick('All webhooks');
    await rows(/hello hooks · allowed/).click();
    await inView(/\.chatwebhook\.json$/, /C2C\.CallbackBeforeSendMsg[^]*hello hooks/);

    await quickInput.runCommand('Tencent Chat: Add Webhook Rule…');
    await quickInput.pick('C2C.CallbackBeforeSendMsg');
    await quickInput.asks(/UserID of who sends/);
    await quickInput.enter('');
    await quickInput.asks(/Text in the message/);
    await quickInput.enter('spam');
    await quickInput.pick('Forbid, with a code');
    await quickInput.asks(/Code from 120001 to 130000/);
    await quickInput.enter('120001');
    await quickInput.asks(/Text that the sender gets/);
    await quickInput.enter('no adverts');
    await editors.waitFor('inbox.chatrules.json');
    // Until the inbox has heard of the rule, a message is let through.
    await eventually(async () => (await send('alice', 'bob', 'buy spam')) === 120001, 'the rule');
    await rows(/buy spam · refused with 120001/).click();

    await quickInput.runCommand('Tencent Chat: Replay Selected…');
    await quickInput.asks(/Address of your own server/);
    await quickInput.enter(`http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`);
    await inView(/\/webhooks\/answers\.json$/, /"status": 200[^]*120007/);
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /buy spam/);

    await quickInput.runCommand('Tencent Chat: Clear Webhooks…');
    await dialogs.press('Clear');
    await rows(/spam|hooks|words/)
      .first()
      .waitFor({ state: 'detached' });
  });

  it('bring a message into a conversation that is followed, and move nothing that is read', async () => {
    await workbench.closeEditors();
    await scene.colleague.accountImport({ userId: 'erin' });
    // A second apart: what one second holds stands in no order that could be foreseen.
    const begins = Math.floor(Date.now() / 1000) - 60;
    for (let index = 0; index < 40; index += 1) {
      const [from, to] = index % 3 === 0 ? ['erin', 'alice'] : ['alice', 'erin'];
      const body = textBody(`Line ${index}.`);
      const message = { from, to, seq: index + 1, random: index + 1, time: begins + index, body };
      scene.sandbox.store.change({ kind: 'message', message });
    }
    const page = await scene.showConversation('erin');
    await messageIn(page, 'Line 39.').waitFor();
    await page
      .getByRole('button', { name: 'Follow', exact: true })
      .and(page.locator('[aria-pressed="true"]'))
      .waitFor();
    const row = messageIn(page, 'Line 20.');
    await row.waitFor();
    // Found and scrolled to in one go: a row may be drawn anew at any time.
    await page
      .locator('.scroll')
      .evaluate((list: { querySelectorAll(of: string): Iterable<Row> }) =>
        [...list.querySelectorAll('article')]
          .find(({ textContent }) => textContent.includes('Line 20.'))
          ?.scrollIntoView(),
      );
    await page.getByRole('button', { name: 'To the Newest' }).waitFor();
    const before = await row.boundingBox();
    assert.equal(await send('erin', 'alice', 'By a webhook.'), 0);
    const fresh = page.getByRole('button', { name: 'New messages: 1' });
    await fresh.waitFor();
    assert.ok(Math.abs(((await row.boundingBox())?.y ?? 0) - (before?.y ?? 0)) < 2, 'it stays in its place');
    await fresh.click();
    await messageIn(page, 'By a webhook.').waitFor();
  });
});
