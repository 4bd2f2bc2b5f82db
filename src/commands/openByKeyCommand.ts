import * as vscode from 'vscode';
import type { ChatClient } from '../chat/client';
import { accountsOf, c2cAddress, type C2cAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import { findByRandom } from '../chat/findByRandom';
import { parseMsgKey } from '../chat/msgKey';
import { parseSdkId } from '../chat/sdkId';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import { fullTime } from '../ui/times';
import { addressesIn, type ToldMessage } from '../reading/addresses';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { askPick, askText } from '../ui/wizard';
import { pickConnection } from './pickConnection';

/** A message of two users that a text tells of: by its key, or by the id that a client's SDK gave it. */
type Told = ToldMessage & ({ readonly key: string } | { readonly key?: undefined; readonly sdkId: string });

/** What *Open Message by Key…* works with. */
export interface OpenByKeyServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
}

/** *Open Message by Key…*: from a MsgKey, or from a pasted answer, request or webhook body. */
export function openByKeyCommand({
  connections,
  documents,
}: OpenByKeyServices): Pick<CommandHandlers, 'messageOpenByKey'> {
  return {
    messageOpenByKey: async (argument = {}) => {
      const title = vscode.l10n.t('Open Message by Key');
      const connection = await pickConnection(connections, argument, title);
      const told = await whichMessage(
        title,
        argument.text ?? (await askPasted(title)),
        argument.text === undefined,
      );
      const given = { from: argument.from ?? told.from, to: argument.to ?? told.to };
      const from = given.from ?? (await askUser(title, vscode.l10n.t('UserID of the sender'), connection));
      const to =
        given.to ?? (await askUser(title, vscode.l10n.t('UserID of the receiver'), connection, from));
      const client = await connections.client(connection.id, { interactive: true });
      const found = await withProgress(vscode.l10n.t('Looking for the message…'), ({ signal }) =>
        told.key === undefined
          ? findBySdkId(client, told.sdkId, from, to, signal)
          : find(client, c2cAddress(from, to, told.key), signal),
      );
      const message = found.length > 1 ? await askWhich(title, found) : found[0];
      if (message === undefined) {
        throw told.key === undefined
          ? notFoundById(told.sdkId, from, to)
          : notFound(c2cAddress(from, to, told.key));
      }
      await documents.show(connection.id, message);
      await vscode.commands.executeCommand(
        'vscode.open',
        messageUri({ connectionId: connection.id, address: message.address }),
      );
      return message.address.chat === 'c2c' ? message.address.key : undefined;
    },
  };
}

async function askPasted(title: string): Promise<string> {
  // A browser asks for leave before it lets anybody read the clipboard, and that would come out of nowhere.
  const copied = vscode.env.uiKind === vscode.UIKind.Desktop ? await vscode.env.clipboard.readText() : '';
  return askText(title, {
    prompt: vscode.l10n.t(
      'A MsgKey, or an answer of sendmsg or of history, a webhook’s body or a client’s message, pasted whole',
    ),
    placeholder: '1_2_1700000000',
    value: openable(copied).length > 0 ? copied : '',
    validate: (text) => (openable(text).length > 0 ? undefined : complaint(text)),
  });
}

/** The messages of two users that a text tells of. */
function openable(text: string): Told[] {
  return addressesIn(text).filter(
    (one): one is Told =>
      one.key !== undefined ||
      (one.chat !== 'group' && one.sdkId !== undefined && parseSdkId(one.sdkId) !== undefined),
  );
}

/**
 * The message that a text tells of. What was understood is shown before anything is asked of the service, but for a
 * bare key; of several the person chooses one.
 */
async function whichMessage(title: string, text: string, pasted: boolean): Promise<Told> {
  const told = openable(text);
  const [first] = told;
  if (first === undefined) throw new NoticeError(complaint(text));
  if (told.length === 1 && (!pasted || first.key === text.trim())) return first;
  return askPick(title, {
    placeholder:
      told.length === 1
        ? vscode.l10n.t('This is what the text tells. Enter looks for the message.')
        : vscode.l10n.t('The text tells of {0} messages', told.length),
    choices: told.map((address) => ({
      value: address,
      label: address.key ?? address.sdkId,
      description: [address.from ?? '?', address.to ?? '?'].join(' → '),
      detail: [address.key === undefined ? undefined : timeOf(address.key), ...remarks(address)]
        .filter((part) => part !== undefined)
        .join(' · '),
    })),
  });
}

