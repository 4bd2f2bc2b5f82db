import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import type { Revision } from '../journal/revision';
import type { Modifier } from '../modify/modifier';
import type { Notices } from '../ui/notices';

/**
 * Finds out, after the start and when a connection has got its secret, how modifications ended whose answer a crash or a
 * broken line took away, and tells it in one notice. Nobody is asked for a secret for this: what cannot be read now is
 * settled another time.
 */
export async function settleDoubts(
  modifier: Modifier,
  connections: Connections,
  notices: Notices,
  connectionId?: string,
): Promise<void> {
  const { settled, left } = await modifier.settle(async ({ id }) => {
    if (!connections.get(id)) return undefined;
    try {
      return await connections.client(id);
    } catch {
      // Without its secret, or with its sandbox not running, a connection is left for another time.
      return undefined;
    }
  }, connectionId);
  if (settled.length === 0) return;
  const lines = settled.map(endText);
  const more = left.length > 0 ? [vscode.l10n.t('Still unknown: {0}', left.length)] : [];
  // Not waited for: it may stand there for hours.
  void notices.showInfo(
    [vscode.l10n.t('Modifications whose end was not known:'), ...lines, ...more].join(' '),
    asCommand(vscode.l10n.t('Show History'), commands.historyShowAll),
  );
}

function endText({ action, from, to, outcome }: Revision): string {
  const recall = action === 'recall';
  switch (outcome.state) {
    case 'done':
      return recall
        ? vscode.l10n.t('{0} → {1} was recalled.', from, to)
        : vscode.l10n.t('{0} → {1} was modified.', from, to);
    case 'notDone':
    case 'refused':
      return recall
        ? vscode.l10n.t('{0} → {1} was not recalled.', from, to)
        : vscode.l10n.t('{0} → {1} was not modified.', from, to);
    default:
      return vscode.l10n.t('{0} → {1} was changed by somebody else.', from, to);
  }
}
