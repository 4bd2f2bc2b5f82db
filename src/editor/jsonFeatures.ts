import * as vscode from 'vscode';
import type { EmbeddedDocuments } from './embeddedDocuments';
import type { Language } from './language';

/** Name of the shadow, which the manifest gives the schema of messages. */
const SHADOW = 'message.chatmsg-shadow';

/**
 * VS Code's own JSON features for message documents: completion, hover, outline, formatting. They are asked about a
 * shadow of the document in plain JSON and not about the document itself, since who has them has their errors too, and
 * every problem of a message has one owner.
 */
export class JsonFeatures
  implements
    vscode.CompletionItemProvider,
    vscode.HoverProvider,
    vscode.DocumentSymbolProvider,
    vscode.DocumentRangeFormattingEditProvider
{
  constructor(
    private readonly embedded: EmbeddedDocuments,
    private readonly language: Pick<Language, 'wake' | 'isAwake'>,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionList | undefined> {
    const command = 'vscode.executeCompletionItemProvider';
    const list = await this.ask<vscode.CompletionList>(document, command, position, triggerCharacter);
    // Words of the text come from VS Code itself, where nothing else is known.
    const items = list?.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    return items && new vscode.CompletionList(items, list?.isIncomplete);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const hovers = await this.ask<vscode.Hover[]>(document, 'vscode.executeHoverProvider', position);
    const contents = (hovers ?? []).flatMap((hover) => hover.contents);
    return contents.length === 0 ? undefined : new vscode.Hover(contents, hovers?.[0]?.range);
  }

  /** Those that are there without waking anything: VS Code asks this of every text editor that it opens. */
  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    if (!this.language.isAwake) return [];
    const command = 'vscode.executeDocumentSymbolProvider';
    return ((await this.ask<vscode.DocumentSymbol[]>(document, command)) ?? []).map(symbol);
  }

  async provideDocumentRangeFormattingEdits(
    document: vscode.TextDocument,
    range: vscode.Range,
    options: vscode.FormattingOptions,
  ): Promise<vscode.TextEdit[]> {
    const command = 'vscode.executeFormatRangeProvider';
    return (await this.ask<vscode.TextEdit[]>(document, command, range, options)) ?? [];
  }

  /** Undefined when the document changed meanwhile, or nobody has an answer. */
  private async ask<Answer>(
    document: vscode.TextDocument,
    command: string,
    ...args: readonly unknown[]
  ): Promise<Answer | undefined> {
    await this.language.wake();
    const { version } = document;
    const shadow = await this.embedded.mirror(document.uri, SHADOW, document.getText());
    if (shadow === undefined || document.version !== version) return undefined;
    return vscode.commands.executeCommand<Answer | undefined>(command, shadow, ...args);
  }
}

/** The same in the document; those that VS Code gives know the shadow. */
function symbol({
  name,
  detail,
  kind,
  range,
  selectionRange,
  children,
}: vscode.DocumentSymbol): vscode.DocumentSymbol {
  const own = new vscode.DocumentSymbol(name, detail, kind, range, selectionRange);
  own.children = children.map(symbol);
  return own;
}
