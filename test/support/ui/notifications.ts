import type { Locator, Page } from 'playwright-core';

/** The messages at the lower right. */
export class Notifications {
  readonly items: Locator;

  constructor(page: Page) {
    this.items = page.locator('.notifications-toasts .notification-list-item');
  }

  /** Waits for a message with this text in it and gives its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    const message = this.item(text).locator('.notification-list-item-message');
    await message.waitFor();
    return (await message.textContent()) ?? '';
  }

  /** Presses a button of the message with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.item(text).locator('.monaco-button', { hasText: button }).first().click();
  }

  /** The labels of the buttons of the message with this text. */
  async buttons(text: string | RegExp): Promise<string[]> {
    await this.item(text).waitFor();
    const labels = await this.item(text).locator('.monaco-button:visible').allTextContents();
    return labels.filter((label) => label !== '');
  }

  /** The texts of the messages now shown. */
  async texts(): Promise<string[]> {
    return this.items.locator('.notification-list-item-message').allTextContents();
  }

  /** Closes all messages. */
  async clear(): Promise<void> {
    while ((await this.items.count()) > 0) {
      const item = await this.items.first().elementHandle();
      await this.items.first().hover();
      await this.items.first().locator('.action-label[aria-label^="Clear Notification"]').click();
      await item.waitForElementState('hidden');
    }
  }

  private item(text: string | RegExp): Locator {
    return this.items.filter({ hasText: text }).first();
  }
}
