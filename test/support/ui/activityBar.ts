import type { Page } from 'playwright-core';

/** Opens a view container by the name of its icon in the activity bar, and waits until its views are there. */
export async function openView(page: Page, name: string): Promise<void> {
  const label = page.locator(`.action-label[aria-label^="${name}"]`);
  const icon = page.locator('.part.activitybar .action-item').filter({ has: label });
  const open = icon.and(page.locator('.checked'));
  await icon.waitFor({ timeout: 60_000 });
  for (const timeout of [2000, 4000, 8000, 16_000, 32_000]) {
    if (!(await open.isVisible())) await icon.click();
    // A click on a workbench that is still being laid out may be lost.
    const done = open.waitFor({ timeout }).then(
      () => true,
      () => false,
    );
    if (await done) break;
  }
  await page.locator('.part.sidebar .composite .pane').first().waitFor();
}
