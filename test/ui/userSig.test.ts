import assert from 'node:assert/strict';
import axe from 'axe-core';
import { makeUserSig } from '../../src/chat/userSig';
import { eventually } from '../support/eventually';
import { ChatScene } from '../support/ui/chatScene';
import { showFailures, type Workbench } from '../support/ui/workbench';

describe('the page of an examined UserSig', function () {
  this.timeout(300_000);

  let scene: ChatScene;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start();
    ({ workbench } = scene);
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').expand('Sandbox');
  });
  after(async () => {
    await workbench.closeEditors();
    await scene.stop();
  });
  showFailures(() => workbench);

  const lines = async (): Promise<string[]> => (await workbench.editors.visibleText()).split('\n');
  /** The colour of a line that says this. */
  const colour = (text: string): Promise<string> =>
    workbench.editors
      .textEditor()
      .getByText(text)
      .evaluate((span) => {
        const { getComputedStyle } = globalThis as unknown as {
          getComputedStyle: (element: unknown) => { readonly color: string };
        };
        return getComputedStyle(span).color;
      });

  it('marks good and bad by sign and colour, is for everybody in four themes, and wraps where it is narrow', async () => {
    const { quickInput, editors, page } = workbench;
    const { sdkAppId } = scene.sandbox.app;
    const userSig = makeUserSig(sdkAppId, 'f'.repeat(64), 'administrator');
    await quickInput.runCommand('Tencent Chat: Examine UserSig…');
    await quickInput.pick('Paste It…');
    await quickInput.asks(/neither stored nor logged/);
    await quickInput.enter(`?sdkappid=${sdkAppId}&identifier=alice&usersig=${userSig}`);
    await editors.waitFor('UserSig.txt');
    const good = '✓ It is encoded';
    const bad = '✗ It was not signed';
    await editors.textEditor().getByText(bad).waitFor();
    await page.evaluate(axe.source);
    for (const theme of ['light', 'dark', 'hcLight', 'hcDark'] as const) {
      await workbench.setTheme(theme);
      await eventually(async () => (await colour(good)) !== (await colour(bad)), `two colours in ${theme}`);
      let problems: readonly string[] = [];
      // Once all colours of the theme have come.
      await eventually(async () => {
        const { violations } = await page.evaluate<axe.AxeResults>(
          `axe.run('.part.editor .monaco-editor[role="code"]')`,
        );
        problems = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${theme} ${id}: ${html}`));
        return problems.length === 0;
      }, `nothing wrong in ${theme}`).catch((error: unknown) =>
        assert.deepEqual(problems, [], String(error)),
      );
    }
    const wide = (await lines()).length;
    await page.setViewportSize({ width: 700, height: 1800 });
    await eventually(async () => (await lines()).length > wide, 'wrapped lines');
  });
});
