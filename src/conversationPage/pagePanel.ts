import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { CONVERSATION_PAGE } from '../contributions/ids';
import { fromPage } from '../conversation/pageGuards';
import { FIRST_MESSAGE, type FromPage, type Init, type ToPage } from '../conversation/pageProtocol';
import { pageHtml } from '../editor/html';
import { titlePanel } from '../ui/titles';
import type { PageFiles } from './pageFiles';

/** A page loads nothing from anywhere. Set when a panel is made: set later, VS Code would fill the panel twice. */
const OPTIONS: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/** A panel for a page, which gives it its title. */
export function newPanel(column = vscode.ViewColumn.Beside): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(CONVERSATION_PAGE, '', column, OPTIONS);
}

/** The panel of a page: its frame, and the line to what runs in it. */
export class PagePanel {
  /** Whether somebody hears what is said. */
  private ready = false;
  /** What was said since the frame was made, for the page that comes of it. */
  private waiting: ToPage[] = [];
  private closed = false;
  /** The page that comes has messages in its frame. */
  private hasList = false;
  private readonly hiding: vscode.Disposable;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly files: PageFiles,
  ) {
    // VS Code ends a page that is hidden, and makes it anew when it is shown: until then nobody hears.
    this.hiding = panel.onDidChangeViewState(() => (this.ready &&= panel.visible));
  }

  get isReady(): boolean {
    return this.ready;
  }

  /** Whether what is said reaches a page: the one that is there, or the one that comes. */
  get isHeard(): boolean {
    return this.ready || this.hasList;
  }

  get isVisible(): boolean {
    return this.panel.visible;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  /** Where it stands. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** Says in its tab what it shows. */
  entitle(title: string): void {
    if (!this.closed) titlePanel(this.panel, title);
  }

  /** Tells the page, as soon as it is there. */
  post(message: ToPage): void {
    if (this.ready) void this.panel.webview.postMessage(message);
    else if (this.isHeard) this.waiting.push(message);
  }

  /** @param receive told what the page says; undefined for what is nothing that it may say */
  listen(receive: (message: FromPage | undefined) => void): vscode.Disposable {
    return this.panel.webview.onDidReceiveMessage((message: unknown) => receive(fromPage(message)));
  }

  /** Another group that is there, else a new one. */
  columnBeside(): vscode.ViewColumn {
    const others = vscode.window.tabGroups.all.filter(
      ({ viewColumn }) => viewColumn !== this.panel.viewColumn,
    );
    return others.at(-1)?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  /**
   * Makes the page anew.
   *
   * @param first what it shows first
   * @param pictures whether it may load pictures from the network
   */
  showFrame(title: string, first: Init, pictures: boolean): void {
    const { panel, files } = this;
    if (this.closed) return;
    this.ready = false;
    this.waiting = [];
    this.hasList = first.list !== undefined;
    titlePanel(panel, title);
    // Of a panel that VS Code brought back; the same again is no change.
    panel.webview.options = OPTIONS;
    panel.webview.html = pageHtml({
      script: { text: files.script },
      style: { text: files.style },
      first,
      firstId: FIRST_MESSAGE,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      title,
      pictures,
    });
  }

  /**
   * The page is there, and hears from now on.
   *
   * @param isNew whether it shows what its frame holds: one that kept something of an earlier page does not
   * @returns whether it knows all that was said: of the frame, and what was said since then, in order
   */
  open(isNew: boolean): boolean {
    const knows = isNew && this.hasList;
    const waiting = this.waiting.splice(0);
    this.ready = true;
    // The same frame comes again when the page was hidden; by then it is old.
    this.hasList = false;
    if (knows) for (const message of waiting) this.post(message);
    return knows;
  }

  /** Nobody is there any more. */
  close(): void {
    this.closed = true;
    this.ready = false;
    this.hasList = false;
    this.hiding.dispose();
  }
}
