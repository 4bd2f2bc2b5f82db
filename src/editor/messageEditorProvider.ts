import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { MESSAGE_LANGUAGE, storageKeys } from '../contributions/ids';
import { FIRST_MESSAGES } from '../protocol';
import { applyTextEdits, type ApplyEdit } from './documentEdits';
import { DocumentSession } from './documentSession';
import { EmbeddedDocuments } from './embeddedDocuments';
import type { MessageFactsSource } from './pageFacts';
import type { FlushRegistry } from './flushRegistry';
import { pageHtml } from './html';
import { JsonFeatures } from './jsonFeatures';
import { Language } from './language';
import type { FirstMessages, Remembered } from './firstPaint';
import { COMMAND_MS } from './pageFlushes';
import { MessagePage, type PageLog, type PageServices } from './messagePage';
import { MessagePanes } from './messagePanes';
import { PasteAsMessage } from './pasteAsMessage';
import { ThemeColors } from './themeColors';

const DEFAULT_LOOK: Remembered = { split: 0.6, showPreview: false };

export interface MessageEditorOptions {
  readonly extensionUri: vscode.Uri;
  readonly facts: MessageFactsSource;
  readonly flushes: FlushRegistry;
  readonly log: PageLog;
  /** Where the page's look is remembered. */
  readonly memento: vscode.Memento;
  /** How documents are changed; VS Code's way when left out. */
  readonly applyEdit?: ApplyEdit;
}

/**
 * The custom editor of message documents. The document is VS Code's, so that dirty state, undo, save, hot exit and
 * *Reopen Editor With…* are too; each panel is a view of it.
 */
export class MessageEditorProvider implements vscode.Disposable {
  /** VS Code's JSON features for message documents. */
  readonly features: JsonFeatures;
  readonly pasting = new PasteAsMessage();
  private readonly sessions = new Map<string, DocumentSession>();
  private readonly embedded = new EmbeddedDocuments();
  private readonly colors = new ThemeColors();
  private readonly services: PageServices;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(private readonly options: MessageEditorOptions) {
    const { memento } = options;
    this.services = {
      facts: options.facts,
      log: options.log,
      language: new Language(this.embedded),
      colors: this.colors,
      embedded: this.embedded,
      get remembered() {
        return { ...DEFAULT_LOOK, ...memento.get<Partial<Remembered>>(storageKeys.editorLook) };
      },
      remember: (look) =>
        void memento.update(storageKeys.editorLook, { ...this.services.remembered, ...look }),
    };
    this.features = new JsonFeatures(this.embedded, this.services.language);
    this.subscriptions = [
      vscode.workspace.onDidCloseTextDocument(({ uri, languageId }) => {
        if (languageId === MESSAGE_LANGUAGE) this.embedded.forget(uri);
      }),
      vscode.workspace.onWillSaveTextDocument((event) => {
        const session = this.sessions.get(event.document.uri.toString());
        if (session) event.waitUntil(session.flush());
      }),
    ];
  }

  /** Fills a panel. VS Code begins to make its page when this is done, so nothing is waited for here. */
  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const session = this.session(document);
    const page = new MessagePage(panel, session, this.services);
    panel.onDidDispose(() => {
      page.dispose();
      void this.leave(session);
    });
    this.show(panel, page.frame());
    void this.services.language.wake();
  }

  dispose(): void {
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.embedded.dispose();
    this.colors.dispose();
  }

  private session(document: vscode.TextDocument): DocumentSession {
    const key = document.uri.toString();
    const existing = this.sessions.get(key);
    if (existing?.document === document) return existing;
    existing?.dispose();
    const session = new DocumentSession(
      document,
      (text) => new MessagePanes(text),
      this.options.applyEdit ?? applyTextEdits,
    );
    const flush = this.options.flushes.register(document.uri, () => session.flush(COMMAND_MS));
    session.onDidDispose(() => {
      flush.dispose();
    });
    this.sessions.set(key, session);
    return session;
  }

  /** The last page of a document is gone; what it had sent is still carried out. */
  private async leave(session: DocumentSession): Promise<void> {
    await session.idle();
    const key = session.document.uri.toString();
    if (!session.empty || this.sessions.get(key) !== session) return;
    this.sessions.delete(key);
    this.embedded.forget(session.document.uri);
    session.dispose();
  }

  private show({ webview }: vscode.WebviewPanel, first: FirstMessages): void {
    const root = vscode.Uri.joinPath(this.options.extensionUri, 'dist', 'webview');
    const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = pageHtml({
      script: { uri: uri('editor.js') },
      style: { uri: uri('editor.css') },
      widgets: uri('widgets.js'),
      first,
      firstId: FIRST_MESSAGES,
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      title: vscode.l10n.t('Message editor'),
    });
  }
}
