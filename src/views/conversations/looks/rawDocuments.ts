import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { prettyPrint } from '../../../json/layout';

const SCHEME = 'tencent-chat-raw';
/** Documents that can be shown again; the oldest go. */
const KEPT = 1000;

/** JSON as it came from the service, to be read only. */
export class RawDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** Where a JSON text can be opened. */
  uri(raw: string): vscode.Uri {
    const id = createHash('sha256').update(raw).digest('hex').slice(0, 16);
    if (!this.texts.has(id) && this.texts.size >= KEPT) {
      const [oldest] = this.texts.keys();
      if (oldest !== undefined) this.texts.delete(oldest);
    }
    this.texts.set(id, raw);
    return vscode.Uri.from({ scheme: SCHEME, path: `/${id}.json` });
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    const raw = this.texts.get(path.slice(1, -'.json'.length));
    return raw === undefined
      ? vscode.l10n.t('This was read in an earlier window. Refresh the conversation.')
      : prettyPrint(raw);
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }
}
