import * as vscode from 'vscode';
import { itemContent, type ListItem } from '../lists/parseList';
import { summarize } from '../message/summary';
import { addressText } from '../ui/addressTexts';
import { plainText, textLimits } from '../ui/plainText';
import type { ListDocuments } from './listDocuments';

/** More symbols make every key stroke slow; an outline of that many helps nobody either. */
const SHOWN = 2_000;

interface Given {
  readonly version: number;
  readonly symbols: vscode.DocumentSymbol[];
}

/** The messages of a list in the outline, the breadcrumb and *Go to Symbol*. */
export class ListSymbols implements vscode.DocumentSymbolProvider {
  /** VS Code asks several times for those of one text: for the breadcrumb, the outline, and the lines that stay at the top. */
  private readonly given = new WeakMap<vscode.TextDocument, Given>();
  /** What items say in a line, by their members. */
  private readonly words = new WeakMap<ListItem['members'], string>();

  constructor(private readonly documents: ListDocuments) {}

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const { version } = document;
    const given = this.given.get(document);
    if (given?.version === version) return given.symbols;
    const symbols = this.symbolsOf(document);
    this.given.set(document, { version, symbols });
    return symbols;
  }

  private symbolsOf(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const text = this.documents.textOf(document);
    const { items } = this.documents.listIn(document);
    const symbols = items
      .slice(0, SHOWN)
      .map((item) => symbolOf(document, this.wordsOf(text, item) || `#${item.index + 1}`, item));
    const [first, last] = [items[SHOWN], items.at(-1)];
    if (!first || !last) return symbols;
    const name = vscode.l10n.t('{0} more messages', items.length - SHOWN);
    const from = document.positionAt(first.range.offset);
    const to = document.positionAt(last.range.offset + last.range.length);
    const rest = new vscode.DocumentSymbol(
      name,
      '',
      vscode.SymbolKind.Array,
      new vscode.Range(from, to),
      new vscode.Range(from, from),
    );
    return [...symbols, rest];
  }

  private wordsOf(text: string, item: ListItem): string {
    const known = this.words.get(item.members);
    if (known !== undefined) return known;
    const words = summarize(itemContent(text, item)).text;
    this.words.set(item.members, words);
    return words;
  }
}

function symbolOf(document: vscode.TextDocument, words: string, item: ListItem): vscode.DocumentSymbol {
  const { offset, length } = item.range;
  const at = document.positionAt(offset);
  return new vscode.DocumentSymbol(
    plainText(words, textLimits.line),
    item.address ? plainText(addressText(item.address), textLimits.line) : '',
    vscode.SymbolKind.Object,
    new vscode.Range(at, document.positionAt(offset + length)),
    new vscode.Range(at, at),
  );
}
