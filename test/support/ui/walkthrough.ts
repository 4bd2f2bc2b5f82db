import type { Locator, Page } from 'playwright-core';

/** The page of a walkthrough in the editor area. */
export class Walkthrough {
  private readonly all: Locator;

  constructor(page: Page) {
    this.all = page.locator('.gettingStartedContainer button.getting-started-step');
  }

  /** Waits for the page and gives the titles of its steps. */
  async steps(): Promise<string[]> {
    await this.all.first().waitFor();
    return this.all.locator('.step-title').allTextContents();
  }

  /** Unfolds a step and presses its button. */
  async press(title: string, button: string): Promise<void> {
    const step = this.step(title);
    await step.waitFor();
    if ((await step.getAttribute('aria-expanded')) !== 'true') await step.locator('.step-title').click();
    await step.locator('.monaco-button', { hasText: button }).click();
  }

  /** Waits until a step has its mark. */
  async waitUntilDone(title: string): Promise<void> {
    await this.step(title, '[aria-checked="true"]').waitFor();
  }

  private step(title: string, which = ''): Locator {
    const name = this.all.page().locator('.step-title').getByText(title, { exact: true });
    return this.all.and(this.all.page().locator(`button${which}`)).filter({ has: name });
  }
}
