import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { EditorScene } from '../../support/ui/editorScene';
import type { MessagePage } from '../../support/ui/messagePage';
import { showFailures, type Workbench } from '../../support/ui/workbench';

const BODY =
  '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"first"}},' +
  '{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"a\\":[1,true,null]}","Desc":"d","Ext":"","Sound":""}}]';
/** One element of every type, and one that no client knows. */
const EVERY_ELEMENT = [
  ['TIMTextElem', { Text: 'Hello 你好 😀\nand averylongwordthatisbrokensomewherebecausenoscreenissowide' }],
  [
    'TIMImageElem',
    { UUID: 'u', ImageFormat: 1, ImageInfoArray: [{ Type: 1, Size: 2048, Width: 40, Height: 30 }] },
  ],
  ['TIMFileElem', { Url: 'https://example.com/f', UUID: 'u', FileSize: 1773552, FileName: 'Report.pdf' }],
  ['TIMSoundElem', { Url: 'https://example.com/s', UUID: 'u', Size: 62351, Second: 3 }],
  ['TIMVideoFileElem', { VideoUrl: 'https://example.com/v', VideoSize: 99, VideoSecond: 5, ThumbWidth: 72 }],
  ['TIMLocationElem', { Desc: 'Pier 7', Latitude: 29.34, Longitude: 116.77 }],
  ['TIMFaceElem', { Index: 4, Data: 'smile' }],
  ['TIMCustomElem', { Data: '{"order":1}', Desc: 'Order shipped', Ext: '{"v":2}', Sound: '' }],
  ['TIMRelayElem', { Title: 'Alice and Bob', MsgNum: 2, AbstractList: ['Alice: hi', 'Bob: ho'] }],
  ['TIMNewElem', {}],
].map(([MsgType, MsgContent]) => ({ MsgType, MsgContent }));
const THEMES = [
  ['light', 'vscode-light'],
  ['dark', 'vscode-dark'],
  ['hcDark', 'vscode-high-contrast'],
  ['hcLight', 'vscode-high-contrast-light'],
] as const;
const CLOUD = '"{\\"n\\":1}"';
/** What this needs of a page; tests do without the types of a browser. */
declare function getComputedStyle(element: unknown): { readonly color: string };

