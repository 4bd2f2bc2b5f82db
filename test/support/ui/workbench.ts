import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../../scripts/lib/processes.mjs';
import { root } from '../../../scripts/lib/root.mjs';
import { launchBrowser, standStill } from '../browser.mjs';
import { eventually, PATIENCE_MS } from '../eventually';
import { linkExtension } from '../vscode-host/extension.mjs';
import { newest } from '../vscode-host/install.mjs';
import { useLanguage } from '../vscode-host/language.mjs';
import { remoteUri, type Server, startServer, workbenchUrl, writeSettings } from '../vscode-host/server.mjs';
import { openView } from './activityBar';
import { Dialogs } from './dialogs';
import { Editors } from './editors';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { StatusBar } from './statusBar';
import { Tree } from './tree';

export interface WorkbenchOptions {
  /** The newest unless told otherwise, here or for a whole run by `VSCODE_HOST_VERSION`; see install.mjs. */
  version?: string;
  /** Settings on top of the quiet ones of server.mjs (auto save is off there). */
  settings?: Record<string, unknown>;
  /** A folder to open; without one the window is empty. */
  folder?: string;
  /**
   * Where VS Code and the browser keep everything. Give the same folder to a second `startWorkbench` to restart
   * VS Code with its storage; it is yours to remove. Without it, all is thrown away by `stop()`.
   */
  home?: string;
  /** The extension's folder; the project itself unless told otherwise, `false` for none. */
  extension?: string | false;
  /**
   * Loads the extension as one under development: its exports have what only tests may reach. VS Code then runs with
   * its test driver and shows messages in the notification center only.
   */
  development?: boolean;
  viewport?: { width: number; height: number };
  /** The language of browser and extension, e.g. `'zh-cn'`. */
  locale?: string;
  /** Environment of the extension host. */
  env?: NodeJS.ProcessEnv;
}

