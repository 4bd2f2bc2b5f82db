import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { EditorScene } from '../support/ui/editorScene';
import type { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';

const BODY =
  '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"first"}},' +
  '{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"a\\":[1,true,null]}","Desc":"d","Ext":"","Sound":""}}]';
const CLOUD = '"{\\"n\\":1}"';

describe('what the message editor looks like', function () {
  this.timeout(120_000);

  let scene: EditorScene;
  let workbench: Workbench;
  showFailures(() => workbench);

  before(async () => {
    scene = await EditorScene.start();
    ({ workbench } = scene);
  });

  after(() => scene.stop());
  afterEach(() => scene.tidy());

  const open = (): Promise<MessagePage> => scene.open(BODY, CLOUD);

  it('follows the theme and the settings while it is open', async () => {
    const page = await open();
    const { settings } = scene;
    await workbench.setSettings({ ...settings, 'editor.wordWrap': 'on', 'editor.lineNumbers': 'off' });
    await page.frame.locator('.cm-lineWrapping').first().waitFor();
    await page.frame.locator('.cm-lineNumbers').first().waitFor({ state: 'detached' });
    await workbench.setSettings(settings);
    await page.frame.locator('.cm-lineNumbers').first().waitFor();
    for (const [kind, name] of [
      ['light', 'vscode-light'],
      ['dark', 'vscode-dark'],
      ['hcDark', 'vscode-high-contrast'],
      ['hcLight', 'vscode-high-contrast-light'],
    ] as const) {
      await workbench.setTheme(kind);
      await page.frame.locator(`body.${name}`).waitFor();
      await workbench.screenshot(`message-editor-${kind}`);
      assert.deepEqual(await accessibilityProblems(), [], kind);
    }
  });

  it('reaches everything at 320 pixels and at 200 percent', async () => {
    const page = await open();
    await workbench.inHost('await vscode.commands.executeCommand("workbench.action.closeSidebar")');
    for (const width of [380, 700]) {
      await workbench.page.setViewportSize({ width, height: 900 });
      await page.frame.locator('.toolbar').waitFor();
      const frame = await pageFrame();
      const [inner, content] = await frame.evaluate<[number, number]>(
        '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
      );
      assert.ok(content <= inner, `${content} in ${inner}`);
      for (const button of await page.frame.getByRole('toolbar').locator('vscode-button').all()) {
        const box = await button.boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= width);
      }
    }
    await workbench.screenshot('message-editor-narrow');
  });

  /** The page's frame itself, for what a locator cannot do. */
  async function pageFrame(): Promise<Frame> {
    const handle = await workbench.editors.webview().owner().elementHandle();
    const frame = await handle.contentFrame();
    assert.ok(frame);
    return frame;
  }

  async function accessibilityProblems(): Promise<string[]> {
    const frame = await pageFrame();
    await frame.evaluate(axe.source);
    // Line numbers have VS Code's own colours, which are as faint as people know them.
    const { violations } = await frame.evaluate<axe.AxeResults>("axe.run({ exclude: ['.cm-gutters'] })");
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
  }
});
