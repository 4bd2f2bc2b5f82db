import * as vscode from 'vscode';
import { chatKey, chatOf } from '../chat/address';
import { appLine } from '../connections/names';
import type { Plan } from '../bulk/plan';
import { askInDialog } from '../ui/messages';
import { askText } from '../ui/wizard';

/** What a person decides about a plan before its first call. */
export type PlanAnswer = 'modify' | 'show' | 'cancel';

/**
 * Asks once for the whole plan. A sandbox does not ask; in production the count is typed.
 *
 * @param perSecond messages a second that it modifies at most
 */
export async function askForPlan(
  { connection, items, origin }: Plan,
  perSecond: number,
): Promise<PlanAnswer> {
  if (connection.environment === 'sandbox') return 'modify';
  const count = items.length;
  const chats = new Set(items.map(({ address }) => chatKey(chatOf(address)))).size;
  const modify = vscode.l10n.t('Modify {0}', count);
  const show = vscode.l10n.t('Show Changes');
  const chosen = await askInDialog(
    origin.kind === 'rollback'
      ? vscode.l10n.t('Take {0} modifications in {1} back?', count, connection.name)
      : vscode.l10n.t('Modify {0} messages of {1}?', count, connection.name),
    [
      appLine(connection),
      chats === 1 ? vscode.l10n.t('Conversations: 1') : vscode.l10n.t('Conversations: {0}', chats),
      vscode.l10n.t(
        'Pace: up to {0} messages a second, so that others can use the app meanwhile',
        Math.floor(perSecond),
      ),
      vscode.l10n.t(
        'The service overwrites the messages for good. What they are now is kept in the journal on this machine.',
      ),
    ],
    modify,
    show,
  );
  if (chosen === show) return 'show';
  if (chosen !== modify) return 'cancel';
  if (connection.environment === 'production') await typeCount(count);
  return 'modify';
}

/** Whoever types the number has read it. Throws `vscode.CancellationError` when the question is closed. */
async function typeCount(count: number): Promise<void> {
  await askText(vscode.l10n.t('Modify in Production'), {
    prompt: vscode.l10n.t('Type how many messages will be overwritten: {0}', count),
    validate: (text) =>
      text.trim() === String(count) ? undefined : vscode.l10n.t('The plan has {0} messages.', count),
  });
}
