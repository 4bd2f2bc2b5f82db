import type { Locator, Page } from 'playwright-core';
import { eventually, happens, PATIENCE_MS } from '../eventually';
import { chooseInMenu } from './contextMenu';

/** A row of a tree as a person sees it. */
export interface TreeRow {
  label: string;
  description: string;
  /** 1 for the rows at the root. */
  level: number;
  /** `undefined` for a leaf. */
  expanded?: boolean;
}

/** What is told of a row while the mouse rests on it. */
export interface TreeHover {
  readonly text: string;
  readonly links: number;
  readonly trashIcons: number;
}

/** A tree view in the side bar. Rows are found by label below the path of their parents, scrolled to if need be. */
export class Tree {
  readonly list: Locator;

  constructor(
    private readonly page: Page,
    view: string,
  ) {
    this.list = page.locator(`.part.sidebar [role="tree"][aria-label="${view}"]`);
  }

  /** The rows in view, from top to bottom, once they no longer move. */
  async rows(): Promise<TreeRow[]> {
    await this.list.waitFor();
    await this.rest();
    return this.read();
  }

  /** The labels in view. */
  async labels(): Promise<string[]> {
    return (await this.rows()).map((row) => row.label);
  }

  /** Expands the row at the end of a path of labels, and all on the way, and waits until its children are there. */
  async expand(...path: (string | RegExp)[]): Promise<void> {
    let level: number | undefined;
    for (const label of path) {
      // A user and a conversation with that user have the same label, one level apart.
      const row: Locator = await this.row(label, level);
      level = Number(await row.getAttribute('aria-level')) + 1;
      if ((await row.getAttribute('aria-expanded')) === 'false')
        await row.locator('.monaco-tl-twistie').click();
      const open = row
        .and(this.page.locator('[aria-expanded="true"]'))
        .filter({ hasNot: this.page.locator('.codicon-tree-item-loading') });
      // A row says that it is expanded before what is below it has come.
      await eventually(
        async () => (await open.evaluateAll(haveChildren))[0],
        `what is below ${String(label)}`,
      );
    }
  }

  /**
   * Expands the row at the end of a path of labels, and what stands right below it: the days of a conversation, since what
   * was said within the last hours may be of two.
   */
  async expandBelow(...path: (string | RegExp)[]): Promise<void> {
    await this.expand(...path);
    const [label = ''] = path.slice(-1);
    const parent = Number(await (await this.row(label, path.length)).getAttribute('data-index'));
    const rows = (await this.list.evaluate(rowsOf)).sort((a, b) => a.index - b.index);
    const after = rows.filter(({ index }) => index > parent);
    const end = after.findIndex(({ row }) => row.level <= path.length);
    const below = after.slice(0, end < 0 ? undefined : end);
    const closed = below.filter(({ row }) => row.level === path.length + 1 && row.expanded === false);
    // From the last one up: what comes below one moves those after it.
    for (const { index } of closed.reverse()) {
      const row = this.list.locator(`.monaco-list-row[data-index="${index}"]`);
      await row.locator('.monaco-tl-twistie').click();
      await row.and(this.page.locator('[aria-expanded="true"]')).waitFor();
    }
  }

  /** The row that has the keyboard's focus. */
  async focused(): Promise<TreeRow | undefined> {
    return (await this.list.evaluate(rowsOf, '.monaco-list-row.focused'))[0]?.row;
  }

  /** Where in the tree the row with the focus stands. */
  private async focusedPlace(): Promise<string | null> {
    const row = this.list.locator('.monaco-list-row.focused').first();
    return (await row.count()) === 0 ? null : row.getAttribute('data-index');
  }

  /** Goes from the top down with the arrow key until the row with this label, at this level, has the focus. */
  async walkTo(label: string | RegExp, level: number): Promise<void> {
    await this.row(label, level);
    await this.list.and(this.page.locator(':focus')).waitFor();
    await this.page.keyboard.press('Home');
    await eventually(async () => (await this.focusedPlace()) === '0', 'the focus on the first row');
    for (;;) {
      const row = await this.focused();
      if (row?.level === level && row.label.search(label) >= 0) return;
      const place = await this.focusedPlace();
      await this.page.keyboard.press('ArrowDown');
      // The next key is pressed once a person would see that this one moved the focus.
      await eventually(
        async () => (await this.focusedPlace()) !== place,
        `a row ${String(label)} further down`,
      );
    }
  }

  /** Clicks a row. */
  async click(label: string | RegExp): Promise<void> {
    await (await this.row(label)).locator('.monaco-icon-label').first().click();
  }

  /** Chooses an entry of the context menu of a row, at a level if one is given. */
  async menu(label: string | RegExp, entry: string, level?: number): Promise<void> {
    await eventually(
      async () => {
        const row = await this.row(label, level);
        await row.locator('.monaco-icon-label').first().click({ button: 'right' });
        // What is shown may have moved, or gone on to another row, between the look and the click.
        if (await happens(row.and(this.page.locator('.focused')).waitFor({ timeout: 5_000 }))) return true;
        await this.page.keyboard.press('Escape');
        await this.page.locator('.monaco-menu').first().waitFor({ state: 'hidden' });
        return false;
      },
      `the menu of ${String(label)}`,
    );
    await chooseInMenu(this.page, entry);
  }

