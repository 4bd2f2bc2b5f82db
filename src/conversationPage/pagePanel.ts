import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { fromPage } from '../conversation/pageGuards';
import { FIRST_MESSAGE, type FromPage, type ToPage } from '../conversation/pageProtocol';
import { pageHtml } from '../editor/html';
import { titlePanel } from '../ui/titles';

/** The panel of a page: its frame, and the line to what runs in it. */
export class PagePanel {
  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly extensionUri: vscode.Uri,
  ) {}

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

  post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
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
  showFrame(title: string, first: ToPage, pictures: boolean): void {
    const { webview } = this.panel;
    const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    titlePanel(this.panel, title);
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = pageHtml({
      script: uri('conversation.js'),
      style: uri('conversation.css'),
      first,
      firstId: FIRST_MESSAGE,
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      title,
      pictures,
    });
  }
}
