import * as vscode from 'vscode';
import type { MessageContent } from '../chat/chatMessage';
import { firstChange } from '../message/firstChange';

/** What a change comes to, in a line: the first value that differs, and how many others do. Undefined for no change. */
export function changeText(before: MessageContent, after: MessageContent): string | undefined {
  const change = firstChange(before, after);
  if (!change) return undefined;
  const { name, others } = change;
  const [old, now] = [change.before ?? '–', change.after ?? '–'];
  return others === 0
    ? vscode.l10n.t('{0}: {1} → {2}', name, old, now)
    : vscode.l10n.t('{0}: {1} → {2} (+{3})', name, old, now, others);
}
