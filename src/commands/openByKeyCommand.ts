import * as vscode from 'vscode';
import type { ChatClient } from '../chat/client';
import { c2cAddress, groupAddress, type C2cAddress, type GroupAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import { findByRandom } from '../chat/findByRandom';
import { parseSdkId } from '../chat/sdkId';
import type { KeyArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import type { ToldOfGroup } from '../reading/typedGroupMessage';
import { addressText, copiedKey } from '../ui/addressTexts';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { fullTime } from '../ui/times';
import { askPick, askText } from '../ui/wizard';
import { askGroupId } from './groupCommands';
import { pickConnection } from './pickConnection';
import { askPasted, askWhich, timeOfKey, whichMessage, type ToldOfTwo } from './toldMessages';

/** What *Open Message by Key…* works with. */
export interface OpenByKeyServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
}

/** *Open Message by Key…*: from what names a message, or from a pasted answer, request or webhook body. */
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
      const look =
        told.chat === 'group' ? await ofGroup(title, told) : await ofTwo(title, told, argument, connection);
      const client = await connections.client(connection.id, { interactive: true });
      const found = await withProgress(vscode.l10n.t('Looking for the message…'), ({ signal }) =>
        look.find(client, signal),
      );
      const message = found.length > 1 ? await askWhich(title, found) : found[0];
      if (message === undefined) throw look.notFound();
      await documents.show(connection.id, message);
      await vscode.commands.executeCommand(
        'vscode.open',
        messageUri({ connectionId: connection.id, address: message.address }),
      );
      return copiedKey(message.address);
    },
  };
}

/** How a message is looked for, once all is known that is needed. */
interface Look {
  readonly find: (client: ChatClient, signal: AbortSignal) => Promise<ChatMessage[]>;
  readonly notFound: () => NoticeError;
}

async function ofTwo(
  title: string,
  told: ToldOfTwo,
  argument: KeyArgument,
  connection: Connection,
): Promise<Look> {
  const given = { from: argument.from ?? told.from, to: argument.to ?? told.to };
  const from = given.from ?? (await askUser(title, vscode.l10n.t('UserID of the sender'), connection));
  const to = given.to ?? (await askUser(title, vscode.l10n.t('UserID of the receiver'), connection, from));
  if (told.key === undefined) {
    const { sdkId } = told;
    return {
      find: (client, signal) => findBySdkId(client, sdkId, from, to, signal),
      notFound: () => notFoundById(sdkId, from, to),
    };
  }
  const address = c2cAddress(from, to, told.key);
  return { find: (client, signal) => find(client, address, signal), notFound: () => notFound(address) };
}

async function ofGroup(title: string, { group, topic, seq }: ToldOfGroup): Promise<Look> {
  const named = group ?? (await askGroupId(title, vscode.l10n.t('GroupId of the group')));
  const address = groupAddress(named, seq, topic);
  return {
    find: async (client, signal) => {
      const found = await client.findMessage(address, signal);
      return found ? [found.message] : [];
    },
    notFound: () => notFoundInGroup(address),
  };
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
      timeOfKey(key) ?? '?',
    ),
    [asCommand(vscode.l10n.t('Try Again'), commands.messageOpenByKey, { text: key })],
  );
}

function notFoundInGroup(address: GroupAddress): NoticeError {
  return new NoticeError(
    vscode.l10n.t(
      'The service shows no message {0}: it may be older than the history that is kept, be deleted, or belong to another group or topic.',
      addressText(address),
    ),
    [asCommand(vscode.l10n.t('Try Again'), commands.messageOpenByKey, { text: copiedKey(address) })],
  );
}
