import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import type { StringFiles } from '../editor/stringFiles';
import { NothingToDo } from '../ui/noticeError';

/** What *Edit Embedded JSON* works with. */
export interface EmbeddedJsonServices {
  readonly strings: StringFiles;
}

/** *Edit Embedded JSON*: opens the string at the caret as a document of its own that writes back. */
export function editEmbeddedJsonCommand({
  strings,
}: EmbeddedJsonServices): Pick<CommandHandlers, 'embeddedEdit'> {
  return {
    embeddedEdit: async () => {
      const editor = vscode.window.activeTextEditor;
      const uri = editor && strings.uriAt(editor.document, editor.document.offsetAt(editor.selection.active));
      if (!uri) {
        throw new NothingToDo(
          vscode.l10n.t('Put the caret into a string of a JSON document opened as text first.'),
        );
      }
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
    },
  };
}
