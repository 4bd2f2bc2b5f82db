import { format } from 'jsonc-parser';
import * as vscode from 'vscode';
import { maskBody } from '../requests/body';
import { requestLineOf, titleOf, shownUrl } from '../requests/document';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { requestsOf } from './parsed';

/** Outline, folding and formatting of request documents. */
export class RequestLayout
  implements
    vscode.DocumentSymbolProvider,
    vscode.FoldingRangeProvider,
    vscode.DocumentRangeFormattingEditProvider
{
  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return requestsOf(document).blocks.flatMap((block) => {
      const line = requestLineOf(block);
      if (!line) return [];
      return new vscode.DocumentSymbol(
        plainText(titleOf(block)) || '?',
        plainText(shownUrl(line.url.text).replace(/^.*\/v4\//, '')),
        vscode.SymbolKind.Method,
        rangeIn(document, block),
        rangeIn(document, line.url),
      );
    });
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return requestsOf(document).blocks.flatMap((block) => {
      const { start, end } = rangeIn(document, block);
      const parts = [new vscode.FoldingRange(start.line, lastLine(document, start.line, end))];
      if (block.body) {
        const body = rangeIn(document, block.body);
        parts.push(...braces(document, body.start.line, body.end.line));
      }
      return parts.filter((part) => part.end > part.start);
    });
  }

  /** Lays out the JSON of bodies. Only white space between tokens changes, and a comment stays where it is. */
  provideDocumentRangeFormattingEdits(
    document: vscode.TextDocument,
    range: vscode.Range,
    { insertSpaces, tabSize }: vscode.FormattingOptions,
  ): vscode.TextEdit[] {
    const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    return requestsOf(document).blocks.flatMap(({ body }) => {
      if (!body || !rangeIn(document, body).intersection(range)) return [];
      const { text, comments } = maskBody(body.text);
      return format(text, undefined, { insertSpaces, tabSize, eol })
        .filter(
          (edit) =>
            !comments.some(
              (one) => edit.offset < one.offset + one.length && one.offset < edit.offset + edit.length,
            ),
        )
        .map((edit) => {
          const at = { offset: body.offset + edit.offset, length: edit.length };
          return vscode.TextEdit.replace(rangeIn(document, at), edit.content);
        });
    });
  }
}

/** The last line before `end` that is not empty. */
function lastLine(document: vscode.TextDocument, first: number, end: vscode.Position): number {
  let line = end.character === 0 ? end.line - 1 : end.line;
  while (line > first && document.lineAt(line).isEmptyOrWhitespace) line -= 1;
  return line;
}

/** Objects and lists of JSON that is laid out in lines, by how far they are indented. */
function braces(document: vscode.TextDocument, from: number, to: number): vscode.FoldingRange[] {
  const open: { line: number; indent: number }[] = [];
  const found: vscode.FoldingRange[] = [];
  for (let line = from; line <= to; line += 1) {
    const { text, firstNonWhitespaceCharacterIndex: indent } = document.lineAt(line);
    if (/^\s*[}\]]/.test(text)) {
      const start = open.pop();
      if (start) found.push(new vscode.FoldingRange(start.line, line - 1));
    }
    if (/[{[]\s*$/.test(text)) open.push({ line, indent });
  }
  return found;
}
