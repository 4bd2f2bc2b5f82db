import * as vscode from 'vscode';
import { applyEdits, type TextEdit } from '../json/text';
import { withLineFeeds } from '../json/projections/projection';
import { difference } from '../json/textChange';
import type { LineIndex } from './lineIndex';

/**
 * Changes a document, if it still has that version. False when it has not, or another edit was under way.
 * Injected, so that a test can make VS Code as slow as it sometimes is.
 */
export type ApplyEdit = (
  document: vscode.TextDocument,
  version: number,
  edits: readonly vscode.TextEdit[],
) => Thenable<boolean>;

/** The way VS Code offers; it refuses by itself when the document changed on the way to the window. */
export const applyTextEdits: ApplyEdit = async (document, version, edits) => {
  if (document.version !== version || document.isClosed) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...edits]);
  return vscode.workspace.applyEdit(edit);
};

/** What happened to a text, in offsets of the text before. */
export function editsOf(
  before: LineIndex,
  after: string,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): TextEdit[] {
  const edits = changes.map(({ range, text }) => {
    const offset = before.offset(range.start.line, range.start.character);
    const end = before.offset(range.end.line, range.end.character);
    return { offset, length: end - offset, text: withLineFeeds(text) };
  });
  try {
    if (applyEdits(before.text, edits) === after) return edits;
  } catch {
    // They were told in another order than they can be applied in: the texts themselves say enough.
  }
  return difference(before.text, after).map(({ from, to, insert }) => ({
    offset: from,
    length: to - from,
    text: insert,
  }));
}
