import * as vscode from 'vscode';
import type { EditorSettings } from '../protocol';

/** The user's editor settings as they hold for this document. */
export function editorSettings(document: vscode.TextDocument): EditorSettings {
  const editor = vscode.workspace.getConfiguration('editor', document);
  const read = <T>(name: string, otherwise: T): T => editor.get<T>(name) ?? otherwise;
  const suggestions = read<boolean | { strings?: string | boolean }>('quickSuggestions', true);
  const fontSize = read<number>('fontSize', 14);
  const lineHeight = read<number>('lineHeight', 0);
  const lineNumbers = read<string>('lineNumbers', 'on');
  const indentation = read<boolean>('detectIndentation', true) ? detected(document.getText()) : undefined;
  return {
    tabSize: indentation?.tabSize ?? Math.max(1, read('tabSize', 4)),
    insertSpaces: indentation?.insertSpaces ?? read('insertSpaces', true),
    wordWrap: read<string>('wordWrap', 'off') !== 'off',
    lineNumbers: lineNumbers === 'off' || lineNumbers === 'relative' ? lineNumbers : 'on',
    fontLigatures: ![false, 'false', ''].includes(read<boolean | string>('fontLigatures', false)),
    // VS Code's rule: below 8 it multiplies the font size.
    lineHeight: lineHeight > 0 && lineHeight < 8 ? Math.round(lineHeight * fontSize) : lineHeight,
    letterSpacing: read('letterSpacing', 0),
    quickSuggestions: suggestions !== false,
    hover: ![false, 'off'].includes(read<boolean | string>('hover.enabled', true)),
    autoClosingBrackets: read<string>('autoClosingBrackets', 'languageDefined') !== 'never',
    matchBrackets: read<string>('matchBrackets', 'always') !== 'never',
    folding: read('folding', true),
    acceptSuggestionOnEnter: read<string>('acceptSuggestionOnEnter', 'on') !== 'off',
  };
}

/** What the document's own lines are indented by, as VS Code's text editor finds out when it opens one. */
function detected(text: string): { tabSize?: number; insertSpaces: boolean } | undefined {
  let least: number | undefined;
  let before = 0;
  for (const [, blanks = ''] of text.matchAll(/^([ \t]*)\S/gm)) {
    if (blanks.startsWith('\t')) return { insertSpaces: false };
    const step = Math.abs(blanks.length - before);
    if (step > 1 && step <= 8) least = Math.min(least ?? step, step);
    before = blanks.length;
  }
  return least === undefined ? undefined : { tabSize: least, insertSpaces: true };
}
