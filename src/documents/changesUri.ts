import * as vscode from 'vscode';
import { fromPath, toPath, type MessageRef } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import { addressText } from '../ui/addressTexts';
import { plainText, textLimits } from '../ui/plainText';
import { fullTime } from '../ui/times';

/** Scheme of the read-only documents in which changes of messages are read. */
export const CHANGES_SCHEME = 'tencent-chat-changes';

/**
 * A side of a change: what the draft was made from, what the service shows now, the draft itself, or what a
 * modification found and left, by its id in the journal.
 */
export type ChangeSide =
  | { readonly side: 'base' | 'service' | 'draft' }
  | { readonly side: 'before' | 'after'; readonly revision: string };

/**
 * URI of one side of a change. All sides of a message have one path, since other paths look like a rename in VS Code's
 * multi-diff editor, and its last segment is what a person reads: sender → receiver, time.
 */
export function changesUri(ref: MessageRef, side: ChangeSide): vscode.Uri {
  const query = new URLSearchParams({ message: toPath(ref), ...side });
  return vscode.Uri.from({
    scheme: CHANGES_SCHEME,
    path: `/${titleOf(ref)}.jsonc`,
    query: query.toString(),
  });
}

/** Reads a URI made by {@link changesUri}; undefined for anything else. */
export function parseChangesUri(uri: vscode.Uri): { ref: MessageRef; side: ChangeSide } | undefined {
  if (uri.scheme !== CHANGES_SCHEME) return undefined;
  const query = new URLSearchParams(uri.query);
  const ref = fromPath(query.get('message') ?? '');
  const [side, revision] = [query.get('side'), query.get('revision')];
  if (!ref) return undefined;
  if (side === 'base' || side === 'service' || side === 'draft') return { ref, side: { side } };
  if ((side === 'before' || side === 'after') && revision !== null) return { ref, side: { side, revision } };
  return undefined;
}

/** Names a message for a person: sender → receiver, and when it was sent as far as its key tells. */
export function titleOf(ref: MessageRef): string {
  const time = sentAt(ref);
  const text = addressText(ref.address) + (time ? `, ${time}` : '');
  // A path's own separators would make segments of a UserID.
  return plainText(text, textLimits.line).replaceAll('/', '\u2215').replaceAll('\\', '\u2216');
}

/** When a message was sent, in the person's notation; undefined where its address does not tell. */
function sentAt({ address }: MessageRef): string | undefined {
  const sent = address.chat === 'c2c' ? parseMsgKey(address.key) : undefined;
  return sent && fullTime(sent.time);
}
