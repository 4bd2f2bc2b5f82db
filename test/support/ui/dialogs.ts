import type { Locator, Page } from 'playwright-core';

/** Modal dialogs. */
export class Dialogs {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for a dialog and gives its message with its details. */
  async text(): Promise<string> {
    await this.box.waitFor();
    return (await this.box.locator('.dialog-message-container').innerText()).trim();
  }

  /** The labels of the buttons of the open dialog. */
  async buttons(): Promise<string[]> {
    await this.box.waitFor();
    return this.box.locator('.dialog-buttons .monaco-button').allTextContents();
  }

  /** Presses a button of the dialog and waits until the dialog has gone. */
  async press(button: string): Promise<void> {
    const old = await this.box.elementHandle();
    await this.box.locator('.dialog-buttons .monaco-button').getByText(button, { exact: true }).click();
    await old.waitForElementState('hidden');
  }
}
