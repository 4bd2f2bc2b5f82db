import type { Locator, Page } from 'playwright-core';

/** The messages at the lower right. */
export class Notifications {
  readonly items: Locator;

  /**
   * @param inCenter whether VS Code shows messages in the notification center only, as it does when it runs with
   * its test driver; the center is opened when a message is awaited
   */
  constructor(
    private readonly page: Page,
    private readonly inCenter: boolean,
  ) {
    this.items = page.locator(
      inCenter
        ? '.notifications-center .notification-list-item'
        : '.notifications-toasts .notification-list-item',
    );
  }

  /** Waits for a message with this text in it and gives its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    const message = (await this.item(text)).locator('.notification-list-item-message');
    await message.waitFor();
    return (await message.textContent()) ?? '';
  }

  /** Presses a button of the message with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await (await this.item(text)).locator('.monaco-button', { hasText: button }).first().click();
  }

  /** The labels of the buttons of the message with this text. */
  async buttons(text: string | RegExp): Promise<string[]> {
    const item = await this.item(text);
    await item.waitFor();
    const labels = await item.locator('.monaco-button:visible').allTextContents();
    return labels.filter((label) => label !== '');
  }

  /** The texts of the messages now shown. */
  async texts(): Promise<string[]> {
    await this.openCenter();
    return this.items.locator('.notification-list-item-message').allTextContents();
  }

  /** Closes all messages. */
  async clear(): Promise<void> {
    await this.openCenter();
    while ((await this.items.count()) > 0) {
      // One may go by itself in the meantime.
      const close = this.items.first().locator('.action-label[aria-label^="Clear Notification"]');
      await close.dispatchEvent('click', undefined, { timeout: 1000 }).catch(() => undefined);
    }
  }

  private async item(text: string | RegExp): Promise<Locator> {
    await this.openCenter();
    return this.items.filter({ hasText: text }).first();
  }

  private async openCenter(): Promise<void> {
    if (!this.inCenter || (await this.page.locator('.notifications-center.visible').isVisible())) return;
    await this.page.locator('.statusbar-item[id="status.notifications"] a').click();
    await this.page.locator('.notifications-center.visible').waitFor();
  }
}
