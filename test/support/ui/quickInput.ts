import type { Locator, Page } from 'playwright-core';
import { eventually, happens } from '../eventually';

/** The palette has closed, or the box now asks something else. */
const paletteHasGone = `(() => {
  const widget = document.querySelector('.quick-input-widget');
  return widget === null || widget.style.display === 'none' ||
    !widget.querySelector('.quick-input-box input').value.startsWith('>');
})()`;

/** The box at the top of the window: command palette, quick picks, input boxes. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  /** The choices in view; a long list shows only some. */
  readonly rows: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
    this.rows = this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** Runs a command by its full name in the palette, e.g. `Tencent Chat: Modify Message`. */
  async runCommand(name: string): Promise<void> {
    await eventually(async () => {
      await this.filterPalette(name, this.row(name));
      // An editor that an earlier step opened may take the focus late, and the palette goes with it.
      return happens(this.row(name).first().click({ timeout: 20_000 }));
    }, `the palette to run ${name}`);
    await this.page.waitForFunction(paletteHasGone);
  }

  /** As {@link runCommand}, without the mouse. */
  async runByKeyboard(name: string): Promise<void> {
    await this.filterPalette(name, this.row(name));
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused');
    await focused
      .filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) })
      .waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.waitForFunction(paletteHasGone);
  }

  /** The commands that the palette offers for a filter text. */
  async commands(filter: string): Promise<string[]> {
    await this.filterPalette(filter, this.rows.filter({ hasNotText: 'No matching commands' }));
    const labels = await this.labels();
    await this.cancel();
    return labels;
  }

  /** Waits until the box asks for something: what it says below its input. */
  async asks(question: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-message').filter({ hasText: question }).waitFor();
  }

  /** Types into the box and accepts with Enter. */
  async enter(text: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Answers a file dialog, which VS Code shows as such a box, too. */
  async saveAs(file: string): Promise<void> {
    await this.rows.first().waitFor();
    for (const timeout of [2_000, 4_000, 8_000, 16_000, 32_000]) {
      // While it reads a folder it takes no answer, and afterwards it puts its own into the box.
      await this.input.fill(file);
      await this.input.press('Enter');
      if (await happens(this.widget.waitFor({ state: 'hidden', timeout }))) return;
      // It may have taken the answer by now, only later than was waited for.
      const listed = happens(this.rows.first().waitFor());
      const closed = happens(this.widget.waitFor({ state: 'hidden' }));
      if (await Promise.race([listed.then(() => false), closed])) return;
    }
    throw new Error(`The dialog does not take ${file}.`);
  }

  /** Picks the row with this label. */
  async pick(label: string): Promise<void> {
    await this.row(label).first().click();
  }

  /** Ticks the only row of a list in which one may tick several, and accepts. */
  async tick(label: RegExp): Promise<void> {
    await this.rows.filter({ hasText: label }).click();
    await this.rows.and(this.page.locator(':has(input:checked, [aria-checked="true"])')).waitFor();
    await this.input.press('Enter');
  }

  /** The labels of the choices in view. */
  async labels(): Promise<string[]> {
    await this.rows.first().waitFor();
    return (await this.rows.locator('.quick-input-list-row').first().isVisible())
      ? this.rows.locator('.quick-input-list-row:first-child .label-name').allTextContents()
      : this.rows.locator('.label-name').allTextContents();
  }

  /** What an input box says about its value: a validation text, or its prompt. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').textContent()) ?? '';
  }

  /** Closes the box with Escape. */
  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Waits until no box is open. */
  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  private row(label: string): Locator {
    return this.rows.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) });
  }

  /**
   * Opens the palette with a filter, again and again until it offers what is awaited: an open palette does not
   * learn of commands that come later, such as those of an extension that is just being found.
   */
  private async filterPalette(filter: string, awaited: Locator): Promise<void> {
    for (const timeout of [1000, 2000, 4000, 8000, 16_000, 32_000]) {
      await this.page.keyboard.press('F1');
      // What is just being laid out anew can close the palette again.
      const offered = this.input
        .fill(`>${filter}`, { timeout: 4000 })
        .then(() => awaited.first().waitFor({ timeout }));
      if (await happens(offered)) return;
      await this.cancel();
    }
    throw new Error(`The palette offers nothing for ${filter}.`);
  }
}
