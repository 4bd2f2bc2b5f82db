import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A tab of the editor area. */
export interface Tab {
  label: string;
  active: boolean;
  dirty: boolean;
}

/** The editor area: tabs, title buttons, text editors, webviews. */
export class Editors {
  readonly tabs: Locator;

  constructor(private readonly page: Page) {
    this.tabs = page.locator('.part.editor .tabs-container .tab');
  }

  /** All tabs from left to right. */
  async list(): Promise<Tab[]> {
    // In one go: a tab may close while others are looked at.
    return this.tabs.evaluateAll(tabsOf);
  }

  /** Waits for a tab with this text in its label. */
  async waitFor(label: string | RegExp): Promise<Locator> {
    const tab = this.tab(label);
    await tab.waitFor();
    return tab;
  }

  /** Waits until the tab with this label has, or has no, dirty mark. */
  async waitForDirty(label: string | RegExp, dirty: boolean): Promise<void> {
    const marked = this.page.locator(`.part.editor .tabs-container .tab${dirty ? '.dirty' : ':not(.dirty)'}`);
    await marked.filter({ hasText: label }).first().waitFor();
  }

  /** Brings the tab with this label to the front. */
  async show(label: string | RegExp): Promise<void> {
    await this.tab(label).click();
  }

  /** Clicks a button in the editor's title, by the beginning of its name. */
  async titleAction(name: string): Promise<void> {
    await this.page
      .locator(`.part.editor .editor-actions .action-label[aria-label^="${name}"]:visible`)
      .first()
      .click();
  }

  /** Saves the active editor with Ctrl+S, once VS Code knows that it has something to be saved. */
  async save(): Promise<void> {
    await this.page.locator('.part.editor .tabs-container .tab.active.dirty').first().waitFor();
    await this.page.keyboard.press('ControlOrMeta+KeyS');
  }

  /**
   * The document of the nth visible webview (a message editor's page, for instance): use `.locator(…)` on it. Webviews
   * are iframes inside iframes.
   */
  webview(index = 0): FrameLocator {
    return this.page
      .locator('iframe.webview.ready:visible')
      .nth(index)
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** Visible webviews. */
  async webviewCount(): Promise<number> {
    return this.page.locator('iframe.webview.ready:visible').count();
  }

  /** The nth visible text editor; a diff has two. */
  textEditor(index = 0): Locator {
    return this.page.locator('.part.editor .monaco-editor[role="code"]:visible').nth(index);
  }

  /** The lines in view of the nth text editor, from top to bottom. */
  async visibleText(index = 0): Promise<string> {
    const editor = this.textEditor(index);
    await editor.waitFor();
    return editor.evaluate(linesOf);
  }

  private tab(label: string | RegExp): Locator {
    return this.tabs.filter({ hasText: label }).first();
  }
}

/** What this needs of an element of the page; tests do without the types of a browser. */
interface PageElement {
  querySelectorAll(selector: string): Iterable<PageElement>;
  getBoundingClientRect(): { readonly top: number };
  readonly textContent: string;
}

/** All at once: asked line by line, it takes longer than what one waits for. */
function linesOf(editor: PageElement): string {
  return [...editor.querySelectorAll('.view-line')]
    .map((line) => ({
      top: line.getBoundingClientRect().top,
      text: line.textContent.replaceAll('\u00a0', ' '),
    }))
    .sort((a, b) => a.top - b.top)
    .map(({ text }) => text)
    .join('\n');
}

/** What this needs of an element of the page; tests do without the types of a browser. */
interface ShownTab {
  readonly className: string;
  querySelector(selector: string): { readonly textContent: string | null } | null;
}

/** Runs in the page. */
function tabsOf(tabs: ShownTab[]): Tab[] {
  return tabs.map((tab) => {
    const classes = tab.className.split(' ');
    return {
      label: tab.querySelector('.label-name')?.textContent ?? '',
      active: classes.includes('active'),
      dirty: classes.includes('dirty'),
    };
  });
}
