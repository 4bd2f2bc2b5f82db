import type { Page } from 'playwright-core';
import { eventually, happens } from '../eventually';

/** Opens a view container by the name of its icon in the activity bar, and waits until its views are there. */
export async function openView(page: Page, name: string): Promise<void> {
  const label = page.locator(`.action-label[aria-label^="${name}"]`);
  const icon = page.locator('.part.activitybar .action-item').filter({ has: label });
  const open = icon.and(page.locator('.checked'));
  let timeout = 2_000;
  await eventually(async () => {
    if (!(await open.isVisible())) await icon.click();
    // A click on a workbench that is still being laid out may be lost; on one that is only slow, a second one would
    // close what the first opens.
    return happens(open.waitFor({ timeout: (timeout *= 2) }));
  }, `the views of ${name}`);
  await page.locator('.part.sidebar .composite .pane').first().waitFor();
}
