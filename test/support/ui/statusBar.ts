import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';

/** The function of the page that tells here what the bar says. */
const TOLD = 'statusBarSays';

/** Tells each text of the bar as it comes. Runs in the page, before anything of it does. */
const watching = `(() => {
  if (window !== window.top) return;
  const said = new WeakMap();
  const look = (bar) => {
    for (const item of bar.querySelectorAll('.statusbar-item')) {
      const text = item.textContent.trim();
      if (text !== '' && said.get(item) !== text) window.${TOLD}(text);
      said.set(item, text);
    }
  };
  const everything = { subtree: true, childList: true, characterData: true };
  const coming = new MutationObserver(() => {
    const bar = document.querySelector('.part.statusbar');
    if (!bar) return;
    coming.disconnect();
    new MutationObserver(() => look(bar)).observe(bar, everything);
    look(bar);
  });
  coming.observe(document, { subtree: true, childList: true });
})()`;

const BARS = Symbol.for('tencent-chat.statusBars');
/** Each file of tests is a bundle of its own, so this is kept where all find it. */
const place = globalThis as { [BARS]?: Set<StatusBar> };

/** The bar at the bottom of the window. */
export class StatusBar {
  readonly items: Locator;
  /** What it said, also where that was gone before anybody looked: a remark stays for six seconds. */
  private readonly said: string[] = [];
  /** So much of that was before the test, or was waited for already. */
  private heard = 0;

  constructor(private readonly page: Page) {
    this.items = page.locator('.part.statusbar .statusbar-item:visible');
    (place[BARS] ??= new Set()).add(this);
    page.on('close', () => place[BARS]?.delete(this));
  }

  /** Listens to what the bar says; before the page is loaded. */
  async watch(): Promise<void> {
    await this.page.exposeFunction(TOLD, (text: string) => void this.said.push(text));
    await this.page.addInitScript(watching);
  }

  /** What was said until now is not waited for any more: `windowHooks.cjs` calls it before each test. */
  forget(): void {
    this.heard = this.said.length;
  }

  /**
   * Waits for a text that an item has, or had since the test began and nothing was waited for after it, and gives it
   * whole. It may also be there from before: *Message modified* stays for half a minute, so that it says nothing of a
   * second message of the same two.
   */
  waitFor(text: string | RegExp): Promise<string> {
    return eventually(
      async () => {
        const at = this.said.findIndex((said, index) => index >= this.heard && said.search(text) >= 0);
        if (at >= 0) this.heard = at + 1;
        return this.said[at] ?? (await this.texts()).find((said) => said.search(text) >= 0);
      },
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
