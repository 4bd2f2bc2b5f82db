import * as vscode from 'vscode';
import { diagnosticIds } from '../contributions/ids';
import { problemDiagnostic } from '../diagnostics/problemReporter';
import { readMessages } from '../reading';
import { NoticeError } from '../ui/noticeError';
import type { Pages } from '../ui/pages';
import { eventDocument } from './eventDocument';
import type { WebhookInbox } from './webhookInbox';

/** Names of pages end so: the manifest has a schema for them, for hover. */
const ENDING = '.chatwebhook.json';

/** Webhooks as documents to read, with the problems of their messages. */
export class EventDocuments implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.webhook);
  /** Numbers of those that are shown without an answer, by URI. */
  private readonly waiting = new Map<string, number>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly inbox: WebhookInbox,
    private readonly pages: Pages,
  ) {
    this.subscriptions = [
      this.collection,
      inbox.onDidChange(() => void this.follow()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.collection.delete(uri);
        this.waiting.delete(uri.toString());
      }),
    ];
  }

  /** @throws NoticeError when the webhook is not kept any more */
  async open(number: number): Promise<void> {
    const { name, text } = await this.page(number);
    const uri = this.pages.write(name, text);
    if (this.inbox.get(number)?.answered === undefined) this.waiting.set(uri.toString(), number);
    await this.pages.show(name, text);
    this.check(await vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async page(number: number): Promise<{ name: string; text: string }> {
    const body = await this.inbox.body(number);
    const event = this.inbox.get(number);
    if (!event) throw new NoticeError(vscode.l10n.t('This webhook is not kept any more.'));
    const command = event.received.command.replace(/[^\w.-]/g, '_').slice(0, 80);
    return { name: `webhooks/${number} ${command}${ENDING}`, text: eventDocument(event, body) };
  }

  /** Shows the answers of those that waited for one. */
  private async follow(): Promise<void> {
    for (const [uri, number] of this.waiting) {
      if (!this.inbox.get(number)?.answered) continue;
      this.waiting.delete(uri);
      const { name, text } = await this.page(number);
      this.pages.write(name, text);
    }
  }

  private check(document: vscode.TextDocument): void {
    if (!document.fileName.endsWith(ENDING) || document.isClosed) return;
    const { messages } = readMessages(document.getText());
    const problems = messages.flatMap((message) => message.problems);
    this.collection.set(
      document.uri,
      problems.map((problem) => problemDiagnostic(document, problem)),
    );
  }
}
