import * as vscode from 'vscode';
import { refKey, type MessageRef } from '../chat/address';
import { changesUri, parseChangesUri, titleOf, type ChangeSide } from '../documents/changesUri';
import { messageUri, parseDocumentUri, serviceUri } from '../documents/messageRef';
import { showDiff } from '../ui/titles';

/** Opens VS Code's diff editor, in reading form: what the service shows beside what one edits. */
export async function showServiceDiff(ref: MessageRef): Promise<void> {
  await showChanges(
    ref,
    { side: 'service' },
    { side: 'draft' },
    vscode.l10n.t('{0}: Service ↔ Draft', titleOf(ref)),
  );
}

/** Opens VS Code's diff editor, in reading form: what the draft was made from beside the draft. */
export async function showBaseDiff(ref: MessageRef): Promise<void> {
  await showChanges(
    ref,
    { side: 'base' },
    { side: 'draft' },
    vscode.l10n.t('{0}: Base ↔ Draft', titleOf(ref)),
  );
}

/** Opens VS Code's diff editor, in reading form: what a modification found beside what it left. */
export async function showRevision(ref: MessageRef, revision: string): Promise<void> {
  await showChanges(
    ref,
    { side: 'before', revision },
    { side: 'after', revision },
    vscode.l10n.t('{0}: Before ↔ After', titleOf(ref)),
  );
}

/** Opens VS Code's diff editor with the texts themselves: the draft's side is to be edited. */
export async function showMerge(ref: MessageRef): Promise<void> {
  await showDiff(
    serviceUri(ref),
    messageUri(ref),
    vscode.l10n.t('{0}: Service ↔ Draft (Merge)', titleOf(ref)),
  );
}

/** Closes the comparisons of a message: once it is decided what becomes of a change, they show nothing. */
export async function closeChanges(ref: MessageRef): Promise<void> {
  const key = refKey(ref);
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input, isDirty }) => {
      if (!(input instanceof vscode.TabInputTextDiff) || isDirty) return false;
      const parsed = parseChangesUri(input.modified);
      const shown =
        parsed?.side.side === 'draft'
          ? parsed.ref
          : parseDocumentUri(input.original)?.kind === 'service'
            ? parseDocumentUri(input.modified)?.ref
            : undefined;
      return shown !== undefined && refKey(shown) === key;
    });
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

// Never as a preview: that would take the place of the message's own editor.
function showChanges(ref: MessageRef, before: ChangeSide, after: ChangeSide, title: string): Promise<void> {
  return showDiff(changesUri(ref, before), changesUri(ref, after), title);
}
