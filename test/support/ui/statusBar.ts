import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';

/** The bar at the bottom of the window. */
export class StatusBar {
  readonly items: Locator;

  constructor(page: Page) {
    this.items = page.locator('.part.statusbar .statusbar-item:visible');
  }

  /**
   * Waits for an item with this text and gives its whole text, which may be gone the next moment. It may also be there
   * from before: *Message modified* stays for half a minute, so that it says nothing of a second message of the same two.
   */
  waitFor(text: string | RegExp): Promise<string> {
    return eventually(
      async () => (await this.texts()).find((said) => said.search(text) >= 0),
      `${String(text)} in the status bar`,
    );
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
