import type * as vscode from 'vscode';
import type { Settings } from '../../contributions/settings';
import { EventDocuments } from '../../inbox/eventDocuments';
import { Replays } from '../../inbox/replays';
import { RulesDocument } from '../../inbox/rulesDocument';
import { WebhookInbox } from '../../inbox/webhookInbox';
import type { Log } from '../../ui/log';
import type { Pages } from '../../ui/pages';
import type { Own } from '../../ui/room';

/** The inbox of webhooks, its documents, and what is sent again. */
export interface InboxRoom {
  readonly inbox: WebhookInbox;
  readonly events: EventDocuments;
  readonly rules: RulesDocument;
  readonly replays: Replays;
}

/** Puts the inbox together. Its process begins with *Start Webhook Inbox*. */
export function createInbox(
  own: Own,
  {
    context,
    read,
    log,
    pages,
  }: {
    readonly context: vscode.ExtensionContext;
    readonly read: Settings;
    readonly log: Log;
    readonly pages: Pages;
  },
): InboxRoom {
  const inbox = own(new WebhookInbox({ context, read, log }));
  return {
    inbox,
    events: own(new EventDocuments(inbox, pages)),
    rules: own(new RulesDocument(inbox, log)),
    replays: own(new Replays(inbox, pages, context.globalState)),
  };
}
