import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import type { Revision } from '../journal/revision';
import { Doubts } from '../modify/doubts';
import type { Modifier } from '../modify/modifier';
import type { SettleReport } from '../modify/unfinishedRevisions';
import { messageName } from '../ui/messageName';
import type { Notices } from '../ui/notices';

/**
 * Finds out, after the start and when a connection answers, how modifications ended whose answer a crash or a broken line
 * took away, and tells it in one notice. Nobody is asked for a secret for this: what cannot be read now is settled
 * another time.
 */
export function createDoubts(modifier: Modifier, connections: Connections, notices: Notices): Doubts {
  return new Doubts({
    settle: (options) =>
      modifier.settle(async ({ id }) => {
        try {
          return await connections.client(id);
        } catch {
          // Removed, without its secret, or with its sandbox not running: it is left for another time.
          return undefined;
        }
      }, options),
    onReport: (report) => tell(notices, report),
  });
}

function tell(notices: Notices, { settled, left }: SettleReport): void {
  if (settled.length === 0) return;
  const lines = settled.map(endText);
  const more = left.length > 0 ? [vscode.l10n.t('Still unknown: {0}', left.length)] : [];
  // Not waited for: it may stand there for hours.
  void notices.showInfo(
    [vscode.l10n.t('Modifications whose end was not known:'), ...lines, ...more].join(' '),
    asCommand(vscode.l10n.t('Show History'), commands.historyShowAll),
  );
}

function endText(revision: Revision): string {
  const { action, outcome } = revision;
  const which = messageName(revision);
  const recall = action === 'recall';
  switch (outcome.state) {
    case 'done':
      return recall ? vscode.l10n.t('{0} was recalled.', which) : vscode.l10n.t('{0} was modified.', which);
    case 'notDone':
    case 'refused':
      return recall
        ? vscode.l10n.t('{0} was not recalled.', which)
        : vscode.l10n.t('{0} was not modified.', which);
    default:
      if (outcome.info === 'recalled') return vscode.l10n.t('{0} was recalled meanwhile.', which);
      if (outcome.info === 'gone') return vscode.l10n.t('{0} is gone from the service.', which);
      return vscode.l10n.t('{0} was changed by somebody else.', which);
  }
}
