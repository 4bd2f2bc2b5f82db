import * as vscode from 'vscode';
import type { MessageAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import { sleep } from '../chat/wire/sleep';
import type { NodeArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { Connections } from '../connections/connections';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import type { EventDocuments } from '../inbox/eventDocuments';
import { partiesText } from '../inbox/eventTexts';
import type { Replays } from '../inbox/replays';
import type { RulesDocument } from '../inbox/rulesDocument';
import { appOf, type InboxEvent, type WebhookInbox } from '../inbox/webhookInbox';
import { formatList } from '../lists/formatList';
import { addressText, copiedKey, keyText } from '../ui/addressTexts';
import { NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { fullTime } from '../ui/times';
import { askPick } from '../ui/wizard';
import { copyWebhook, messagesOf } from './webhookTexts';
import { askRule } from './ruleWizard';
import { pickConnection } from './pickConnection';

/** What the commands on webhooks work with. */
export interface WebhookEventServices {
  readonly inbox: WebhookInbox;
  readonly events: EventDocuments;
  readonly replays: Replays;
  readonly rules: RulesDocument;
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  /** The rows that are selected in the view. */
  readonly selected: () => readonly NodeArgument[];
}

/** Between two looks for a message that a webhook announced. */
const LOOK_MS = 1_000;

/** What is done with webhooks of the view. */
export function webhookEventCommands(
  services: WebhookEventServices,
): Pick<
  CommandHandlers,
  | 'webhooksOpen'
  | 'webhooksOpenMessage'
  | 'webhooksCopyKey'
  | 'webhooksCopyAs'
  | 'webhooksSaveAsList'
  | 'webhooksEditAndReplay'
  | 'webhooksSendEdited'
  | 'webhooksReplay'
  | 'webhooksAddRule'
> {
  const { inbox, events, replays, rules, selected } = services;

  /** The webhooks that are meant: the row and those selected with it, else what is selected, else the one that a person chooses. */
  const meant = async (
    node: NodeArgument | undefined,
    nodes: readonly NodeArgument[] = [],
  ): Promise<readonly [InboxEvent, ...InboxEvent[]]> => {
    const rows = nodes.length > 0 ? nodes : node ? [node] : selected();
    const [first, ...more] = rows.flatMap(({ id }) => inbox.get(Number(id)) ?? []);
    return first ? [first, ...more] : [await askEvent(inbox.list())];
  };
  const one = async (node: NodeArgument | undefined): Promise<InboxEvent> => (await meant(node))[0];

  return {
    webhooksOpen: async (node) => events.open((await one(node)).received.number),
    webhooksOpenMessage: async (node) => openMessage(services, await one(node)),
    webhooksCopyKey: async (node) => {
      const address = await addressOf(await one(node));
      await vscode.env.clipboard.writeText(copiedKey(address));
      sayInStatusBar(vscode.l10n.t('{0} was copied.', keyText(address)), 'copy');
    },
    webhooksCopyAs: async (node) => copyWebhook(inbox, await one(node)),
    webhooksSaveAsList: async (node, nodes) => {
      const messages = await messagesOf(inbox, await meant(node, nodes));
      if (messages.length === 0)
        throw new NothingToDo(vscode.l10n.t('None of these webhooks names a message with its content.'));
      const content = formatList(messages);
      const document = await vscode.workspace.openTextDocument({ language: LIST_LANGUAGE, content });
      await vscode.window.showTextDocument(document, { preview: false });
    },
    webhooksEditAndReplay: async (node) => replays.edit(await one(node)),
    webhooksSendEdited: (uri) => replays.sendEdited(uri),
    webhooksReplay: async (node, nodes) => replays.replay(await meant(node, nodes)),
    webhooksAddRule: async (node) => rules.add(await askRule(node && inbox.get(Number(node.id)))),
  };
}

/** Lets a person choose a webhook, the newest first. */
function askEvent(events: readonly InboxEvent[]): Promise<InboxEvent> {
  if (events.length === 0) throw new NothingToDo(vscode.l10n.t('No webhook is kept.'));
  return askPick(vscode.l10n.t('Webhook'), {
    placeholder: vscode.l10n.t('Which one?'),
    choices: events.map((event) => ({
      value: event,
      label: partiesText(event),
      description: `${fullTime(event.received.at / 1000)} · ${event.digest.text}`,
    })),
  });
}

/** The message that a webhook names, which the person chooses when there are several. */
async function addressOf({ digest: { addresses } }: InboxEvent): Promise<MessageAddress> {
  const [first, ...more] = addresses;
  if (!first) throw new NothingToDo(vscode.l10n.t('This webhook names no message.'));
  if (more.length === 0) return first;
  return askPick(vscode.l10n.t('Open Message'), {
    placeholder: vscode.l10n.t('Which one?'),
    choices: addresses.map((address) => ({
      value: address,
      label: addressText(address),
      description: keyText(address),
    })),
  });
}

/** Opens the message of a webhook; one that is asked for before it is sent is waited for. */
async function openMessage(
  { connections, documents }: WebhookEventServices,
  event: InboxEvent,
): Promise<void> {
  const address = await addressOf(event);
  const app = appOf(event.received);
  await connections.prepare().catch(() => undefined);
  const connection = await pickConnection(connections, undefined, vscode.l10n.t('Open Message'), {
    fits: ({ sdkAppId }) => app === undefined || String(sdkAppId) === app,
    none: vscode.l10n.t('There is no connection of the app {0}. Add one first.', app ?? ''),
  });
  const message = await withProgress(
    vscode.l10n.t('Looking for the message…'),
    async ({ signal, report }) => {
      const client = await connections.client(connection.id, { interactive: true, signal });
      for (;;) {
        const found: { readonly message: ChatMessage } | undefined = await client.findMessage(
          address,
          signal,
        );
        if (found) return found.message;
        report(vscode.l10n.t('It is not in the history yet; waiting for it…'));
        await sleep(LOOK_MS, signal);
        signal.throwIfAborted();
      }
    },
  );
  await documents.show(connection.id, message);
  await vscode.commands.executeCommand(
    'vscode.open',
    messageUri({ connectionId: connection.id, address: message.address }),
  );
}
