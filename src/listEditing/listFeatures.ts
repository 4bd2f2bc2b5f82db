import * as vscode from 'vscode';
import { itemLinesAt } from '../lists/itemLines';
import { parseList } from '../lists/parseList';
import { rangeIn } from '../ui/ranges';
import { Tooltip } from '../ui/tooltip';

/** VS Code's JSON features in the text of one message, as the documents of messages have them. */
export interface ItemFeatures {
  complete(
    uri: vscode.Uri,
    text: string,
    position: vscode.Position,
    triggerCharacter?: string,
  ): Promise<vscode.CompletionList | undefined>;
  explain(uri: vscode.Uri, text: string, position: vscode.Position): Promise<vscode.Hover | undefined>;
}

/**
 * Completion and hover in the items of lists, each by itself: a list of ten thousand messages is as quick as one message.
 */
export class ListFeatures implements vscode.CompletionItemProvider, vscode.HoverProvider {
  constructor(private readonly features: () => Promise<ItemFeatures>) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionList | undefined> {
    const item = itemAt(document, position);
    if (!item) return undefined;
    const place = inItem(item, position);
    const features = await this.features();
    const list = await features.complete(document.uri, document.getText(item), place, triggerCharacter);
    for (const one of list?.items ?? []) {
      const { range } = one;
      if (range instanceof vscode.Range) one.range = inList(item, range);
      else if (range)
        one.range = {
          inserting: inList(item, range.inserting),
          replacing: inList(item, range.replacing),
        };
      if (one.additionalTextEdits)
        one.additionalTextEdits = one.additionalTextEdits.map((edit) =>
          vscode.TextEdit.replace(inList(item, edit.range), edit.newText),
        );
    }
    return list;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const name = nameAt(document, position);
    const text = name && addressTexts()[name.text];
    if (name && text !== undefined) {
      return new vscode.Hover(new Tooltip().text(text).markdown, name.range);
    }
    const item = itemAt(document, position);
    if (!item) return undefined;
    const features = await this.features();
    const hover = await features.explain(document.uri, document.getText(item), inItem(item, position));
    return hover && new vscode.Hover(hover.contents, hover.range && inList(item, hover.range));
  }
}

/** The item that holds a place; one that is half typed as well, where the list is laid out as lists are made. */
function itemAt(document: vscode.TextDocument, position: vscode.Position): vscode.Range | undefined {
  const lines = itemLinesAt(
    { lineCount: document.lineCount, lineAt: (line) => document.lineAt(line) },
    position.line,
  );
  if (lines) {
    const last = document.lineAt(lines.last).text;
    return new vscode.Range(lines.first, 2, lines.last, last.indexOf('}') + 1);
  }
  const offset = document.offsetAt(position);
  const item = parseList(document.getText()).items.find(
    ({ range }) => offset > range.offset && offset < range.offset + range.length,
  );
  return item && rangeIn(document, item.range);
}

function inItem({ start }: vscode.Range, { line, character }: vscode.Position): vscode.Position {
  return new vscode.Position(
    line - start.line,
    line === start.line ? Math.max(character - start.character, 0) : character,
  );
}

function inList({ start }: vscode.Range, range: vscode.Range): vscode.Range {
  const moved = ({ line, character }: vscode.Position): vscode.Position =>
    new vscode.Position(line + start.line, line === 0 ? character + start.character : character);
  return new vscode.Range(moved(range.start), moved(range.end));
}

/** The name of a member that a place is in. */
function nameAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): { readonly text: string; readonly range: vscode.Range } | undefined {
  const { text } = document.lineAt(position);
  const match = /^\s*(?:\{\s*)?"(\w+)"\s*:/.exec(text);
  const name = match?.[1];
  if (name === undefined) return undefined;
  const start = text.indexOf(`"${name}"`);
  const range = new vscode.Range(position.line, start, position.line, start + name.length + 2);
  return range.contains(position) ? { text: name, range } : undefined;
}

/** What the members say that name a message; the service's documents of history say it so. */
function addressTexts(): Readonly<Record<string, string>> {
  return {
    From_Account: vscode.l10n.t(
      'UserID of who sent the message. It names the message and is not to be edited.',
    ),
    To_Account: vscode.l10n.t('UserID of who got the message. It names the message and is not to be edited.'),
    MsgKey: vscode.l10n.t('Names the message between its two users. It is not to be edited.'),
    GroupId: vscode.l10n.t('The group of the message. It names the message and is not to be edited.'),
    TopicId: vscode.l10n.t('The topic of the message. It names the message and is not to be edited.'),
    MsgTimeStamp: vscode.l10n.t('When the message was sent, Unix seconds. Modifying does not change it.'),
  };
}
