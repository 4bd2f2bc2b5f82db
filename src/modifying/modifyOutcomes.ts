import * as vscode from 'vscode';
import { accountsOf, type MessageRef } from '../chat/address';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { messageUri } from '../documents/messageRef';
import type { ModifyOutcome } from '../modify/modifyRequest';
import { messageName } from '../ui/messageName';
import type { Notices } from '../ui/notices';
import type { ModifyStatus } from './modifyStatus';

/**
 * Tells a person how a modify ended. What becomes of a conflict is decided elsewhere.
 *
 * @param retry modifies the message again
 */
export function tellOutcome(
  { status, notices }: { readonly status: ModifyStatus; readonly notices: Notices },
  ref: MessageRef,
  outcome: Exclude<ModifyOutcome, { readonly kind: 'conflict' }>,
  retry: () => Promise<unknown>,
): void {
  const which = messageName(ref);
  const { connectionId } = ref;
  switch (outcome.kind) {
    case 'done':
      status.modified(ref, outcome.revisionId);
      if (outcome.differs) {
        void notices.showInfo(
          vscode.l10n.t(
            '{0} was modified. The service stored something else than was sent; the editor shows what it stored.',
            which,
          ),
        );
      } else if (!outcome.shown) {
        void notices.showWarning(
          vscode.l10n.t('{0} was modified, but the service does not show the new content yet.', which),
        );
      }
      return;
    case 'refused':
      void notices.showError(outcome.error, {
        subject: { connectionId, accounts: accountsOf(ref.address) },
        about: which,
        actions: [
          asCommand(vscode.l10n.t('Quick Fix…'), commands.messageQuickFix, messageUri(ref)),
          asCommand(vscode.l10n.t('Show Request'), commands.logShowExchanges),
        ],
      });
      return;
    case 'unknown':
      void notices.showWarning(
        vscode.l10n.t(
          'It is not known whether {0} was modified: the message cannot be read. The journal keeps what it was; this is settled when the service can be reached. {1}',
          which,
          notices.message(outcome.error),
        ),
        asCommand(vscode.l10n.t('Open Log'), commands.logShow),
      );
      return;
    case 'unreachable':
      void notices.showError(outcome.error, {
        subject: { connectionId },
        about: which,
        retry,
      });
      return;
    case 'gone':
      void notices.showWarning(
        outcome.why === 'recalled'
          ? vscode.l10n.t('Not sent: {0} was recalled. Your draft stays on this machine.', which)
          : goneText(ref, which),
      );
      return;
    case 'nothingToDo':
      status.say(vscode.l10n.t('Nothing to modify: the service shows this content of {0} already.', which));
      return;
    case 'busy':
      void notices.showWarning(
        outcome.holder.own
          ? vscode.l10n.t('Not sent: {0} is being modified already.', which)
          : vscode.l10n.t('Not sent: {0} is being modified in another window.', which),
      );
      return;
    case 'cancelled':
    case 'invalid':
      status.say(vscode.l10n.t('{0} was not modified. The draft is kept.', which));
      return;
  }
}

/** The two users of a message may see different histories; of a group there is one for all. */
function goneText(ref: MessageRef, which: string): string {
  return ref.address.chat === 'c2c'
    ? vscode.l10n.t(
        'Not sent: the service no longer shows {0} to either side. It was deleted or has expired. Your draft stays on this machine.',
        which,
      )
    : vscode.l10n.t(
        'Not sent: the service no longer shows {0}. It was deleted or has expired. Your draft stays on this machine.',
        which,
      );
}
