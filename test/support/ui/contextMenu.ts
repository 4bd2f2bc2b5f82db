import type { Page } from 'playwright-core';

/** Chooses an entry of the context menu that is open, or is about to open. */
export async function chooseInMenu(page: Page, entry: string): Promise<void> {
  const item = page.locator('.monaco-menu .action-item').filter({
    has: page.locator('.action-label').getByText(entry, { exact: true }),
  });
  for (const timeout of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]) {
    await item.click();
    // A menu that has just opened ignores a click, so that the one that opened it chooses nothing.
    const chosen = await item.waitFor({ state: 'hidden', timeout }).then(
      () => true,
      () => false,
    );
    if (chosen) return;
  }
  throw new Error(`The menu stays open at ${entry}.`);
}
