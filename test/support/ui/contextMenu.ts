import type { Page } from 'playwright-core';
import { happens, PATIENCE_MS } from '../eventually';

/** Chooses an entry of the context menu that is open, or is about to open. */
export async function chooseInMenu(page: Page, entry: string): Promise<void> {
  const item = page.locator('.monaco-menu .action-item').filter({
    has: page.locator('.action-label').getByText(entry, { exact: true }),
  });
  let clickedOnce = false;
  for (const timeout of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]) {
    // Where the click before was slow to act, the menu may go while this one is on its way.
    const clicked = await happens(item.click({ timeout: clickedOnce ? timeout : PATIENCE_MS }));
    if (!clicked && !clickedOnce) break;
    clickedOnce = true;
    // A menu that has just opened ignores a click, so that the one that opened it chooses nothing.
    if (await happens(item.waitFor({ state: 'hidden', timeout }))) return;
  }
  throw new Error(`The menu stays open at ${entry}.`);
}
