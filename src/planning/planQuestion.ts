import * as vscode from 'vscode';
import { byChat } from '../chat/byChat';
import { appLine } from '../connections/names';
import type { Plan } from '../bulk/plan';
import { mayBeTakenIn, type LeftOut, type Preview } from '../bulk/preview';
import { messageName } from '../ui/messageName';
import { askInDialog, showNotice } from '../ui/messages';
import { askSome, askText } from '../ui/wizard';
import { leftCounts, leftText } from './leftTexts';

/** What a person decides about a plan before its first call. */
export type PlanAnswer = 'modify' | 'show' | 'choose' | 'cancel';

/**
 * Asks once for the whole plan. A sandbox does not ask; in production the count is typed.
 *
 * @param perSecond messages a second that it modifies at most
 * @param shown its changes stand in an editor already, so that no dialog may stand before them
 */
export async function askForPlan(
  { plan, left }: Preview,
  perSecond: number,
  shown: boolean,
): Promise<PlanAnswer> {
  const { connection, items, origin } = plan;
  if (connection.environment === 'sandbox') return 'modify';
  const count = items.length;
  const isRollback = origin.kind === 'rollback';
  const modify = isRollback ? vscode.l10n.t('Roll Back {0}', count) : vscode.l10n.t('Modify {0}', count);
  const show = vscode.l10n.t('Show Changes');
  const choose = vscode.l10n.t('Left Out…');
  const buttons = [
    ...(count > 0 ? [modify] : []),
    ...(shown ? [] : [show]),
    ...(left.some(mayBeTakenIn) ? [choose] : []),
  ];
  const chosen =
    shown || count === 0
      ? await showNotice(
          count === 0 ? 'warning' : 'info',
          [questionText(plan), leftCounts(left)].filter((text) => text !== '').join(' '),
          ...buttons,
        )
      : await askInDialog(questionText(plan), linesOf(plan, left, perSecond), ...buttons);
  if (chosen === undefined) return 'cancel';
  if (chosen === show) return 'show';
  if (chosen === choose) return 'choose';
  if (connection.environment === 'production') {
    const title = isRollback
      ? vscode.l10n.t('Roll Back in Production')
      : vscode.l10n.t('Modify in Production');
    await typeCount(title, count);
  }
  return 'modify';
}

/** Lets a person take in what was left out, message by message. Throws `vscode.CancellationError` when it is closed. */
export async function askWhatToTakeIn({ left }: Preview): Promise<ReadonlySet<LeftOut>> {
  const taken = await askSome(vscode.l10n.t('Left Out'), {
    placeholder: vscode.l10n.t('Choose what is to be modified all the same'),
    choices: left.filter(mayBeTakenIn).map((one) => ({
      value: one,
      label: messageName(one.item),
      detail: leftText(one.why),
    })),
  });
  return new Set(taken);
}

function questionText({ connection, items, origin }: Plan): string {
  if (items.length === 0)
    return vscode.l10n.t('No message of {0} can be modified as it is.', connection.name);
  const one = items.length === 1;
  if (origin.kind === 'rollback')
    return one
      ? vscode.l10n.t('Take 1 modification in {0} back?', connection.name)
      : vscode.l10n.t('Take {0} modifications in {1} back?', items.length, connection.name);
  return one
    ? vscode.l10n.t('Modify 1 message of {0}?', connection.name)
    : vscode.l10n.t('Modify {0} messages of {1}?', items.length, connection.name);
}

function linesOf({ connection, items }: Plan, left: readonly LeftOut[], perSecond: number): string[] {
  const chats = byChat(items).length;
  return [
    appLine(connection),
    chats === 1 ? vscode.l10n.t('Conversations: 1') : vscode.l10n.t('Conversations: {0}', chats),
    ...(left.length > 0 ? [leftCounts(left)] : []),
    vscode.l10n.t(
      'Pace: up to {0} messages a second, so that others can use the app meanwhile',
      Math.floor(perSecond),
    ),
    vscode.l10n.t(
      'The service overwrites the messages for good. What they are now is kept in the journal on this machine.',
    ),
  ];
}

/** Whoever types the number has read it. Throws `vscode.CancellationError` when the question is closed. */
async function typeCount(title: string, count: number): Promise<void> {
  await askText(title, {
    prompt: vscode.l10n.t('Type how many messages will be overwritten: {0}', count),
    validate: (text) =>
      text.trim() === String(count) ? undefined : vscode.l10n.t('The plan has {0} messages.', count),
  });
}