  /** What VS Code tells of a row, with this text in it, while the mouse rests on it: read at once, for it may go. */
  hover(row: Locator, text: string): Promise<TreeHover> {
    const told = this.page.locator('.monaco-hover, .workbench-hover').filter({ hasText: text });
    return eventually(async () => {
      // A row that is drawn anew under the mouse tells nothing until the mouse comes again.
      await this.page.mouse.move(700, 500);
      await row.hover();
      await happens(told.first().waitFor({ timeout: 5_000 }));
      const [hover] = await told.evaluateAll(hoversOf);
      return hover;
    }, `${text} of a row`);
  }

  /** Clicks a button that stands at the end of a row, at a level if one is given. */
  async action(label: string | RegExp, name: string, level?: number): Promise<void> {
    await eventually(
      async () => {
        const row = await this.row(label, level);
        // A row that is drawn anew under the mouse has no buttons until the mouse comes again.
        await this.page.mouse.move(700, 500);
        await row.hover();
        const button = row.locator(`.actions .action-label[aria-label^="${name}"]`);
        if (!(await happens(button.waitFor({ timeout: 5_000 })))) return false;
        await button.click();
        return true;
      },
      `${name} of ${String(label)}`,
    );
  }

  /** Waits for a row with this label, at a level if one is given, scrolls to it, and gives it. */
  async row(label: string | RegExp, level?: number): Promise<Locator> {
    const rows = `.monaco-list-row${level === undefined ? '' : `[aria-level="${level}"]`}`;
    const row = this.list.locator(rows).filter({
      has: this.page
        .locator('.label-name')
        .getByText(label, typeof label === 'string' ? { exact: true } : undefined),
    });
    const found = row.first();
    if (!(await this.appears(found))) await this.scrollTo(found);
    await found.waitFor();
    await this.rest();
    return found;
  }

  private async read(): Promise<TreeRow[]> {
    const rows = await this.list.evaluate(rowsOf);
    return rows.sort((a, b) => a.index - b.index).map(({ row }) => row);
  }

  private appears(row: Locator, timeout = 3000): Promise<boolean> {
    return happens(row.waitFor({ timeout }));
  }

  /** A tree holds only the rows in view: walks through it from the top, again while rows are still coming. */
  private async scrollTo(row: Locator): Promise<void> {
    const top = this.list.locator('.monaco-list-row[data-index="0"]').first();
    for (let end = Date.now() + PATIENCE_MS, y = 4; Date.now() < end; y = y === 4 ? 40 : 4) {
      // At its edge, and elsewhere the next time: the tip of a row that was pointed at may lie over all the rest.
      await this.list.hover({ position: { x: 4, y } });
      await this.page.mouse.wheel(0, -1_000_000);
      if (!(await this.appears(top))) continue;
      const height = (await this.list.boundingBox())?.height ?? 300;
      // A busy window moves some time after the wheel: it has come to the end only when nothing moves for a while.
      for (let before = '', same = 0; same < 5;) {
        if (await this.appears(row, 200)) return;
        const now = (await this.labels()).join('\n');
        same = now === before ? same + 1 : 0;
        before = now;
        await this.page.mouse.wheel(0, height / 2);
      }
    }
  }

  /** Waits until what is shown has not moved for a while: a click may else land on the row that comes next. */
  private async rest(): Promise<void> {
    await this.list.evaluate(atRest);
  }
}

/** What this needs of an element of the page; tests do without the types of a browser. */
interface PageElement {
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number };
  readonly textContent: string;
}

function hoversOf(hovers: PageElement[]): TreeHover[] {
  return hovers.map((hover) => ({
    text: hover.textContent.replaceAll('\u00a0', ' '),
    links: [...hover.querySelectorAll('a')].length,
    trashIcons: [...hover.querySelectorAll('.codicon-trash')].length,
  }));
}

/** The page's own. */
declare function requestAnimationFrame(next: (now: number) => void): void;

/** Waits in the page until its rows stood still for six frames and 100 ms. */
function atRest(list: PageElement): Promise<void> {
  const places = () =>
    [...list.querySelectorAll('.monaco-list-row')]
      .map((row) => `${row.getBoundingClientRect().top} ${row.textContent}`)
      .join('\n');
  return new Promise((resolve) => {
    let before = '';
    let since = 0;
    let frames = 0;
    const look = (now: number) => {
      const there = places();
      if (there !== before) {
        before = there;
        since = now;
        frames = 0;
      }
      frames += 1;
      if (frames > 6 && now - since >= 100) resolve();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Whether the first child of each of these rows is there, or would be out of view. */
function haveChildren(rows: PageElement[]): boolean[] {
  return rows.map((row) => {
    const list = row.closest('.monaco-list');
    const next = list?.querySelector(
      `.monaco-list-row[data-index="${Number(row.getAttribute('data-index')) + 1}"]`,
    );
    if (next) return Number(next.getAttribute('aria-level')) > Number(row.getAttribute('aria-level'));
    const { top, bottom } = row.getBoundingClientRect();
    return list !== null && 2 * bottom - top > list.getBoundingClientRect().bottom;
  });
}

/** The rows with the focus, or all, read at once: asked one by one they may move meanwhile. */
function rowsOf(list: PageElement, rows = '.monaco-list-row'): { index: number; row: TreeRow }[] {
  return [...list.querySelectorAll(rows)].map((row) => {
    const expanded = row.getAttribute('aria-expanded');
    return {
      index: Number(row.getAttribute('data-index')),
      row: {
        label: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        level: Number(row.getAttribute('aria-level') ?? 1),
        ...(expanded === 'true' || expanded === 'false' ? { expanded: expanded === 'true' } : {}),
      },
    };
  });
}
