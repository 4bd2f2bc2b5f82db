import * as vscode from 'vscode';
import type { ChatAddress } from '../chat/address';
import { unsentUri } from '../documents/unsentUri';
import { formatOutgoing, receiversOf } from '../outgoing/editOutgoing';
import type { FromPage, ToPage } from '../conversation/pageProtocol';
import type { Item } from '../conversation/timeline';
import type { UnsentStore } from '../sending/unsentStore';
import type { ChatPlace, OutboxServices } from './pageServices';

/** So many may be written as, of a group. */
const MOST_SENDERS = 20;

type Line = Extract<FromPage, { type: 'send' }>;
type SentLine = Extract<ToPage, { type: 'sent' }>;

/**
 * Sends what is written in a page: as every message that is sent, by a document that nothing of is lost with. The same
 * line again is the same document as long as that is there, over a reload of the window too: it alone knows of attempts
 * that nobody knows the end of.
 */
export class Outbox {
  /** Documents by their texts, of what this page did not send or nobody knows. */
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
   * @param items of the page, of which those who spoke last may be written as
   */
  senders(items: readonly Item[]): readonly string[] {
    const { connectionId, chat, user } = this.place;
    const connection = this.services.connections.get(connectionId);
    if (!connection || connection.readOnly || connection.environment === 'production') return [];
    if (chat.chat === 'c2c') return [...new Set([chat.user, chat.peer])];
    const speakers = items.flatMap((item) =>
      item.kind === 'message' && item.message ? item.message.sender : [],
    );
    const newest = [...new Set(speakers.reverse())].slice(0, MOST_SENDERS);
    // Their order is not that in which they spoke last, which changes with each message.
    return [...new Set([user ?? '', ...newest.sort()])].filter((one) => one !== '');
  }

  /** Sends a line. @param items of the page */
  send({ id, as, text }: Line, items: readonly Item[]): Promise<SentLine> {
    const senders = this.senders(items);
    // Of a group anybody may have been chosen, by an earlier page too; the service says who is no member.
    const may = this.place.chat.chat === 'group' ? senders.length > 0 && as !== '' : senders.includes(as);
    const error =
      may && text.trim() !== ''
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
    const before = this.left.get(text) ?? (await documentWith(store, connectionId, text));
    const said = before === undefined ? text : await this.textOf(store, before);
    if (said === undefined) return this.endedElsewhere(text);
    if (said !== text)
      return vscode.l10n.t('Not sent. Its draft says something else now: send or discard that.');
    const id = before ?? (await store.create(connectionId, text)).id;
    this.left.set(text, id);
    const outcome = await this.services.send(unsentUri({ connectionId, id }));
    const kind = outcome?.kind ?? 'cancelled';
    if (kind === 'unknown') return nobodyKnows();
    if (kind === 'gone') return this.endedElsewhere(text);
    // What arrived earlier may have said something else.
    const isSent = kind === 'done' || (outcome?.kind === 'earlier' && !outcome.kept);
    // One that was there before may be in doubt: it alone knows of that.
    if (!isSent && (before !== undefined || kind !== 'cancelled'))
      return vscode.l10n.t('Not sent. It waits among the drafts.');
    this.left.delete(text);
    if (isSent) return undefined;
    await store.remove(id);
    return vscode.l10n.t('Not sent');
  }

  /** What a document says now, in an editor too. Undefined when it is not there any more. */
  private async textOf(store: UnsentStore, id: string): Promise<string | undefined> {
    const kept = await store.read(id);
    if (!kept) return undefined;
    const uri = String(unsentUri({ connectionId: this.place.connectionId, id }));
    const open = vscode.workspace.textDocuments.find((document) => String(document.uri) === uri);
    return open?.getText() ?? kept.text;
  }

  /** From the notice, say, or as a draft. */
  private endedElsewhere(text: string): string {
    this.left.delete(text);
    return vscode.l10n.t('It was sent or discarded among the drafts. Enter sends it once more.');
  }
}

/** The document of an earlier page that says this. */
async function documentWith(
  store: UnsentStore,
  connectionId: string,
  text: string,
): Promise<string | undefined> {
  const all = await store.list();
  return all.find((one) => one.connectionId === connectionId && one.text === text)?.id;
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
