import * as vscode from 'vscode';
import { groupAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import { parseMsgKey } from '../chat/msgKey';
import { parseSdkId } from '../chat/sdkId';
import { addressesIn, type ToldMessage } from '../reading/addresses';
import { typedGroupMessage, type ToldOfGroup } from '../reading/typedGroupMessage';
import { addressText, keyOf, keyText } from '../ui/addressTexts';
import { NoticeError } from '../ui/noticeError';
import { fullTime } from '../ui/times';
import { askPick, askText } from '../ui/wizard';

/** A message of two users that a text tells of: by its key, or by the id that a client's SDK gave it. */
export type ToldOfTwo = Omit<ToldMessage, 'chat'> &
  ({ readonly key: string } | { readonly key?: undefined; readonly sdkId: string }) & {
    readonly chat: 'c2c' | null;
  };

/** A message that a text tells of. */
export type Told = ToldOfTwo | ToldOfGroup;

/** Asks for a text that tells of a message; what was copied is offered when it does. */
export async function askPasted(title: string): Promise<string> {
  // A browser asks for leave before it lets anybody read the clipboard, and that would come out of nowhere.
  const copied = vscode.env.uiKind === vscode.UIKind.Desktop ? await vscode.env.clipboard.readText() : '';
  return askText(title, {
    prompt: vscode.l10n.t(
      'A MsgKey, a GroupId and a MsgSeq, or an answer, a webhook’s body or a client’s message, pasted whole',
    ),
    placeholder: '1_2_1700000000',
    value: isOffered(copied) ? copied : '',
    validate: (text) => (openable(text).length > 0 ? undefined : complaint(text)),
  });
}

/**
 * The message that a text tells of. What was understood is shown before anything is asked of the service, but for what
 * was typed; of several the person chooses one.
 */
export async function whichMessage(title: string, text: string, pasted: boolean): Promise<Told> {
  const told = openable(text);
  const [first] = told;
  if (first === undefined) throw new NoticeError(complaint(text));
  const typed =
    typedGroupMessage(text) !== undefined || (first.chat !== 'group' && first.key === text.trim());
  if (told.length === 1 && (!pasted || typed)) return first;
  return askPick(title, {
    placeholder:
      told.length === 1
        ? vscode.l10n.t('This is what the text tells. Enter looks for the message.')
        : vscode.l10n.t('The text tells of {0} messages', told.length),
    choices: told.map((one) => ({ value: one, ...describe(one) })),
  });
}

/** Several messages have the random that was looked for. */
export async function askWhich(title: string, found: readonly ChatMessage[]): Promise<ChatMessage> {
  return askPick(title, {
    placeholder: vscode.l10n.t('{0} messages have the random of this id', found.length),
    choices: found.map((message) => ({
      value: message,
      label: keyOf(message.address).text,
      description: addressText(message.address),
      detail: fullTime(message.time),
    })),
  });
}

/** When a MsgKey says that its message was sent. */
export function timeOfKey(key: string): string | undefined {
  const parts = parseMsgKey(key);
  return parts && fullTime(parts.time);
}

/** Two words and a number may be anything that somebody copied; a GroupId that the service made is nothing else. */
function isOffered(copied: string): boolean {
  if (typedGroupMessage(copied) !== undefined) return copied.trim().startsWith('@TGS#');
  return openable(copied).length > 0;
}

/** The messages that a text tells of and that can be looked for. */
function openable(text: string): Told[] {
  const typed = typedGroupMessage(text);
  if (typed) return [typed];
  return addressesIn(text).flatMap((one): Told[] => {
    const { chat, group, topic, seq, key, sdkId } = one;
    if (chat === 'group') {
      const number = Number(seq);
      return Number.isSafeInteger(number) && number > 0 ? [{ chat, group, topic, seq: number }] : [];
    }
    if (key !== undefined) return [{ ...one, chat, key }];
    return sdkId !== undefined && parseSdkId(sdkId) !== undefined ? [{ ...one, chat, key, sdkId }] : [];
  });
}

function describe(told: Told): { label: string; description: string; detail: string } {
  if (told.chat === 'group') {
    const { group = '?', topic, seq } = told;
    const address = groupAddress(group, seq, topic);
    return { label: keyText(address), description: addressText(address), detail: '' };
  }
  return {
    label: told.key ?? told.sdkId,
    description: [told.from ?? '?', told.to ?? '?'].join(' → '),
    detail: [told.key === undefined ? undefined : timeOfKey(told.key), ...remarks(told)]
      .filter((part) => part !== undefined)
      .join(' · '),
  };
}

/** What one should know of how the message was understood. */
function remarks(told: ToldOfTwo): string[] {
  const { keyMade, sdkId } = told;
  const parts = told.key === undefined ? parseSdkId(told.sdkId) : undefined;
  if (parts !== undefined) {
    return [
      vscode.l10n.t(
        '{0} is the id of a client’s SDK, not a MsgKey. The message is looked for by its random {1}, around {2}.',
        sdkId ?? '',
        parts.random,
        fullTime(parts.time),
      ),
    ];
  }
  return [
    ...(keyMade ? [vscode.l10n.t('The MsgKey was put together from MsgSeq, MsgRandom and the time.')] : []),
    ...(sdkId === undefined ? [] : [vscode.l10n.t('{0} is the id of a client’s SDK, not a MsgKey.', sdkId)]),
  ];
}

/** Why nothing can be opened from a text. */
function complaint(text: string): string {
  if (/^[\d_\s]*$/.test(text)) {
    return vscode.l10n.t('A MsgKey is three numbers joined by underscores: MsgSeq_MsgRandom_MsgTimeStamp.');
  }
  return addressesIn(text).some(({ chat }) => chat === 'group')
    ? vscode.l10n.t('This is a message of a group, and its MsgSeq is not in this text.')
    : vscode.l10n.t('There is no MsgKey in this text, and no GroupId with a MsgSeq.');
}
