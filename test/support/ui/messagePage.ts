import type { FrameLocator, Locator } from 'playwright-core';
import { eventually } from '../eventually';
import type { Workbench } from './workbench';

/** The message editor's page in the active editor. */
export class MessagePage {
  readonly frame: FrameLocator;

  constructor(private readonly workbench: Workbench) {
    this.frame = workbench.editors.webview();
  }

  /** The text of one of the two editors. */
  pane(name: 'MsgBody' | 'CloudCustomData'): Locator {
    return this.frame.locator(`.cm-content[aria-label^="${name}"]`);
  }

  get preview(): Locator {
    return this.frame.getByRole('complementary', { name: 'Preview' });
  }

  /** Waits until the page can be edited. */
  async ready(): Promise<this> {
    await this.pane('MsgBody').waitFor();
    return this;
  }

  /** The text of an editor, line by line. */
  async text(name: 'MsgBody' | 'CloudCustomData'): Promise<string> {
    return (await this.pane(name).locator('.cm-line').allTextContents()).join('\n');
  }

  /** Puts the caret behind the first occurrence of `text` in MsgBody. */
  async caretBehind(text: string): Promise<void> {
    const line = this.pane('MsgBody').locator('.cm-line', { hasText: text }).first();
    await line.click();
    await this.workbench.page.keyboard.press('Home');
    const content = (await line.textContent()) ?? '';
    // Home goes to the first letter of the line, and an arrow goes over a whole character such as an emoji.
    const passed = content.slice(content.search(/\S/), content.indexOf(text) + text.length);
    const steps = [...new Intl.Segmenter().segment(passed)].length;
    for (let step = 0; step < steps; step += 1) await this.workbench.page.keyboard.press('ArrowRight');
  }

  /** Shows the beginnings of MsgBody's lines. */
  async scrollToLeft(): Promise<void> {
    await this.pane('MsgBody')
      .locator('xpath=ancestor::*[contains(@class, "cm-scroller")]')
      .evaluate((scroller: { scrollLeft: number }) => {
        scroller.scrollLeft = 0;
      });
  }

  /** Replaces all of MsgBody. */
  async replaceBody(text: string): Promise<void> {
    await this.pane('MsgBody').click();
    await this.workbench.page.keyboard.press('ControlOrMeta+KeyA');
    await this.workbench.page.keyboard.insertText(text);
  }

  /** Waits until MsgBody shows a text. */
  async shows(text: string | RegExp): Promise<void> {
    await this.pane('MsgBody').filter({ hasText: text }).waitFor();
  }

  /** Waits until an editor's text is exactly this. */
  async reads(name: 'MsgBody' | 'CloudCustomData', text: string): Promise<void> {
    await eventually(async () => (await this.text(name)) === text, `${text} in ${name}`);
  }

  /** How far an editor is scrolled to the right, in pixels. */
  scrolled(name: 'MsgBody' | 'CloudCustomData'): Promise<number> {
    return this.pane(name).evaluate(
      (content) => (content as { parentElement: { scrollLeft: number } }).parentElement.scrollLeft,
    );
  }

  /** Shows the preview, or hides it; the page may remember either. */
  async showPreview(shown: boolean): Promise<void> {
    const button = this.frame.getByRole('toolbar').locator('[aria-pressed]');
    if ((await button.getAttribute('aria-pressed')) !== String(shown)) await button.click();
    await this.preview.waitFor({ state: shown ? 'visible' : 'detached' });
  }

  /** Presses a button of the page's toolbar. */
  async press(button: string): Promise<void> {
    await this.frame.getByRole('toolbar').getByRole('button', { name: button }).click();
  }
}
