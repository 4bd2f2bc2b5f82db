import type { Locator, Page } from 'playwright-core';

/** The bar at the bottom of the window. */
export class StatusBar {
  readonly items: Locator;

  constructor(page: Page) {
    this.items = page.locator('.part.statusbar .statusbar-item:visible');
  }

  /** Waits for an item with this text and gives its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    const item = this.items.filter({ hasText: text }).first();
    await item.waitFor();
    return ((await item.textContent()) ?? '').trim();
  }

  /** Clicks the item with this text. */
  async click(text: string | RegExp): Promise<void> {
    await this.items.filter({ hasText: text }).first().locator('a').click();
  }

  /** The texts of all items. */
  async texts(): Promise<string[]> {
    return (await this.items.allTextContents()).map((text) => text.trim()).filter((text) => text !== '');
  }
}
