import * as vscode from 'vscode';
import type { ChatClient } from '../chat/client';
import { c2cAddress, type C2cAddress } from '../chat/address';
import type { ChatMessage } from '../chat/model';
import { parseMsgKey } from '../chat/msgKey';
import { addressesIn, type PastedAddress } from '../chat/pasted';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import { fullTime } from '../explorer/labels';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { askPick, askText } from '../ui/wizard';
import { pickConnection } from './pickConnection';

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
      const told = await whichMessage(title, argument.text ?? (await askPasted(title)));
      const given = { from: argument.from ?? told.from, to: argument.to ?? told.to };
      const from = given.from ?? (await askUser(title, vscode.l10n.t('UserID of the sender'), connection));
      const to =
        given.to ?? (await askUser(title, vscode.l10n.t('UserID of the receiver'), connection, from));
      const client = await connections.client(connection.id, { interactive: true });
      const message = await withProgress(vscode.l10n.t('Looking for the message…'), ({ signal }) =>
        find(client, c2cAddress(from, to, told.key), signal),
      );
      if (message === undefined) throw notFound(c2cAddress(from, to, told.key));
      await documents.show(connection.id, message);
      await vscode.commands.executeCommand(
        'vscode.open',
        messageUri({ connectionId: connection.id, address: message.address }),
      );
      return told.key;
    },
  };
}

async function askPasted(title: string): Promise<string> {
  // A browser asks for leave before it lets anybody read the clipboard, and that would come out of nowhere.
  const copied = vscode.env.uiKind === vscode.UIKind.Desktop ? await vscode.env.clipboard.readText() : '';
  return askText(title, {
    prompt: vscode.l10n.t(
      'A MsgKey, or an answer of sendmsg or of history, or a webhook’s body, pasted whole',
    ),
    placeholder: '1_2_1700000000',
    value: addressesIn(copied).some(({ key }) => key !== undefined) ? copied : '',
    validate: (text) =>
      addressesIn(text).some(({ key }) => key !== undefined) ? undefined : complaint(text),
  });
}

/** The message that a text tells of; the person chooses when it tells of several. */
async function whichMessage(title: string, text: string): Promise<PastedAddress & { readonly key: string }> {
  const told = addressesIn(text).filter(
    (address): address is PastedAddress & { key: string } => address.key !== undefined,
  );
  const [first] = told;
  if (first === undefined) throw new NoticeError(complaint(text));
  if (told.length === 1) return first;
  return askPick(title, {
    placeholder: vscode.l10n.t('The text tells of several messages'),
    choices: told.map((address) => ({
      value: address,
      label: address.key,
      description: [address.from ?? '?', address.to ?? '?'].join(' → '),
      detail: timeOf(address.key),
    })),
  });
}

function complaint(text: string): string {
  return /^[\d_\s]*$/.test(text)
    ? vscode.l10n.t('A MsgKey is three numbers joined by underscores: MsgSeq_MsgRandom_MsgTimeStamp.')
    : vscode.l10n.t('There is no MsgKey in this text.');
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

/** Looks for the message in the direction that was given, then in the other one: they are easily mixed up. */
async function find(
  client: ChatClient,
  address: C2cAddress,
  signal: AbortSignal,
): Promise<ChatMessage | undefined> {
  const { from, to, key } = address;
  const found = await client.findMessage(address, signal);
  if (found !== undefined || from === to) return found?.message;
  return (await client.findMessage(c2cAddress(to, from, key), signal))?.message;
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
