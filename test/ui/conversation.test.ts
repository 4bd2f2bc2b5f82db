import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame, FrameLocator } from 'playwright-core';
import { readFault } from '../../src/sandbox/http/faults';
import { eventually } from '../support/eventually';
import { ChatScene, messageIn, textBody } from '../support/ui/chatScene';
import { showFailures, type Workbench } from '../support/ui/workbench';

/** The sample data in words that a person sees: one message of each element. */
const SHOWN = [
  /Image.*2448 × 3264/s, /File/s, /Voice message/s, /Video/s, /Location/s, /Sticker/s, /Custom message.*notification/s,
  /Chat history.*Group chat history/s, /hello/,
]; // prettier-ignore
const HOSTILE = '<img src=x onerror="document.title=1">[x](command:a.b)$(trash)\u202e';
const THEMES = [
  ['light', 'vscode-light'],
  ['dark', 'vscode-dark'],
  ['hcDark', 'vscode-high-contrast'],
  ['hcLight', 'vscode-high-contrast-light'],
] as const;

describe('the conversation as its users see it', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let workbench: Workbench;
  showFailures(() => workbench);

  before(async () => {
    scene = await ChatScene.start();
    ({ workbench } = scene);
  });
  after(() => scene.stop());

  /** Shows alice's conversation with somebody, as a row of the tree would. */
  const show = async (peer: string): Promise<FrameLocator> => {
    const page = await scene.showConversation(peer);
    await page.getByRole('feed').getByRole('article').last().waitFor();
    return page;
  };

  /** Once the colours of a theme, or another width, have come. */
  async function isForEverybody(what: string): Promise<void> {
    let found: readonly string[] = [];
    await eventually(async () => (found = await problems()).length === 0, `nothing wrong in ${what}`).catch(
      (error: unknown) => assert.deepEqual(found, [], String(error)),
    );
  }

  async function problems(): Promise<string[]> {
    const handle = await workbench.editors.webview().owner().elementHandle();
    const frame: Frame | null = await handle.contentFrame();
    assert.ok(frame);
    await frame.evaluate(axe.source);
    const { violations } = await frame.evaluate<axe.AxeResults>('axe.run()');
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  }

  it('shows every element, opens what was forwarded in place, and is for everybody in four themes', async () => {
    const { colleague } = scene;
    await colleague.sendMessage({ from: 'carol', to: 'alice', msgBody: textBody(HOSTILE) });
    await colleague.sendMessage({ from: 'alice', to: 'carol', msgBody: textBody('مرحبا يا كارول 😀 你好') });
    // Everything is drawn that is near to what is seen.
    await workbench.page.setViewportSize({ width: 1400, height: 2400 });
    const page = await show('carol');
    await messageIn(page, HOSTILE).waitFor();
    assert.equal(await page.locator('#page img, #page a, #page script').count(), 0);
    for (const text of SHOWN) await messageIn(page, text).waitFor({ state: 'attached' });
    const forwarded = messageIn(page, /Chat history/);
    await forwarded.locator('summary').first().click();
    await forwarded.getByText('I think it’s great.').last().waitFor();
    await messageIn(page, /notification/)
      .locator('summary')
      .first()
      .click();
    await messageIn(page, HOSTILE).click();
    for (const [kind, name] of THEMES) {
      await workbench.setTheme(kind);
      await page.locator(`body.${name}`).waitFor();
      await workbench.screenshot(`conversation-${kind}`);
      await isForEverybody(kind);
    }
    await workbench.setTheme('light');
  });

  it('begins at the newest message, and loads older ones as one scrolls up', async () => {
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
    await scene.colleague.accountImport({ userId: 'erin' });
    const say = (text: string, isMine: boolean): Promise<{ readonly key: string }> =>
      scene.colleague.sendMessage({
        from: isMine ? 'alice' : 'erin',
        to: isMine ? 'erin' : 'alice',
        msgBody: textBody(text),
      });
    // Messages of one second have no order of their own.
    const nextSecond = (): Promise<unknown> => {
      const now = Math.floor(Date.now() / 1000);
      return eventually(() => Math.floor(Date.now() / 1000) > now, 'the next second');
    };
    const { key } = await say('The oldest.', false);
    await nextSecond();
    for (let index = 0; index < 120; index++) await say(`Line ${index}.`, index % 3 !== 0);
    await nextSecond();
    await say('The newest.', true);
    await workbench.closeEditors();
    const page = await show('erin');
    await messageIn(page, 'The newest.').waitFor();
    await workbench.screenshot('conversation-long');
    const feed = page.getByRole('feed');
    await page.getByRole('article').last().click();
    const scrolled = (until: () => boolean | Promise<boolean>, what: string): Promise<true> =>
      eventually(async () => {
        await feed.hover();
        await workbench.page.mouse.wheel(0, -3000);
        return until();
      }, what);
    // What is being read is waited for before it is said that nothing has it.
    const { faults } = scene.sandbox.sandbox;
    const late = { command: 'openim/admin_getroammsg', kind: 'delay', delayMs: 2000, times: 1 };
    faults.add(readFault(late).fault);
    // A fault is used up when its call has come in.
    await scrolled(() => faults.list().length === 0, 'the call for older ones');
    await workbench.page.keyboard.press('ControlOrMeta+KeyF');
    await page.getByRole('textbox', { name: 'Find' }).pressSequentially('the oldest');
    await page.getByRole('search').getByText('1 of 1', { exact: true }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await scrolled(() => messageIn(page, 'The oldest.').isVisible(), 'the oldest message');

    // In a page that has not read it, and that another one hides.
    await workbench.closeEditors();
    await show('erin');
    await (await show('bob')).getByRole('heading', { name: /bob|Bob/ }).waitFor();
    const again = await scene.showConversation('erin', 'alice', { from: 'erin', to: 'alice', key });
    await again.locator('article.selected').filter({ hasText: 'The oldest.' }).waitFor();
  });

  it('is walked with keys, opens a message beside, and has room in a narrow window', async () => {
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
    await workbench.closeEditors();
    const page = await show('bob');
    const { keyboard } = workbench.page;
    await page.getByRole('article').last().waitFor();
    await page.locator('.scroll:focus').waitFor();
    await keyboard.press('End');
    await page.locator('article.selected:focus').waitFor();
    await keyboard.press('ArrowUp');
    await keyboard.press('Shift+ArrowUp');
    await eventually(async () => (await page.locator('article.selected').count()) === 2, 'two are selected');
    await keyboard.press('ArrowUp');
    await eventually(async () => (await page.locator('article.selected').count()) === 1, 'one is selected');
    const label = await page.locator('article.selected:focus').getAttribute('aria-label');
    await keyboard.press('Enter');
    await eventually(async () => (await workbench.editors.webviewCount()) === 2, 'the editor beside');
    const still = page.locator('article.selected');
    assert.equal(await still.getAttribute('aria-label'), label);
    await still.filter({ visible: true }).waitFor();
    await workbench.closeEditors();
    await workbench.inHost('await vscode.commands.executeCommand("workbench.action.closeSidebar")');
    const narrow = await show('carol');
    for (const [what, width, height] of [
      ['narrow', 378, 600],
      ['200-percent', 700, 450],
      ['narrow-200-percent', 378, 450],
    ] as const) {
      await workbench.page.setViewportSize({ width, height });
      await eventually(
        async () =>
          await narrow.locator('html').evaluate((html) => {
            const { scrollWidth, clientWidth } = html as unknown as Record<
              'scrollWidth' | 'clientWidth',
              number
            >;
            return scrollWidth <= clientWidth;
          }),
        'nothing to scroll to on the right',
      );
      await workbench.screenshot(`conversation-${what}`);
    }
    await isForEverybody('a narrow window');
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
  });
});
