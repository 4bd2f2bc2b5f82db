import * as vscode from 'vscode';
import { storageKeys } from '../contributions/ids';
import { isLoopback } from '../chat/regions';
import { prettyPrint } from '../json/layout';
import { valueOfJson } from '../json/values';
import { asLens } from '../ui/lenses';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { askInDialog } from '../ui/messages';
import { NoticeError } from '../ui/noticeError';
import { AnswerPage } from '../ui/answerPage';
import type { Pages } from '../ui/pages';
import { withProgress, type TaskProgress } from '../ui/progress';
import { askPick, askText } from '../ui/wizard';
import { isHttpAddress } from '../webhooks/rules/readRules';
import { replay, type Replayed } from '../webhooks/replay';
import { replayUrl } from '../webhooks/replayUrl';
import { postWebhook, type PostOutcome } from '../webhooks/post';
import type { InboxEvent, WebhookInbox } from './webhookInbox';

/** Time that a server has: whoever debugs one has it stand in a breakpoint. */
const REPLAY_MS = 60_000;

/** Sends webhooks that came in to a server of one's own, signed anew. */
export class Replays implements vscode.Disposable {
  /** Documents that are edited before they are sent, by URI. */
  private readonly edited = new Map<string, { readonly event: InboxEvent; readonly to: URL }>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly inbox: WebhookInbox,
    private readonly pages: Pages,
    private readonly memory: vscode.Memento,
  ) {
    this.subscriptions = [
      vscode.languages.registerCodeLensProvider({ scheme: 'untitled' }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.edited.delete(uri.toString())),
    ];
  }

  /** Opens a webhook's body to be changed and sent. */
  async edit(event: InboxEvent): Promise<void> {
    const to = await this.askTarget();
    const text = (await this.inbox.body(event.received.number)).toString();
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: valueOfJson(text) === undefined ? text : `${prettyPrint(text)}\n`,
    });
    this.edited.set(document.uri.toString(), { event, to });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Sends what was edited, and shows the answer beside. */
  async sendEdited(uri: vscode.Uri | undefined): Promise<void> {
    const document = vscode.workspace.textDocuments.find((one) =>
      uri ? one.uri.toString() === uri.toString() : one === vscode.window.activeTextEditor?.document,
    );
    const found = document && this.edited.get(document.uri.toString());
    if (!found) throw new NoticeError(vscode.l10n.t('This document is no webhook that is being edited.'));
    const { event, to } = found;
    await this.shown(to, async ({ signal }) => [
      { event, outcome: await this.post(event, to, Buffer.from(document.getText()), signal) },
    ]);
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const found = this.edited.get(uri.toString());
    if (!found) return [];
    const title = vscode.l10n.t('Send to {0}', found.to.host);
    return [asLens(new vscode.Position(0, 0), asCommand(title, commands.webhooksSendEdited, uri))];
  }

  /** Sends webhooks again in the order in which they came, byte for byte, with their distances or one after the other. */
  async replay(events: readonly InboxEvent[]): Promise<void> {
    const sorted = [...events].sort((one, other) => one.received.number - other.received.number);
    const to = await this.askTarget();
    const apart = sorted.length > 1 && (await this.askDistances());
    await this.shown(to, ({ signal, report }) =>
      replay({
        events: sorted,
        apart,
        signal,
        send: async (event) => this.post(event, to, await this.inbox.body(event.received.number), signal),
        onSent: (count) => report(vscode.l10n.t('{0} of {1}', count, sorted.length)),
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async askTarget(): Promise<URL> {
    const last = this.memory.get<string>(storageKeys.replayTarget);
    const typed = await askText(vscode.l10n.t('Send Webhooks Again'), {
      prompt: vscode.l10n.t('Address of your own server'),
      value: last ?? '',
      placeholder: 'http://127.0.0.1:8080/callback',
      validate: (text) =>
        isHttpAddress(text) ? undefined : vscode.l10n.t('An http or https address belongs here.'),
    });
    const url = new URL(typed);
    if (!isLoopback(url.hostname) && !this.inbox.trusted.includes(url.host)) {
      const send = vscode.l10n.t('Send');
      const question = vscode.l10n.t('Send webhooks to {0}?', url.host);
      const detail = [vscode.l10n.t('This is not this machine. Webhooks hold what users wrote.')];
      if ((await askInDialog(question, detail, send)) !== send) throw new vscode.CancellationError();
      await this.inbox.trust(url.host);
    }
    await this.memory.update(storageKeys.replayTarget, typed);
    return url;
  }

  private askDistances(): Promise<boolean> {
    return askPick(vscode.l10n.t('Send Webhooks Again'), {
      placeholder: vscode.l10n.t('How they follow each other'),
      choices: [
        { value: false, label: vscode.l10n.t('One after the other'), icon: 'run-all' },
        { value: true, label: vscode.l10n.t('As far apart as they came'), icon: 'watch' },
      ],
    });
  }

  private async post(
    { received }: InboxEvent,
    to: URL,
    body: Buffer,
    signal: AbortSignal,
  ): Promise<PostOutcome> {
    const url = replayUrl(to, received.query, await this.inbox.token(), Date.now());
    const contentType = received.contentType === '' ? 'application/json' : received.contentType;
    return postWebhook({ url, body, contentType, timeoutMs: REPLAY_MS, signal });
  }

  /** Shows beside what came of sending. */
  private async shown(
    to: URL,
    send: (progress: TaskProgress) => Promise<readonly Replayed<InboxEvent>[]>,
  ): Promise<void> {
    const page = new AnswerPage(this.pages, 'webhooks/answers.json');
    page.open(answersText([]));
    try {
      const replayed = await withProgress(vscode.l10n.t('Sending to {0}…', to.host), send);
      await page.show(answersText(replayed));
    } finally {
      await page.end(answersText([]));
    }
  }
}

function answersText(replayed: readonly Replayed<InboxEvent>[]): string {
  const rows = replayed.map(({ event, outcome }) => {
    const { status, text, error, detail, ms } = outcome;
    return {
      number: event.received.number,
      command: event.received.command,
      ...(status !== undefined && { status, answer: valueOfJson(text) ?? text }),
      ...(error && { error: error === 'late' ? vscode.l10n.t('no answer in time') : (detail ?? '') }),
      ms: Math.round(ms),
    };
  });
  return `${JSON.stringify(rows.length === 1 ? rows[0] : rows, null, 2)}\n`;
}
