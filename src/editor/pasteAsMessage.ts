import * as vscode from 'vscode';
import { formatMessage } from '../message/document';
import { repairTexts } from '../words/slipTexts';
import { isPlain } from './pastedEdits';
import { pasteKind } from './pasteKind';

const LONGEST = 1_000_000;

/**
 * Pasting into a message document in VS Code's text editor: where the text takes the place of all that is there and holds
 * one message in whatever notation, the message is pasted. VS Code offers the text itself beside it.
 */
export class PasteAsMessage implements vscode.DocumentPasteEditProvider {
  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): Promise<vscode.DocumentPasteEdit[] | undefined> {
    const [range, another] = ranges;
    if (range === undefined || another !== undefined || !isAll(document, range)) return undefined;
    const text = (await data.get('text/plain')?.asString()) ?? '';
    if (text.length > LONGEST || isPlain(text, 'document')) return undefined;
    const { heldMessage } = await import('../reading/pasted');
    const held = heldMessage(text);
    if (held === undefined) return undefined;
    const { content, notation, repairs } = held;
    const title =
      repairs.length === 0
        ? vscode.l10n.t('Paste as Message ({0})', notation)
        : vscode.l10n.t(
            'Paste as Message ({0}; repaired: {1})',
            notation,
            repairTexts({ t: vscode.l10n.t, language: vscode.env.language }, repairs),
          );
    return [new vscode.DocumentPasteEdit(formatMessage(content), title, pasteKind)];
  }
}

/** Nothing but white space stands outside of the range. */
function isAll(document: vscode.TextDocument, range: vscode.Range): boolean {
  const text = document.getText();
  const rest = text.slice(0, document.offsetAt(range.start)) + text.slice(document.offsetAt(range.end));
  return rest.trim() === '';
}
