import * as vscode from 'vscode';
import { chatOf, type MessageAddress } from '../chat/address';
import { appLine } from '../connections/names';
import type { RevisionConnection } from '../journal/revision';
import { sendCalls } from '../outgoing/members';
import type { Outgoing } from '../outgoing/outgoing';
import { summarize } from '../message/summary';
import { chatText, namesText } from '../ui/addressTexts';
import { askInDialog } from '../ui/messages';
import { fullTime } from '../ui/times';

/** Receivers that a question names; of more it says how many. */
const NAMED = 12;

/** Who gets a message, in one line. */
export function receiversText({ chat, to }: Outgoing): string {
  const people = namesText(to, NAMED);
  if (!chat) return people;
  const group = chatText(chat);
  return people === '' ? group : vscode.l10n.t('{0} in {1}', people, group);
}

/** Asks whether a message is to be sent, naming who gets it. @returns false when the person declines */
export async function maySendMessage(connection: RevisionConnection, outgoing: Outgoing): Promise<boolean> {
  const send = vscode.l10n.t('Send');
  const { to, chat, from, time, content, kind } = outgoing;
  const receivers = receiversText(outgoing);
  const isProduction = connection.environment === 'production';
  const question =
    !chat && to.length > 1
      ? isProduction
        ? vscode.l10n.t('Send this message to {0} users in PRODUCTION?', to.length)
        : vscode.l10n.t('Send this message to {0} users?', to.length)
      : isProduction
        ? vscode.l10n.t('Send this message to {0} in PRODUCTION?', receivers)
        : vscode.l10n.t('Send this message to {0}?', receivers);
  const chosen = await askInDialog(
    question,
    [
      appLine(connection),
      vscode.l10n.t('From: {0}', from ?? connection.administrator),
      vscode.l10n.t('To: {0}', receivers),
      vscode.l10n.t('Call: {0}', sendCalls[kind]),
      ...(time === undefined ? [] : [vscode.l10n.t('Time: {0}', fullTime(time))]),
      vscode.l10n.t('Message: {0}', summarize(content).text),
    ],
    send,
  );
  return chosen === send;
}

/** Where a message went, in one line. */
export function arrivedText(addresses: readonly MessageAddress[]): string {
  const places = addresses.map((address) => {
    const chat = chatOf(address);
    return chat.chat === 'c2c' ? chat.peer : chatText(chat);
  });
  return namesText(places, NAMED);
}
