import * as vscode from 'vscode';
import { itemContent, parseList, type ListItem } from '../lists/parseList';
import { summarize } from '../message/summary';
import { addressText } from '../ui/addressTexts';
import { plainText, textLimits } from '../ui/plainText';

/** More symbols make every key stroke slow; an outline of that many helps nobody either. */
const SHOWN = 2_000;

/** The messages of a list in the outline, the breadcrumb and *Go to Symbol*. */
export class ListSymbols implements vscode.DocumentSymbolProvider {
  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const text = document.getText();
    return parseList(text)
      .items.slice(0, SHOWN)
      .map((item) => symbolOf(document, text, item));
  }
}

function symbolOf(document: vscode.TextDocument, text: string, item: ListItem): vscode.DocumentSymbol {
  const { offset, length } = item.range;
  const at = document.positionAt(offset);
  const words = summarize(itemContent(text, item)).text;
  const name = plainText(words || `#${item.index + 1}`, textLimits.line);
  return new vscode.DocumentSymbol(
    name,
    item.address ? plainText(addressText(item.address), textLimits.line) : '',
    vscode.SymbolKind.Object,
    new vscode.Range(at, document.positionAt(offset + length)),
    new vscode.Range(at, at),
  );
}
