import * as vscode from 'vscode';
import type { Notice } from '../conversation/pageProtocol';

/** How far reading has come; `failed` is why not, in words. */
export type Phase = 'loading' | 'read' | { readonly failed: string };

/** What a page says in place of messages, or above them; undefined when there is nothing to say. */
export function noticeOf(phase: Phase, isConnected: boolean, isEmpty: boolean): Notice | undefined {
  if (!isConnected)
    return {
      kind: 'gone',
      text: vscode.l10n.t('This connection is not in the list any more.'),
      actions: [],
    };
  if (phase === 'loading')
    return { kind: 'loading', text: vscode.l10n.t('Reading the conversation…'), actions: [] };
  if (phase !== 'read') {
    const retry = { action: 'retry', label: vscode.l10n.t('Retry') } as const;
    return { kind: 'failed', text: phase.failed, actions: [retry] };
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
