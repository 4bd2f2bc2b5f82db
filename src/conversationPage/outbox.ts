import * as vscode from 'vscode';
import type { ChatAddress } from '../chat/address';
import { unsentUri } from '../documents/unsentUri';
import { formatOutgoing, receiversOf } from '../outgoing/editOutgoing';
import type { FromPage, ToPage } from '../conversation/pageProtocol';
import type { Item } from '../conversation/timeline';
import type { ChatPlace, OutboxServices } from './pageServices';

/** So many may be written as, of a group. */
const MOST_SENDERS = 20;

type Line = Extract<FromPage, { type: 'send' }>;
type SentLine = Extract<ToPage, { type: 'sent' }>;

/** Sends what is written in a page: as every message that is sent, by a document that nothing of is lost with. */
export class Outbox {
  /** Documents by their texts, of what was not sent or nobody knows: the same again is the same document. */
  private readonly left = new Map<string, string>();

  /** The last line, and why it was not sent. */
  private last: { readonly id: number; readonly error: Promise<string | undefined> } | undefined;

  constructor(
    private readonly place: ChatPlace,
    private readonly services: OutboxServices,
  ) {}

  /**
   * Who may be written as: nobody in production, where *New Message…* asks first.
   *
   * @param items of the page
   * @param most so many of those who speak, whoever spoke last
   */
  senders(items: readonly Item[], most = MOST_SENDERS): readonly string[] {
    const { connectionId, chat, user } = this.place;
    const connection = this.services.connections.get(connectionId);
    if (!connection || connection.readOnly || connection.environment === 'production') return [];
    if (chat.chat === 'c2c') return [...new Set([chat.user, chat.peer])];
    const speakers = items.flatMap((item) =>
      item.kind === 'message' && item.message ? item.message.sender : [],
    );
    const newest = [...new Set(speakers.reverse())].slice(0, most);
    // Their order is not that in which they spoke last, which changes with each message.
    return [...new Set([user ?? '', ...newest.sort()])].filter((one) => one !== '');
  }

  /** Sends a line. @param items of the page */
  send({ id, as, text }: Line, items: readonly Item[]): Promise<SentLine> {
    const error =
      this.senders(items, Infinity).includes(as) && text.trim() !== ''
        ? this.deliver(as, text).catch((failure: unknown) => this.services.notices.message(failure))
        : Promise.resolve(vscode.l10n.t('Not sent'));
    this.last = { id, error };
    return this.sent(id);
  }

  /** What became of a line, as soon as that is known. */
  async sent(id: number): Promise<SentLine> {
    const error = this.last?.id === id ? await this.last.error : nobodyKnows();
    return { type: 'sent', id, ...(error !== undefined && { error }) };
  }

  private async deliver(as: string, words: string): Promise<string | undefined> {
    const { connectionId, chat } = this.place;
    const store = await this.services.unsent();
    const text = documentOf(chat, as, words);
    const before = this.left.get(text);
    const again = before !== undefined && (await store.has(before));
    const id = again ? before : (await store.create(connectionId, text)).id;
    this.left.set(text, id);
    const kind = (await this.services.send(unsentUri({ connectionId, id })))?.kind ?? 'cancelled';
    if (kind === 'unknown') return nobodyKnows();
    const isSent = kind === 'done' || kind === 'earlier';
    // One that was there before may be in doubt: it alone knows of that.
    if (!isSent && (again || kind !== 'cancelled'))
      return vscode.l10n.t('Not sent. It waits among the drafts.');
    this.left.delete(text);
    if (isSent) return undefined;
    await store.remove(id);
    return vscode.l10n.t('Not sent');
  }
}

function nobodyKnows(): string {
  return vscode.l10n.t('Nobody knows whether it was sent.');
}

function documentOf(chat: ChatAddress, as: string, words: string): string {
  const side = chat.chat === 'c2c' && as !== chat.user ? { ...chat, user: as, peer: chat.user } : chat;
  return formatOutgoing({
    ...receiversOf(side, as),
    MsgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":${JSON.stringify(words)}}}]`,
  });
}
