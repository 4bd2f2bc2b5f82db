import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FrameLocator, Locator } from 'playwright-core';
import { ChatClient } from '../../src/chat/client';
import { connectionId } from '../../src/connections/connection';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { openByKey, textBody } from '../support/ui/chatScene';
import { startWorkbench, showFailures, type Workbench } from '../support/ui/workbench';
import { Walkthrough } from '../support/ui/walkthrough';

const table = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const code = table('l10n/bundle.l10n.zh-cn.json');
const english = table('package.nls.json');
const chinese = table('package.nls.zh-cn.json');

/** What VS Code itself says, whose own texts are English here, and the name that problems have as their source. */
const kept = new Set(['Cancel', 'Close', 'Warning', 'Tencent Chat']);

/** English texts of the extension that are others in Chinese: nobody is to see one. */
const foreign = new Set(
  [
    ...Object.entries(code).flatMap(([text, translated]) => (text === translated ? [] : [text])),
    ...Object.entries(english).flatMap(([key, text]) => (text === chinese[key] ? [] : [text])),
  ].filter((text) => !kept.has(text)),
);

/** A text as the bundle has it. */
function word(text: string): string {
  const translated = code[text];
  assert.ok(translated !== undefined && translated !== text, text);
  return translated;
}

/** What this needs of a page; tests do without the types of a browser. */
interface PageElement {
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Texts and names of what is shown below an element. Runs in the page. */
function textsBelow(root: PageElement): string[] {
  const TEXT = 3;
  return [...root.querySelectorAll('*')]
    .flatMap((one) => [
      ...['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name)),
      ...[...one.childNodes].flatMap(({ nodeType, textContent }) => (nodeType === TEXT ? [textContent] : [])),
    ])
    .map((text) => text?.trim() ?? '')
    .filter((text) => text !== '');
}

/** What a person meets of the extension in a window that speaks Chinese; pictures of it are in out/screenshots. */
describe('a window in Chinese', function () {
  this.timeout(360_000);

  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox();
    colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    workbench = await startWorkbench({ locale: 'zh-cn' });
  });

  after(async () => {
    await workbench.stop();
    colleague.dispose();
    await sandbox.stop();
  });

  showFailures(() => workbench);

  /** Nothing that is shown there is one of our English texts. Takes a picture of the window beside. */
  async function isChinese(where: Locator | FrameLocator, picture: string): Promise<void> {
    await workbench.screenshot(`chinese-${picture}`);
    const root = 'owner' in where ? where.locator('body') : where;
    const texts = await root.evaluate(textsBelow);
    assert.ok(
      texts.some((text) => /\p{Script=Han}/u.test(text)),
      `something of ${picture} is Chinese`,
    );
    assert.deepEqual(
      texts.filter((text) => foreign.has(text)),
      [],
      picture,
    );
  }

  /** Runs a command that may ask something: nobody waits for its end. */
  async function begin(command: string, ...args: readonly unknown[]): Promise<void> {
    const given = [command, ...args].map((one) => JSON.stringify(one)).join(', ');
    await workbench.inHost(`void vscode.commands.executeCommand(${given});`);
  }

  it('asks for a connection in Chinese, step by step', async () => {
    const { quickInput } = workbench;
    await workbench.openView(chinese.category ?? '');
    await begin('tencentChat.connection.add');
    const custom = word('Custom endpoint…');
    await quickInput.widget.getByText(custom).waitFor();
    await isChinese(quickInput.widget, 'wizard-1');
    await quickInput.pick(custom);
    await quickInput.asks(word('Endpoint: https, or http on this machine'));
    await quickInput.enter(sandbox.url);
    await quickInput.asks(word('SDKAppID of the app'));
    await isChinese(quickInput.widget, 'wizard-2');
    await quickInput.enter(String(sandbox.app.sdkAppId));
    const secret =
      'Secret key of SDKAppID {0} from the console, or a UserSig of an administrator. It stays in the secret storage.';
    await quickInput.asks(word(secret).replace('{0}', String(sandbox.app.sdkAppId)));
    await isChinese(quickInput.widget, 'wizard-3');
    await quickInput.enter(sandbox.secretKey);
    await quickInput.pick(word('Name'));
    await quickInput.asks(word('Name of the connection, as it stands in the tree'));
    await quickInput.enter('商店');
    await quickInput.widget.getByText(word('Test and Save')).waitFor();
    await isChinese(quickInput.widget, 'wizard-4');
    await quickInput.pick(word('Environment'));
    await quickInput.widget.getByText(word('Production'), { exact: true }).waitFor();
    await isChinese(quickInput.widget, 'wizard-environment');
    await quickInput.pick(word('Production'));
    await quickInput.pick(word('Test and Save'));
    await workbench.notifications.waitFor(/已添加 商店/);
    await workbench.notifications.clear();
  });

  it('shows tree, page, problems, question, drafts and history in Chinese', async () => {
    const { page } = workbench;
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('你好') });
    const message = await openByKey(workbench, 'alice', key);
    await begin('tencentChat.message.reveal');
    await workbench.tree(chinese['view.explorer'] ?? '').row(/你好/);
    await message.shows('你好');
    await isChinese(page.locator('.part.sidebar'), 'tree-and-page');
    await isChinese(message.frame, 'page');

    await message.replaceBody('[{"MsgType":"TIMTextElem","MsgContent":{"Txt":"你好"}}]');
    await begin('workbench.actions.view.problems');
    const panel = page.locator('.part.panel .markers-panel');
    await panel.getByText('TIMTextElem 没有 Text').waitFor();
    await isChinese(panel, 'problems');
    await isChinese(message.frame, 'page-with-problems');
    await begin('workbench.action.closePanel');
    await panel.waitFor({ state: 'hidden' });

    await message.replaceBody(textBody('你好 👋'));
    await workbench.editors.save();
    const drafts = workbench.tree(chinese['view.drafts'] ?? '');
    await drafts.row(/alice/);
    await isChinese(page.locator('.part.sidebar'), 'drafts');

    await begin('tencentChat.message.modify');
    await workbench.dialogs.box.waitFor();
    await isChinese(workbench.dialogs.box, 'question');
    await workbench.dialogs.press(word('Modify'));
    await begin('tencentChat.history.showAll');
    await workbench.tree(chinese['view.history'] ?? '').row(/alice/);
    await isChinese(page.locator('.part.sidebar'), 'history');
    await isChinese(page.locator('.part.statusbar'), 'status-bar');
  });

  it('shows the page of a conversation, of a code, and the walkthrough in Chinese', async () => {
    await workbench.closeEditors();
    await begin('tencentChat.errorCode.explain', 60_026);
    const explained = workbench.editors.webview();
    await explained.getByRole('heading', { name: '60026' }).waitFor();
    await isChinese(explained, 'code');
    await workbench.closeEditors();

    await begin('tencentChat.walkthrough.open');
    const walkthrough = new Walkthrough(workbench.page);
    const title = (step: string): string => chinese[`walkthrough.firstContact.${step}.title`] ?? '';
    assert.deepEqual(
      await walkthrough.steps(),
      ['try', 'open', 'change', 'modify', 'undo', 'add'].map(title),
    );
    // Done before the walkthrough was ever opened.
    for (const step of ['open', 'change', 'modify', 'add']) await walkthrough.waitUntilDone(title(step));
    await isChinese(workbench.page.locator('.gettingStartedContainer'), 'walkthrough');
    await workbench.closeEditors();

    const chat = { chat: 'c2c', user: 'alice', peer: 'bob' };
    const id = connectionId({ ...sandbox.app, credentialKind: 'secretKey' });
    await begin('tencentChat.conversation.show', { connectionId: id, user: 'alice', chat });
    const conversation = workbench.editors.webview();
    await conversation.getByRole('article').filter({ hasText: '你好' }).first().waitFor();
    await isChinese(conversation, 'conversation');
  });
});
