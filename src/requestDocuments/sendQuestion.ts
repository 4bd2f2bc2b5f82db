import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { appLine } from '../connections/names';
import type { Confirmations } from '../modifying/confirmations';
import { prettyPrint } from '../json/layout';
import { effectOf } from '../requests/effect';
import { askInDialog } from '../ui/messages';

/** How much of a body a question shows. */
const MOST_LINES = 12;

/**
 * Asks about a call that does not only read. What cannot be taken back is always asked about, in a sandbox too;
 * production always asks, a test app once a window or every time, as its setting says.
 *
 * @returns false when the person declines
 */
export async function maySend(
  connection: Connection,
  command: string,
  body: string,
  confirmations: Confirmations,
): Promise<boolean> {
  const effect = effectOf(command);
  if (effect === 'read') return true;
  if (effect !== 'remove' && !confirmations.asks(connection)) return true;
  const send = vscode.l10n.t('Send');
  const question =
    effect === 'remove'
      ? vscode.l10n.t('Send {0}? This cannot be undone.', command)
      : vscode.l10n.t('Send {0}?', command);
  if ((await askInDialog(question, [appLine(connection), '', ...linesOf(body)], send)) !== send) return false;
  if (effect !== 'remove') confirmations.given(connection);
  return true;
}

/** The first lines of a body. */
export function linesOf(body: string): string[] {
  const lines = prettyPrint(body).split('\n');
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
}
