import * as vscode from 'vscode';
import { addressKey, c2cAddress, groupAddress, type ChatAddress, type MessageAddress } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import type { RowKey } from '../conversation/rowViews';
import { chatText } from '../ui/addressTexts';
import type { Day } from '../ui/days';
import { NoticeError } from '../ui/noticeError';
import { askText } from '../ui/wizard';
import type { PageList } from './pageList';
import type { PageReading } from './pageReading';

/**
 * Reads what stands around the first of these messages that the service shows.
 *
 * @returns its row; undefined when reading failed
 * @throws NoticeError when it shows none
 */
export async function readOne(
  reading: PageReading,
  list: PageList,
  addresses: readonly MessageAddress[],
): Promise<RowKey | undefined> {
  for (const address of addresses) {
    const key = addressKey(address);
    // Of two users the time stands in the MsgKey.
    const place = address.chat === 'c2c' ? (parseMsgKey(address.key)?.time ?? 0) : address.seq;
    if (!list.has(key)) await reading.run((reader, signal) => reader.around(list.viewed, place, signal));
    if (list.has(key)) return key;
  }
  if (reading.phase !== 'read') return undefined;
  throw new NoticeError(vscode.l10n.t('The service does not show this message.'));
}

/** Reads where a day begins. @returns the first row of it or after it, and what to tell when it is of no such day */
export async function readDay(
  reading: PageReading,
  list: PageList,
  day: Day,
  chat: ChatAddress,
): Promise<{ readonly key?: RowKey | undefined; readonly notice?: string }> {
  let place = 0;
  const isRead = await reading.run(async (reader, signal) => {
    place = await reader.placeAt(day.start, signal);
    await reader.around(list.viewed, place, signal);
  });
  if (!isRead) return {};
  const found = list.all.find((item) => item.kind === 'message' && item.place >= place);
  const time = found?.kind === 'message' ? found.message?.time : undefined;
  if (time !== undefined && time <= day.end) return { key: found?.key };
  const notice = vscode.l10n.t(
    '{0} has no messages on {1} that the service still shows.',
    chatText(chat),
    day.id,
  );
  return { key: found?.key, notice };
}

/** Asks for a message of a conversation by what names it; of two users it may be either's. */
export async function askAddresses(chat: ChatAddress): Promise<readonly MessageAddress[]> {
  const name = chat.chat === 'group' ? 'MsgSeq' : 'MsgKey';
  const text = await askText(vscode.l10n.t('Go to Message'), {
    prompt: vscode.l10n.t('{0} of a message of this conversation', name),
    validate: (typed) =>
      addressesOf(chat, typed).length === 0 ? vscode.l10n.t('This is no {0}.', name) : undefined,
  });
  return addressesOf(chat, text);
}

function addressesOf(chat: ChatAddress, text: string): readonly MessageAddress[] {
  const name = text.trim();
  if (chat.chat === 'group')
    return /^\d{1,15}$/.test(name) ? [groupAddress(chat.group, Number(name), chat.topic)] : [];
  if (!parseMsgKey(name)) return [];
  return [c2cAddress(chat.user, chat.peer, name), c2cAddress(chat.peer, chat.user, name)];
}

/** The place of a row that a page kept: of two users its time, in a group its MsgSeq, which its key ends with. */
export function keptPlace(
  { chat }: ChatAddress,
  { key, time }: { readonly key: RowKey; readonly time: number },
): number {
  return chat === 'c2c' ? time : Number(/,(\d+)\]$/.exec(key)?.[1] ?? 0);
}