/**
 * A real VS Code with the extension installed, in a headless browser.
 *
 * ```ts
 * const workbench = await startWorkbench({ settings: { 'tencentChat.sandbox.endpoint': sandbox.url } });
 * await workbench.openView('Tencent Chat');
 * await workbench.tree('Conversations').expand('Sandbox', 'alice');
 * await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
 * await workbench.stop();
 * ```
 *
 * Everything waits for what it is to act on and fails after `page.setDefaultTimeout`'s time. What is missing here
 * can be done on `page`, a Playwright page.
 */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly statusBar: StatusBar;
  readonly editors: Editors;
  readonly dialogs: Dialogs;
  /** What the page's console reported as errors, for a look when a test fails. */
  readonly errors: string[] = [];
  /** Where `inHost` reaches the extension host. */
  private readonly helperPort: number | undefined;

  constructor(
    readonly page: Page,
    /** Where this VS Code keeps everything. */
    readonly home: string,
    private readonly server: Server,
    private readonly browser: BrowserContext,
    private readonly cleanUp: () => Promise<void>,
    { helperPort, testDriver = false }: { helperPort?: number | undefined; testDriver?: boolean } = {},
  ) {
    this.helperPort = helperPort;
    // So that a machine that is busy with other things fails nothing; what works is not waited for.
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error' && !noise.test(message.text())) this.errors.push(message.text());
    });
    // A dirty editor asks before the page goes; hot exit keeps what it has.
    page.on('dialog', (dialog) => void dialog.accept());
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page, testDriver);
    this.statusBar = new StatusBar(page);
    this.editors = new Editors(page);
    this.dialogs = new Dialogs(page);
  }

  /** Waits until a person could start to work. */
  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
  }

  /** Opens a view container by the name of its icon in the activity bar. */
  async openView(name: string): Promise<void> {
    await openView(this.page, name);
  }

  /** The tree of a view, by the view's name; the view must be open. */
  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  /** Reloads the window as *Developer: Reload Window* does; dirty editors come back by hot exit. */
  async reload(): Promise<void> {
    const gone = this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame());
    await this.quickInput.runCommand('Developer: Reload Window');
    await gone;
    await this.page.waitForLoadState();
    await this.waitUntilReady();
  }

  /**
   * Waits until VS Code has put unsaved text with these words by, which it does a while after the last change: whoever
   * reloads a browser's window before that is asked by the browser, and loses it.
   */
  async backedUp(words: string): Promise<void> {
    const folder = path.join(this.dataDir, 'data/User/Backups');
    await eventually(async () => {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      const texts = await Promise.all(
        // One may be written, or be a folder, this moment.
        names.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '')),
      );
      return texts.some((text) => text.includes(words));
    }, `a backup of ${words}`);
  }

  /** Replaces the settings; an open window follows at once. */
  async setSettings(settings: Record<string, unknown>): Promise<void> {
    await writeSettings(this.dataDir, { ...testSettings, ...settings });
  }

  /** Changes the colours: one of VS Code's four kinds of theme. */
  async setTheme(kind: 'light' | 'dark' | 'hcLight' | 'hcDark'): Promise<void> {
    const [name, className] = themes[kind];
    const settings = JSON.parse(
      await readFile(path.join(this.dataDir, 'data/Machine/settings.json'), 'utf8'),
    ) as Record<string, unknown>;
    await this.setSettings({
      ...settings,
      'window.autoDetectColorScheme': false,
      'workbench.colorTheme': name,
    });
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** Writes `out/screenshots/NAME.png`. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(root, 'out/screenshots', `${name.replace(/[^\w.-]+/g, '-')}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  /**
   * Runs the body of a function in the extension host, with `vscode`, and gives what it returns (as JSON): for what
   * no person sees, such as the text of a document, and for what a test does on its way to what it is about. Not to be
   * had in a second window, and without the project's extension.
   */
  async inHost<T>(body: string): Promise<T> {
    if (this.helperPort === undefined) throw new Error('Nobody answers inHost here.');
    const url = `http://127.0.0.1:${this.helperPort}/`;
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) });
        const { value, error } = (await response.json()) as { value: T; error?: string };
        if (error !== undefined) throw new HostError(error);
        return value;
      } catch (error) {
        // The extension host is still starting, or starting again after a reload.
        if (error instanceof HostError || Date.now() > deadline) throw error;
        await this.page.waitForTimeout(100);
      }
    }
  }

  /** Whether {@link inHost} works. */
  get hasHost(): boolean {
    return this.helperPort !== undefined;
  }

  /** Closes all editors, whatever is not saved in them: nothing asks about it. */
  async closeEditors(): Promise<void> {
    await this.inHost(`
      const left = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
      for (let tries = 0; left() > 0 && tries < 50; tries += 1)
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      if (left() > 0) throw new Error('Some editors cannot be closed.');`);
  }

  /** Opens a second window on the same VS Code, with an extension host of its own. */
  async openWindow(): Promise<Workbench> {
    const page = await this.browser.newPage();
    const other = new Workbench(page, this.home, this.server, this.browser, () => page.close());
    await other.statusBar.watch();
    await page.goto(this.page.url());
    await other.waitUntilReady();
    return other;
  }

  /**
   * Turns to another page of the browser, so that this window has lost the focus as VS Code sees it. What is given
   * comes back to it.
   */
  async leave(): Promise<() => Promise<void>> {
    // Playwright lets every page believe that it has the focus.
    const session = await this.browser.newCDPSession(this.page);
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    const elsewhere = await this.browser.newPage();
    await elsewhere.bringToFront();
    await this.page.waitForFunction('!document.hasFocus()', undefined, { polling: 50 });
    return async () => {
      await elsewhere.close();
      await this.page.bringToFront();
      await this.page.waitForFunction('document.hasFocus()', undefined, { polling: 50 });
      await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    };
  }

  /** Ends browser and server, or for a second window just that window. */
  async stop(): Promise<void> {
    await this.cleanUp();
  }

  /** Where the extension keeps its drafts and its journal. */
  get storage(): string {
    return storageIn(this.home);
  }

  private get dataDir(): string {
    return path.join(this.home, 'server');
  }
}

