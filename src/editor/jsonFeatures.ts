import * as vscode from 'vscode';
import type { EmbeddedDocuments } from './embeddedDocuments';
import type { Language } from './language';

/** Name of the shadow, which the manifest gives the schema of messages. */
const SHADOW = 'message.chatmsg-shadow';

/**
 * VS Code's own JSON features for message documents: completion, hover, formatting. They are asked about a
 * shadow of the document in plain JSON and not about the document itself, since who has them has their errors too, and
 * every problem of a message has one owner.
 */
export class JsonFeatures
  implements vscode.CompletionItemProvider, vscode.HoverProvider, vscode.DocumentRangeFormattingEditProvider
{
  constructor(
    private readonly embedded: EmbeddedDocuments,
    private readonly language: Pick<Language, 'wake'>,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionList | undefined> {
    return this.complete(document.uri, document.getText(), position, triggerCharacter);
  }

  /** Completions in a text that is a message document, or has one where everything else is blank. */
  async complete(
    uri: vscode.Uri,
    text: string,
    position: vscode.Position,
    triggerCharacter?: string,
  ): Promise<vscode.CompletionList | undefined> {
    const command = 'vscode.executeCompletionItemProvider';
    const list = await this.ask<vscode.CompletionList>(uri, text, command, position, triggerCharacter);
    // Words of the text come from VS Code itself, where nothing else is known.
    const items = list?.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    return items && new vscode.CompletionList(items, list?.isIncomplete);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    return this.explain(document.uri, document.getText(), position);
  }

  /** What is known of a place in such a text. */
  async explain(uri: vscode.Uri, text: string, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const hovers = await this.ask<vscode.Hover[]>(uri, text, 'vscode.executeHoverProvider', position);
    const contents = (hovers ?? []).flatMap((hover) => hover.contents);
    return contents.length === 0 ? undefined : new vscode.Hover(contents, hovers?.[0]?.range);
  }

  async provideDocumentRangeFormattingEdits(
    document: vscode.TextDocument,
    range: vscode.Range,
    options: vscode.FormattingOptions,
  ): Promise<vscode.TextEdit[]> {
    const command = 'vscode.executeFormatRangeProvider';
    return (
      (await this.ask<vscode.TextEdit[]>(document.uri, document.getText(), command, range, options)) ?? []
    );
  }

  /** Undefined when nobody has an answer. */
  private async ask<Answer>(
    uri: vscode.Uri,
    text: string,
    command: string,
    ...args: readonly unknown[]
  ): Promise<Answer | undefined> {
    await this.language.wake();
    const shadow = await this.embedded.mirror(uri, SHADOW, text);
    // VS Code itself knows what an answer to an older text is still good for: typing goes on while a list is awaited.
    if (shadow === undefined) return undefined;
    return vscode.commands.executeCommand<Answer | undefined>(command, shadow, ...args);
  }
}