describe('what the message editor looks like', function () {
  this.timeout(360_000);

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
    for (const [kind, name] of THEMES) {
      await workbench.setTheme(kind);
      await page.frame.locator(`body.${name}`).waitFor();
      await workbench.screenshot(`message-editor-${kind}`);
      for (const look of ['primary', 'secondary']) {
        await eventually(async () => {
          const [painted, themes] = (await buttonColors(look)) ?? [];
          return painted !== undefined && painted === themes;
        }, `${look} buttons in ${kind}`);
      }
      await isForEverybody(kind);
    }
  });

  it("has the theme's colours for JSON, and the user's own on top", async () => {
    const page = await open();
    const colored = (kind: string, pane: 'MsgBody' | 'CloudCustomData', rgb: string): Promise<unknown> =>
      eventually(async () => {
        const token = page.pane(pane).locator(`.json-${kind}`).first();
        return (await token.evaluate((one) => getComputedStyle(one).color)) === rgb;
      }, `${kind} in ${rgb}`);
    const solarized = { ...scene.settings, 'workbench.colorTheme': 'Solarized Light' };
    await workbench.setSettings(solarized);
    await colored('string', 'MsgBody', 'rgb(42, 161, 152)');
    await colored('number', 'CloudCustomData', 'rgb(211, 54, 130)');
    await workbench.screenshot('message-editor-solarized');
    await workbench.setSettings({
      ...solarized,
      'editor.tokenColorCustomizations': { '[Solarized Light]': { strings: '#123456' } },
    });
    await colored('string', 'MsgBody', 'rgb(18, 52, 86)');
    await colored('number', 'CloudCustomData', 'rgb(211, 54, 130)');
    await workbench.setSettings(scene.settings);
    await workbench.setTheme('dark');
    await colored('string', 'MsgBody', 'rgb(206, 145, 120)');
    await workbench.setTheme('light');
  });

  it('previews every element so that everybody can read it', async () => {
    const page = await open();
    await scene.replaceDocument(JSON.stringify({ MsgBody: EVERY_ELEMENT }, undefined, 2));
    await page.showPreview(true);
    const { preview } = page;
    const shown = [
      /^Hello 你好 😀\nand averylong/, /Image.*40 × 30.*2 kB/s, /File.*Report\.pdf.*1\.7 MB/s, /Voice message.*3 s/s,
      /Video.*5 s/s, /Location.*Pier 7.*29\.34, 116\.77/s, /Sticker.*#4.*smile/s, /Custom message.*Order shipped/s,
      /Chat history.*Alice and Bob.*Bob: ho.*2 messages/s, /Unknown element TIMNewElem/,
    ]; // prettier-ignore
    await preview
      .locator('.bubble')
      .nth(shown.length - 1)
      .waitFor();
    const bubbles = await preview.locator('.bubble').allTextContents();
    assert.equal(bubbles.length, shown.length);
    for (const [index, pattern] of shown.entries()) assert.match(bubbles[index] ?? '', pattern);
    for (const [kind, name] of THEMES) {
      await workbench.setTheme(kind);
      await page.frame.locator(`body.${name}`).waitFor();
      await workbench.screenshot(`message-preview-${kind}`);
      await isForEverybody(kind);
    }
    await page.showPreview(false);
  });

  for (const [what, width, height] of [
    ['320 pixels', 378, 900],
    ['200 percent', 700, 450],
    ['200 percent of a narrow window', 378, 450],
  ] as const) {
    it(`reaches everything at ${what}`, async () => {
      const page = await open();
      await scene.replaceDocument(JSON.stringify({ MsgBody: EVERY_ELEMENT }, undefined, 2));
      await workbench.inHost('await vscode.commands.executeCommand("workbench.action.closeSidebar")');
      await workbench.page.setViewportSize({ width, height });
      for (const preview of [false, true]) {
        await page.showPreview(preview);
        const frame = await pageFrame();
        // Nothing to scroll to on the right, nor below the page itself; a new size takes a moment to be laid out.
        await eventually(
          () =>
            frame.evaluate<boolean>(
              `(({ scrollWidth, scrollHeight }) => scrollWidth <= innerWidth &&
                scrollHeight <= Math.max(innerHeight, document.getElementById('page').scrollHeight)
              )(document.documentElement)`,
            ),
          'a page without a void',
        );
        await eventually(async () => (await unreachable()).length === 0, 'everything to be reached');
      }
      await workbench.screenshot(`message-editor-${width}-${height}`);
      await page.showPreview(false);
    });
  }

  /** The page's frame itself, for what a locator cannot do. */
  async function pageFrame(): Promise<Frame> {
    const handle = await workbench.editors.webview().owner().elementHandle();
    const frame = await handle.contentFrame();
    assert.ok(frame);
    return frame;
  }

  /**
   * What of the page cannot be scrolled into view as a whole, of buttons, or at all. In one go: the page draws its buttons
   * anew whenever it learns something of the message.
   */
  async function unreachable(): Promise<string[]> {
    return (await pageFrame()).evaluate<string[]>(`(() => {
      const inView = (part, whole) => {
        part.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return whole
          ? left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1
          : left < innerWidth && right > 0 && top < innerHeight && bottom > 0;
      };
      const buttons = [...document.querySelectorAll('[role="toolbar"] vscode-button')];
      const missed = buttons.filter((button) => !inView(button, true)).map(({ ariaLabel }) => ariaLabel);
      if (buttons.length === 0) missed.push('toolbar');
      for (const selector of ['.cm-content[aria-label^="CloudCustomData"], [aria-label="Add CloudCustomData"]', '.problems']) {
        const part = document.querySelector(selector);
        if (!part || !inView(part, false)) missed.push(selector);
      }
      return missed;
    })()`);
  }

  /** The background of a button, and the one that the theme has for such buttons. Undefined until the widgets are there. */
  async function buttonColors(look: string): Promise<[painted: string, themes: string] | undefined> {
    const variable =
      look === 'primary' ? '--vscode-button-background' : '--vscode-button-secondaryBackground';
    return (await pageFrame()).evaluate<[string, string] | undefined>(`(() => {
      const button = document.querySelector('vscode-button[appearance="${look}"]:not([disabled])');
      if (!button?.shadowRoot) return undefined;
      const probe = document.body.appendChild(document.createElement('div'));
      probe.style.backgroundColor = 'var(${variable}, transparent)';
      const colors = [getComputedStyle(button).backgroundColor, getComputedStyle(probe).backgroundColor];
      probe.remove();
      return colors;
    })()`);
  }

  /** Once the colours of a theme have come. */
  async function isForEverybody(kind: string): Promise<void> {
    let problems: readonly string[] = [];
    await eventually(
      async () => (problems = await accessibilityProblems()).length === 0,
      `nothing wrong in ${kind}`,
    ).catch((error: unknown) => assert.deepEqual(problems, [], String(error)));
  }

  async function accessibilityProblems(): Promise<string[]> {
    const frame = await pageFrame();
    await frame.evaluate(axe.source);
    // Line numbers have VS Code's own colours, which are as faint as people know them.
    const { violations } = await frame.evaluate<axe.AxeResults>("axe.run({ exclude: ['.cm-gutters'] })");
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
  }
});