/** Rows that stay at the top of a tree lie over those that a test clicks. */
const testSettings = { 'workbench.tree.enableStickyScroll': false };

/** Where the extension keeps its drafts and its journal in a `home`, before there is a workbench in it. */
export function storageIn(home: string): string {
  const name = 'tencent-chat-tools.tencent-chat-message-editor';
  return path.join(home, 'server/data/User/globalStorage', name);
}

/** What the web workbench always complains about where the internet cannot be reached. */
const noise =
  /manifest\.json|Failed to load resource|HTTP response code \(404\)|service ?worker|github|vsda|open-vsx/i;

class HostError extends Error {}

const themes = {
  light: ['Default Light Modern', 'vs'],
  dark: ['Default Dark Modern', 'vs-dark'],
  hcLight: ['Default High Contrast Light', 'hc-light'],
  hcDark: ['Default High Contrast', 'hc-black'],
} as const;

/** Starts VS Code with the extension in it and waits until a person could start to work. */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const home = options.home ?? (await mkdtemp(path.join(tmpdir(), 'workbench-')));
  const extensionsDir = path.join(home, 'extensions');
  const dataDir = path.join(home, 'server');
  const extension = options.extension ?? root;
  const host = { dataDir, extensionsDir };
  const { development = false } = options;
  if (options.locale !== undefined) await useLanguage(dataDir, options.locale);
  const helped = extension !== false || development;
  if (helped) await linkExtension(path.join(root, 'test/support/ui/host-helper'), host);
  if (extension !== false && !development) await linkExtension(extension, host);
  const helperPort = helped ? await freePort() : undefined;
  const server = await startServer({
    version: options.version ?? process.env.VSCODE_HOST_VERSION ?? newest,
    dataDir,
    extensionsDir,
    settings: { ...testSettings, ...options.settings },
    testDriver: development,
    env: { ...options.env, ...(helperPort !== undefined && { HOST_HELPER_PORT: String(helperPort) }) },
  });
  const payload =
    development && extension !== false
      ? [['extensionDevelopmentPath', remoteUri(server, extension)] as const]
      : undefined;
  const throwAway = () =>
    options.home === undefined
      ? rm(home, { recursive: true, force: true, maxRetries: 5 })
      : Promise.resolve();
  let browser: BrowserContext | undefined;
  try {
    browser = await launchBrowser({
      profile: path.join(home, 'profile'),
      viewport: options.viewport,
      locale: options.locale,
    });
    const context = browser;
    await standStill(context);
    const page = context.pages()[0] ?? (await context.newPage());
    const cleanUp = async () => {
      await context.close();
      await server.stop();
      await throwAway();
    };
    const workbench = new Workbench(page, home, server, context, cleanUp, {
      helperPort,
      testDriver: development,
    });
    if (development) {
      // The workbench calls these two when it runs with a test driver.
      await context.exposeFunction('codeAutomationLog', () => undefined);
      await context.exposeFunction('codeAutomationExit', () => undefined);
    }
    await workbench.statusBar.watch();
    await page.goto(workbenchUrl(server, { folder: options.folder, payload }));
    await workbench.waitUntilReady();
    return workbench;
  } catch (error) {
    await browser?.close();
    await server.stop();
    await throwAway();
    throw error;
  }
}

/**
 * Call it in a `describe` to get `out/screenshots/<title>.png` and the page's console errors of each test that fails.
 */
export function showFailures(workbench: () => Workbench | undefined): void {
  afterEach(async function () {
    const current = workbench();
    if (this.currentTest?.state !== 'failed' || !current) return;
    const file = await current.screenshot(this.currentTest.fullTitle());
    console.log(`      see ${path.relative(root, file)}`);
    for (const line of current.errors.slice(-10)) console.log(`      console: ${line.slice(0, 300)}`);
  });
}
