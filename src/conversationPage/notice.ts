import * as vscode from 'vscode';
import { means } from '../chat/catalogue';
import type { Notice } from '../conversation/pageProtocol';

/** How far reading has come; `failed` is why not, in words, `isGone` that it is for good. */
export type Phase = 'loading' | 'read' | { readonly failed: string; readonly isGone: boolean };

/** Whether a conversation is no more: its group was dismissed, or one of the two is no user any more. */
export function isGone(error: unknown): boolean {
  return means(error, 'noSuchGroup') || means(error, 'noSuchUser');
}

/** What a page says in place of messages, or above them; undefined when there is nothing to say. */
export function noticeOf(phase: Phase, isConnected: boolean, isEmpty: boolean): Notice | undefined {
  if (!isConnected)
    return {
      kind: 'gone',
      text: vscode.l10n.t(
        'This connection is not in the list any more. Add it again to read on: drafts and history find it by its endpoint, SDKAppID and administrator.',
      ),
      actions: [{ action: 'addConnection', label: vscode.l10n.t('Add Connection…') }],
    };
  if (phase === 'loading')
    return { kind: 'loading', text: vscode.l10n.t('Reading the conversation…'), actions: [] };
  if (phase !== 'read') {
    const retry = { action: 'retry', label: vscode.l10n.t('Retry') } as const;
    if (!phase.isGone) return { kind: 'failed', text: phase.failed, actions: [retry] };
    return {
      kind: 'gone',
      text: vscode.l10n.t(
        'The service does not have this conversation any more. What was read of it stays here until the page is closed: select what you want to keep, and export it by its menu. {0}',
        phase.failed,
      ),
      actions: [retry],
    };
  }
  if (!isEmpty) return undefined;
  return {
    kind: 'empty',
    text: vscode.l10n.t(
      'The service shows no messages of this conversation: nobody wrote one, or they are older than the history that is kept.',
    ),
    actions: [
      { action: 'newMessage', label: vscode.l10n.t('New Message…') },
      { action: 'retry', label: vscode.l10n.t('Retry') },
    ],
  };
}
