import * as vscode from 'vscode';
import type { Exchange } from '../chat/client';
import { describeExchange, exchangeLine, ExchangeHistory } from './exchanges';
import { logText } from './plainText';
import { redact } from './redact';
import { Seldom } from './seldom';

const EXCHANGES = vscode.Uri.from({ scheme: 'tencent-chat-log', path: '/Recent Requests.http' });
/**
 * Their document is not read more often, in milliseconds. VS Code compares all of it letter by letter each time, in the
 * worker that it compares texts for people in, too: by each request of a plan, those would wait for minutes.
 */
const EXCHANGES_REST_MS = 1_000;

/**
 * The extension's log: an output channel from which secrets are kept out, and the last requests with their answers,
 * which can be read as a document. Nothing is created before it is needed.
 */
export class Log implements vscode.Disposable {
  private channel: vscode.LogOutputChannel | undefined;
  private readonly secrets = new Set<string>();
  private readonly exchanges = new ExchangeHistory();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly news = new Seldom<void>(() => this.changed.fire(EXCHANGES), EXCHANGES_REST_MS);
  /** Whether there were requests that the document does not show, because nobody sees it. */
  private stale = false;
  private provider: vscode.Disposable | undefined;

  trace(message: string): void {
    this.output.trace(this.entry(message));
  }

  debug(message: string): void {
    this.output.debug(this.entry(message));
  }

  info(message: string): void {
    this.output.info(this.entry(message));
  }

  warn(message: string): void {
    this.output.warn(this.entry(message));
  }

  /** Writes a message or an error with its stack and its causes. */
  error(error: unknown, context?: string): void {
    const text = error instanceof Error ? errorText(error) : String(error);
    this.output.error(this.entry(context === undefined ? text : `${context}: ${text}`));
  }

  /** Names a value that must never be written, however it comes. */
  hide(secret: string): void {
    this.secrets.add(secret);
  }

  /**
   * Notes one request and its answer: a line in the channel, a warning where the service refused or could not be
   * reached, and the bodies in {@link showExchanges}.
   */
  exchange(exchange: Exchange, connection: string): void {
    const kept = this.exchanges.add(exchange, new Date(), (text) => this.clean(text));
    const line = exchangeLine(exchange, connection);
    if (exchange.error === undefined) this.info(line);
    else this.warn(line);
    this.output.trace(logText(describeExchange(kept)));
    this.stale = true;
    this.showNews();
  }

  /** Shows the output channel. */
  show(): void {
    this.output.show(true);
  }

  /** Opens the last requests and their answers, newest first, as a read-only document. */
  async showExchanges(): Promise<void> {
    this.provider ??= vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(EXCHANGES.scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: () =>
          this.exchanges.text() || vscode.l10n.t('No request was sent since this window was opened.'),
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.showNews()),
    );
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(EXCHANGES), {
      preview: true,
    });
  }

  dispose(): void {
    this.provider?.dispose();
    this.news.dispose();
    this.changed.dispose();
    this.channel?.dispose();
  }

  /** Brings the document of the last requests up to date, while somebody sees it. */
  private showNews(): void {
    if (!this.stale || !this.provider) return;
    const { visibleTextEditors } = vscode.window;
    if (!visibleTextEditors.some(({ document }) => document.uri.scheme === EXCHANGES.scheme)) return;
    this.stale = false;
    this.news.say();
  }

  private get output(): vscode.LogOutputChannel {
    this.channel ??= vscode.window.createOutputChannel('Tencent Chat', { log: true });
    return this.channel;
  }

  private entry(text: string): string {
    return logText(this.clean(text));
  }

  private clean(text: string): string {
    return redact(text, this.secrets);
  }
}

function errorText(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\n  caused by ${errorText(error.cause)}` : own;
}
