import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { commands } from '../contributions/commands';
import { ERROR_CODE_PAGE } from '../contributions/ids';
import { titlePanel } from '../ui/titles';
import { errorCodeHtml } from './errorCodeHtml';
import type { CodePage } from './errorCodePage';

/** The one page of this window that explains codes: the next code comes in place of the one before. */
export class ErrorCodePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: number | undefined;

  /** The code that the page in view explains, if a call can be answered with it. */
  get code(): number | undefined {
    return this.panel?.visible === true ? this.shown : undefined;
  }

  show(page: CodePage): void {
    const title = vscode.l10n.t('Error Code {0}', page.code);
    const panel = this.panel ?? this.open();
    this.shown = page.canBeTried ? page.code : undefined;
    titlePanel(panel, title);
    panel.webview.html = errorCodeHtml(page, title, randomBytes(16).toString('base64url'));
    panel.reveal();
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(ERROR_CODE_PAGE, '', vscode.ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: [commands.errorCodeTryInSandbox.id],
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.onDidDispose(() => (this.panel = undefined));
    this.panel = panel;
    return panel;
  }
}
