import * as vscode from 'vscode';
import { plainLines, plainText } from './plainText';

/**
 * What a person confirms. VS Code shows it as Markdown in a chat and as plain text in a dialog, where escapes would stand
 * as they are: so every text of others is code, in which nothing is markup and which both show as it is.
 */
export class ConfirmationText {
  readonly markdown = new vscode.MarkdownString(undefined, false);

  constructor() {
    this.markdown.isTrusted = false;
    this.markdown.supportHtml = false;
  }

  /** A line with a text of others. @param name words of ours */
  fact(name: string, value: string): this {
    const text = plainText(value);
    const fence = fenceFor(text, 1);
    this.markdown.appendMarkdown(`- ${name}: ${fence} ${text} ${fence}\n`);
    return this;
  }

  /** @param words of ours */
  words(words: string): this {
    this.markdown.appendMarkdown(`\n${words}\n`);
    return this;
  }

  /** A text of others with its lines. */
  code(text: string): this {
    const lines = plainLines(text).trimEnd();
    const fence = fenceFor(lines, 3);
    this.markdown.appendMarkdown(`\n${fence}\n${lines}\n${fence}\n`);
    return this;
  }
}

/** Backticks that end no sooner than the text does. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(least, longest + 1));
}
