import * as vscode from 'vscode';

const EMBEDDED_SCHEME = 'tencent-chat-embedded';

/** Until VS Code shows the mirrored text; it takes 6 to 10 ms. */
const LIMIT_MS = 1000;

/**
 * Shadow documents: the content of a string that holds JSON, as a read-only `.json` document that VS Code's language
 * server knows. Its path is the message's and the string's place in it, so that `json.schemas` can be aimed at it,
 * e.g. files named `CloudCustomData.json`.
 */
export class EmbeddedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(EMBEDDED_SCHEME, this);
  }

  uri(message: vscode.Uri, path: string): vscode.Uri {
    return vscode.Uri.from({
      scheme: EMBEDDED_SCHEME,
      path: `${message.path}/${path}.json`,
      query: message.toString(),
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Makes the shadow show `text`. Undefined when VS Code did not follow in time or the text moved on. */
  async mirror(message: vscode.Uri, path: string, text: string): Promise<vscode.Uri | undefined> {
    const uri = this.uri(message, path);
    const key = uri.toString();
    this.texts.set(key, text);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== text) await this.follow(document, text);
    return document.getText() === text ? uri : undefined;
  }

  /** True for the shadow of a string in this message. */
  isOf(message: vscode.Uri, shadow: vscode.Uri): boolean {
    return shadow.scheme === EMBEDDED_SCHEME && shadow.query === message.toString();
  }

  /** The message is closed: its shadows are forgotten. */
  forget(message: vscode.Uri): void {
    for (const key of this.texts.keys()) {
      if (this.isOf(message, vscode.Uri.parse(key))) this.texts.delete(key);
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
    this.texts.clear();
  }

  private follow(document: vscode.TextDocument, text: string): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        subscription.dispose();
        resolve();
      };
      const timer = setTimeout(done, LIMIT_MS);
      const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && document.getText() === text) done();
      });
      this.changed.fire(document.uri);
    });
  }
}