/** Several messages have the random that was looked for. */
async function askWhich(title: string, found: readonly ChatMessage[]): Promise<ChatMessage> {
  return askPick(title, {
    placeholder: vscode.l10n.t('{0} messages have the random of this id', found.length),
    choices: found.map((message) => ({
      value: message,
      label: message.address.chat === 'c2c' ? message.address.key : '',
      description: accountsOf(message.address).join(' → '),
      detail: fullTime(message.time),
    })),
  });
}

/** What one should know of how the message was understood. */
function remarks(told: Told): string[] {
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
  const told = addressesIn(text);
  const group = told.find(({ chat }) => chat === 'group');
  if (group !== undefined) {
    return vscode.l10n.t(
      'This is a message of the group {0} (MsgSeq {1}): messages of groups have no MsgKey and are not opened by one.',
      group.group ?? '?',
      group.seq ?? '?',
    );
  }
  return vscode.l10n.t('There is no MsgKey in this text.');
}

function timeOf(key: string): string | undefined {
  const parts = parseMsgKey(key);
  return parts && fullTime(parts.time);
}

/** Asks for one side of the message: a user that is known, or another one. */
async function askUser(
  title: string,
  prompt: string,
  connection: Connection,
  other?: string,
): Promise<string> {
  const known = [...new Set([...connection.users, ...connection.met])].filter((user) => user !== other);
  const typed = (): Promise<string> => askText(title, { prompt, validate: checkUserId });
  if (known.length === 0) return typed();
  const chosen = await askPick<string | undefined>(title, {
    placeholder: prompt,
    choices: [
      ...known.map((user) => ({ value: user, label: user, icon: 'account' })),
      { value: undefined, label: vscode.l10n.t('Another user…'), icon: 'edit' },
    ],
  });
  return chosen ?? typed();
}

/** Looks for the message of a client's SDK by what its id tells: the random, and the time by the sender's clock. */
async function findBySdkId(
  client: ChatClient,
  sdkId: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<ChatMessage[]> {
  const parts = parseSdkId(sdkId);
  return parts ? findByRandom(client, { from, to, random: parts.random, time: parts.time }, signal) : [];
}

/** Looks for the message in the direction that was given, then in the other one: they are easily mixed up. */
async function find(client: ChatClient, address: C2cAddress, signal: AbortSignal): Promise<ChatMessage[]> {
  const { from, to, key } = address;
  const turned = from === to ? undefined : c2cAddress(to, from, key);
  const found =
    (await client.findMessage(address, signal)) ?? (turned && (await client.findMessage(turned, signal)));
  return found ? [found.message] : [];
}

function notFoundById(sdkId: string, from: string, to: string): NoticeError {
  const parts = parseSdkId(sdkId);
  return new NoticeError(
    vscode.l10n.t(
      'The service shows no message with the random {0} between {1} and {2} around {3}. The clock of the client may be wrong, or the message belong to other users; with its sequence too, the MsgKey could be put together.',
      parts?.random ?? '?',
      from,
      to,
      parts ? fullTime(parts.time) : '?',
    ),
    [asCommand(vscode.l10n.t('Try Again'), commands.messageOpenByKey, { text: sdkId })],
  );
}

function notFound({ from, to, key }: C2cAddress): NoticeError {
  return new NoticeError(
    vscode.l10n.t(
      'The service shows no message {0} between {1} and {2}. It was sent at {3}: it may be older than the history that is kept, be deleted on both sides, or belong to other users.',
      key,
      from,
      to,
      timeOf(key) ?? '?',
    ),
    [asCommand(vscode.l10n.t('Try Again'), commands.messageOpenByKey, { text: key })],
  );
}
