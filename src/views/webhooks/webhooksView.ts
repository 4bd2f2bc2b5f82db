import * as vscode from 'vscode';
import { asCommand } from '../../contributions/command';
import { commands } from '../../contributions/commands';
import { contextKeys, setContext } from '../../contributions/contextKeys';
import { answeredText, consequenceText, partiesText, signatureText, titleOf } from '../../inbox/eventTexts';
import type { InboxEvent, InboxState, WebhookInbox } from '../../inbox/webhookInbox';
import { elsewhereText } from '../../inbox/webhookInbox';
import { plainRow } from '../../ui/rows';
import { fullTime } from '../../ui/times';
import { describeView, sayInView } from '../../ui/titles';
import { findWebhookCommand } from '../../webhooks/commands';

/** A row of the view: a webhook, by its number. */
export interface WebhookNode {
  readonly kind: 'webhook';
  readonly id: string;
}

/** Which webhooks are shown. */
export interface WebhookFilter {
  readonly command?: string;
  readonly account?: string;
  /** In the row's text, whichever case. */
  readonly text?: string;
}

/** Many webhooks come at once; the view follows that often. */
const REST_MS = 150;

/** The webhooks that came in, newest first, with a badge for those that came while nobody looked. */
export class WebhooksView implements vscode.TreeDataProvider<WebhookNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;
  private filter: WebhookFilter = {};
  /** The newest that was seen. */
  private seen: number | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly inbox: WebhookInbox,
    private readonly view: vscode.TreeView<WebhookNode>,
  ) {
    this.subscriptions = [
      this.changed,
      inbox.onDidChange(() => this.refreshSoon()),
      view.onDidChangeVisibility(() => this.follow()),
    ];
    this.refreshSoon();
  }

  /** Shows these only. */
  async show(filter: WebhookFilter): Promise<void> {
    this.filter = filter;
    await this.follow();
    this.changed.fire(undefined);
  }

  /** The rows that are selected. */
  readonly selected = (): readonly WebhookNode[] => this.view.selection;

  /** The webhooks that are shown, newest first. */
  shown(): readonly InboxEvent[] {
    const { command, account, text } = this.filter;
    const words = text?.toLowerCase();
    return this.inbox
      .list()
      .filter(
        ({ received, digest }) =>
          (command === undefined || received.command === command) &&
          (account === undefined || digest.who === account || digest.whom.includes(account)) &&
          (words === undefined || digest.text.toLowerCase().includes(words)),
      );
  }

  getChildren(node?: WebhookNode): WebhookNode[] {
    if (node) return [];
    return this.shown().map(({ received }) => ({ kind: 'webhook', id: String(received.number) }));
  }

  getTreeItem(node: WebhookNode): vscode.TreeItem {
    const event = this.inbox.get(Number(node.id));
    if (!event) return new vscode.TreeItem('');
    const { received, answered, digest } = event;
    const item = new vscode.TreeItem(partiesText(event));
    item.id = node.id;
    item.description = [digest.text, answeredText(event)].filter((part) => part !== '').join(' · ');
    item.iconPath = new vscode.ThemeIcon(findWebhookCommand(received.command)?.icon ?? 'question');
    item.contextValue = digest.addresses.length > 0 ? 'webhook.message' : 'webhook';
    item.tooltip = [
      `${received.command}: ${titleOf(received.command)}`,
      fullTime(received.at / 1000),
      ...(digest.text === '' ? [] : [digest.text]),
      ...(answered ? [consequenceText(received.command, answered)] : [answeredText(event)]),
      ...(answered?.rule === undefined ? [] : [vscode.l10n.t('By the rule “{0}”.', answered.rule)]),
      ...(answered?.tooSlow
        ? [vscode.l10n.t('Passed over, since the expression did not end: {0}', answered.tooSlow.join(', '))]
        : []),
      signatureText(received.signature),
    ].join('\n');
    item.command = asCommand(vscode.l10n.t('Open Webhook'), commands.webhooksOpen, node);
    return plainRow(item);
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private refreshSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.follow();
      this.changed.fire(undefined);
    }, REST_MS);
  }

  /** What stands around the rows: badge, filter, how things stand with the inbox. */
  private async follow(): Promise<void> {
    const newest = this.inbox.list()[0]?.received.number ?? 0;
    // What was kept before this window began is nothing new.
    if (this.view.visible || this.seen === undefined || newest < this.seen) this.seen = newest;
    const unseen = newest - this.seen;
    this.view.badge =
      unseen === 0 ? undefined : { value: unseen, tooltip: vscode.l10n.t('New webhooks: {0}', unseen) };
    const { command, account, text } = this.filter;
    const parts = [command, account, text].filter((part) => part !== undefined);
    describeView(this.view, parts.join(' · '));
    const state = await this.inbox.state();
    sayInView(this.view, stateText(state));
    const isFiltered = parts.length > 0 && this.inbox.list().length > 0;
    await setContext(contextKeys.webhooks, isFiltered ? 'filtered' : state.kind);
  }
}

function stateText(state: InboxState): string {
  return state.kind === 'elsewhere' ? elsewhereText(state.port) : '';
}
