import * as vscode from 'vscode';
import { PAGE_SCHEME } from '../contributions/ids';

/** So many pages are kept; whoever opens more is told to make the oldest ones anew. */
const MOST_KEPT = 40;

/** Documents to read. They live in this window's memory only, and a page that is written again shows the new text. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.changed.event;

  /** Writes a page. @param name its path, which also says what language it is in */
  write(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: PAGE_SCHEME, path: `/${name}` });
    this.texts.delete(uri.path);
    this.texts.set(uri.path, text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > MOST_KEPT && oldest !== undefined) this.texts.delete(oldest);
    this.changed.fire(uri);
    return uri;
  }

  /** Writes a page and shows it, in the tab that shows it already if there is one. */
  async show(name: string, text: string, options: vscode.TextDocumentShowOptions = {}): Promise<void> {
    const uri = this.write(name, text);
    const column = shownIn(uri);
    await vscode.window.showTextDocument(uri, {
      preview: true,
      ...options,
      ...(column !== undefined && { viewColumn: column }),
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.path) ??
      vscode.l10n.t('This page was not kept. Run the command that made it again.') + '\n'
    );
  }

  dispose(): void {
    this.texts.clear();
    this.changed.dispose();
  }
}

function shownIn(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const group = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  return group?.viewColumn;
}
