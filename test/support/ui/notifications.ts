import type { Locator, Page } from 'playwright-core';
import { eventually, happens } from '../eventually';

/** The messages at the lower right. */
export class Notifications {
  readonly items: Locator;
  private readonly center: Locator;
  private readonly bell: Locator;

  /**
   * @param inCenter whether VS Code shows messages in the notification center only, as it does when it runs with
   * its test driver; the center is opened when a message is awaited
   */
  constructor(
    private readonly page: Page,
    private readonly inCenter: boolean,
  ) {
    this.center = page.locator('.notifications-center .notification-list-item');
    this.items = inCenter ? this.center : page.locator('.notifications-toasts .notification-list-item');
    this.bell = page.locator('.statusbar-item[id="status.notifications"]');
  }

  /** Waits for a message with this text in it and gives its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    const [whole = ''] = await this.read(text, '.notification-list-item-message');
    return whole;
  }

  /** Presses a button of the message with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    // A message that hides while it is looked for is pressed in the center.
    await eventually(
      async () => {
        const pressed = (await this.item(text)).locator('.monaco-button', { hasText: button }).first();
        // Where a person could click. VS Code makes the buttons anew whenever it draws the message again, and a press whose
        // release comes after that is lost: so both at once.
        if (!(await happens(pressed.click({ trial: true, timeout: 20_000 })))) return false;
        return happens(pressed.dispatchEvent('click', undefined, { timeout: 5_000 }));
      },
      `${button} of ${String(text)}`,
    );
    await this.hideCenter();
  }

  /** The labels of the buttons of the message with this text. */
  buttons(text: string | RegExp): Promise<string[]> {
    return this.read(text, '.monaco-button:visible');
  }

  /** How many of such parts the message with this text has in its own words, in one go: it may hide the next moment. */
  async count(text: string | RegExp, part: string): Promise<number> {
    const found = await eventually(
      async () => {
        const words = (await this.item(text)).locator('.notification-list-item-message');
        return (await words.evaluateAll(partsIn, part))[0];
      },
      `${part} in ${String(text)}`,
    );
    await this.hideCenter();
    return found;
  }

  /** Texts of a message, in one go: it may hide the next moment. */
  private async read(text: string | RegExp, part: string): Promise<string[]> {
    const found = await eventually(
      async () => {
        const texts = await (await this.item(text)).locator(part).allTextContents();
        const said = texts.filter((one) => one !== '');
        return said.length > 0 && said;
      },
      `${part} of ${String(text)}`,
    );
    await this.hideCenter();
    return found;
  }

  /** The texts of the messages that nobody closed. */
  async texts(): Promise<string[]> {
    await this.openCenter();
    const texts = await this.center.locator('.notification-list-item-message').allTextContents();
    await this.hideCenter();
    return texts;
  }

  /** Closes all messages, those too that hid by themselves. */
  async clear(): Promise<void> {
    if (this.inCenter) await this.openCenter();
    while ((await this.items.count()) > 0) {
      // One may go by itself in the meantime.
      const close = this.items.first().locator('.action-label[aria-label^="Clear Notification"]');
      await close.dispatchEvent('click', undefined, { timeout: 1000 }).catch(() => undefined);
    }
    if (this.inCenter || (await this.bell.locator('.codicon-bell-dot').count()) === 0) return;
    await this.openCenter();
    const clearAll = this.page.locator('.notifications-center .action-label[aria-label^="Clear All"]');
    await clearAll.dispatchEvent('click', undefined, { timeout: 1000 }).catch(() => undefined);
    await this.hideCenter();
  }

  /**
   * The message with this text, once it shows. One that nobody looked at for a while hides: then it is in the center,
   * which is opened.
   */
  private async item(text: string | RegExp): Promise<Locator> {
    if (this.inCenter) await this.openCenter();
    const item = '.notification-list-item:visible';
    const visible = this.page.locator(`.notifications-toasts ${item}, .notifications-center ${item}`);
    const message = visible.filter({ hasText: text }).first();
    for (const timeout of [5_000, 10_000, 20_000, 40_000]) {
      if (await happens(message.waitFor({ timeout }))) return message;
      await this.openCenter();
      if (await happens(message.waitFor({ timeout: 1_000 }))) return message;
      await this.hideCenter();
    }
    await message.waitFor();
    return message;
  }

  private openCenter(): Promise<void> {
    return this.turnCenter(true);
  }

  /** It would cover what is to be clicked next. */
  private async hideCenter(): Promise<void> {
    if (!this.inCenter) await this.turnCenter(false);
  }

  /** The bell turns it; it also goes by itself, with its last message or when something else is clicked. */
  private async turnCenter(open: boolean): Promise<void> {
    const center = this.page.locator('.notifications-center.visible');
    for (let tries = 0; (await center.isVisible()) !== open; tries += 1) {
      if (tries === 15) throw new Error(`The notification center stays ${open ? 'closed' : 'open'}.`);
      await this.bell.locator('a').dispatchEvent('click');
      await center.waitFor({ state: open ? 'visible' : 'hidden', timeout: 5_000 }).catch(() => undefined);
    }
  }
}

/** What this needs of an element of the page; tests do without the types of a browser. */
interface PageElement {
  querySelectorAll(selector: string): Iterable<unknown>;
}

/** Runs in the page. */
function partsIn(elements: PageElement[], part: string): number[] {
  return elements.map((element) => [...element.querySelectorAll(part)].length);
}
