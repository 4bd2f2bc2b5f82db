import * as vscode from 'vscode';
import { plainLines, plainText, withoutAddresses } from './plainText';

/** A tooltip with headings and lists whose texts are texts only: no link, command, icon or picture works in it. */
export class Tooltip {
  readonly markdown = new vscode.MarkdownString(undefined, false);

  constructor() {
    this.markdown.isTrusted = false;
    this.markdown.supportHtml = false;
  }

  heading(text: string): this {
    this.markdown.appendMarkdown('**');
    this.markdown.appendText(withoutAddresses(plainText(text)));
    this.markdown.appendMarkdown('**\n\n');
    return this;
  }

  text(text: string): this {
    this.markdown.appendText(withoutAddresses(plainLines(text)));
    this.markdown.appendMarkdown('\n\n');
    return this;
  }

  rule(): this {
    this.markdown.appendMarkdown('---\n\n');
    return this;
  }

  /** A link to a page that we name ourselves. @param url never a text of others */
  link(text: string, url: string): this {
    this.markdown.appendMarkdown(`[${plainText(text).replace(/[[\]\\]/g, '')}](${encodeURI(url)})\n\n`);
    return this;
  }

  /** A row of a list. */
  fact(name: string, value: string | number): this {
    this.markdown.appendMarkdown('- ');
    this.markdown.appendText(withoutAddresses(plainText(`${name}: ${value}`)));
    this.markdown.appendMarkdown('\n');
    return this;
  }
}
