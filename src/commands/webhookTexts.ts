import * as vscode from 'vscode';
import { contentText } from '../copying/contentText';
import type { InboxEvent, WebhookInbox } from '../inbox/webhookInbox';
import { prettyPrint } from '../json/layout';
import { memberNode, nodeText, parseJson } from '../json/tree';
import { formatItem, type ListedMessage } from '../lists/formatList';
import { copiedKey, keyOf } from '../ui/addressTexts';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick } from '../ui/wizard';

/** Lets the person choose as what a webhook is copied. */
export async function copyWebhook(inbox: WebhookInbox, event: InboxEvent): Promise<void> {
  const body = (await inbox.body(event.received.number)).toString();
  const [message] = await messagesOf(inbox, [event]);
  const pieces = [
    piece(vscode.l10n.t('Body'), body),
    ...event.digest.addresses.map((address) => piece(keyOf(address).name, copiedKey(address))),
    ...(message ? piecesOf(message) : []),
  ];
  const { label, text } = await askPick(vscode.l10n.t('Copy As'), {
    placeholder: vscode.l10n.t('What of the webhook?'),
    choices: pieces.map((one) => ({
      value: one,
      label: one.label,
      description: one.text.replace(/\s+/g, ' '),
    })),
  });
  await vscode.env.clipboard.writeText(text);
  sayInStatusBar(vscode.l10n.t('{0} was copied.', label), 'copy');
}

interface Piece {
  readonly label: string;
  readonly text: string;
}

/** @param label a name of the service's, or localised */
function piece(label: string, text: string): Piece {
  return { label, text };
}

function piecesOf(message: ListedMessage): Piece[] {
  const { msgBody, cloudCustomData } = message.content;
  const words = contentText(message.content);
  return [
    ...(words === '' ? [] : [piece(vscode.l10n.t('Text'), words)]),
    ...(msgBody === undefined ? [] : [piece('MsgBody', prettyPrint(msgBody))]),
    ...(cloudCustomData === undefined ? [] : [piece('CloudCustomData', cloudCustomData)]),
    piece(vscode.l10n.t('Item of a List'), formatItem(message)),
  ];
}

/** Messages of webhooks, each as the newest of them has it, oldest first. */
export async function messagesOf(
  inbox: WebhookInbox,
  events: readonly InboxEvent[],
): Promise<ListedMessage[]> {
  const sorted = [...events].sort((a, b) => a.received.number - b.received.number);
  const found = new Map<string, ListedMessage>();
  for (const { received, digest } of sorted) {
    const [address, ...more] = digest.addresses;
    if (!address || more.length > 0) continue;
    const text = (await inbox.body(received.number)).toString();
    const { root } = parseJson(text);
    const slice = (name: string): string | undefined => {
      const node = memberNode(root, name);
      return node && nodeText(text, node);
    };
    const [msgBody, cloudCustomData] = [slice('MsgBody'), slice('CloudCustomData')];
    if (msgBody === undefined && cloudCustomData === undefined) continue;
    const time: unknown = memberNode(root, 'MsgTime')?.value;
    found.set(JSON.stringify(address), {
      address,
      sender: digest.who ?? '',
      time: typeof time === 'number' ? time : Math.floor(received.at / 1000),
      flags: 0,
      content: {
        ...(msgBody !== undefined && { msgBody }),
        ...(cloudCustomData !== undefined && { cloudCustomData }),
      },
    });
  }
  return [...found.values()];
}
