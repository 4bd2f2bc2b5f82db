import * as vscode from 'vscode';
import { parseMsgKey } from '../chat/msgKey';

/** What a person tells messages apart by: who wrote to whom, and when. For every notice about a message. */
export function messageName({ from, to, key }: { from: string; to: string; key: string }): string {
  return vscode.l10n.t('{0} → {1}, {2}', from, to, timeOf(key));
}

/** When a message was sent, as its key tells, in short. */
function timeOf(key: string): string {
  const sent = parseMsgKey(key);
  if (!sent) return key;
  return new Date(sent.time * 1000).toLocaleString(vscode.env.language, {
    dateStyle: 'short',
    timeStyle: 'medium',
  });
}
