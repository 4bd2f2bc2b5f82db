import * as vscode from 'vscode';
import type { TextEdit } from '../json/text';
import { withLineFeeds } from '../json/projections/projection';
import type { TextChange } from '../json/textChange';
import type { CompletionView, HoverView, Question } from '../protocol';
import type { DocumentSession } from './documentSession';
import type { EmbeddedDocuments } from './embeddedDocuments';
import { LineIndex } from './lineIndex';
import type { DocumentPane } from './panes';

const JSON_FEATURES = 'vscode.json-language-features';
/** More than anybody scrolls through, and quick to send. */
const MOST_COMPLETIONS = 300;

/** A document VS Code's providers can be asked about, and how its places are a pane's. */
interface Target {
  readonly uri: vscode.Uri;
  position(offset: number): vscode.Position;
  /** Undefined when the range lies outside the pane. */
  pane(range: vscode.Range): { from: number; to: number } | undefined;
}

/** A member's new layout is the document's; that of a string may be one that only its pane shows. */
export type Formatting =
  | { readonly edits: readonly TextEdit[] }
  | { readonly version: number; readonly changes: readonly TextChange[] };

/**
 * Answers a pane's questions with what VS Code itself knows: the document's language features for a member, those of a
 * shadow document for the content of a string.
 */
export class Language {
  constructor(private readonly embedded: EmbeddedDocuments) {}

  /**
   * Starts VS Code's JSON features; settles when they can be asked. They wake for `json` itself only.
   */
  async wake(): Promise<void> {
    await vscode.extensions.getExtension(JSON_FEATURES)?.activate();
  }

  async completions(
    session: DocumentSession,
    question: Question,
  ): Promise<{ items: CompletionView[]; incomplete: boolean } | undefined> {
    const target = await this.target(session, question.pane, question.version);
    if (!target) return undefined;
    const at = target.position(question.offset);
    // Asked too early, VS Code answers with nothing, and the person would have to type again.
    await this.wake();
    const list = await vscode.commands.executeCommand<vscode.CompletionList | undefined>(
      'vscode.executeCompletionItemProvider',
      target.uri,
      at,
      question.trigger,
      MOST_COMPLETIONS,
    );
    const items = (list?.items ?? [])
      .slice(0, MOST_COMPLETIONS)
      .map((item) => completionView(item, target, question.offset));
    return { items: items.filter((item) => item !== undefined), incomplete: list?.isIncomplete ?? false };
  }

  async hover(session: DocumentSession, question: Question): Promise<HoverView | undefined> {
    const target = await this.target(session, question.pane, question.version);
    if (!target) return undefined;
    await this.wake();
    const hovers = await vscode.commands.executeCommand<vscode.Hover[] | undefined>(
      'vscode.executeHoverProvider',
      target.uri,
      target.position(question.offset),
    );
    const contents = (hovers ?? [])
      .flatMap((hover) => hover.contents.map(markdownOf))
      .filter((text) => text.trim() !== '');
    if (contents.length === 0) return undefined;
    const range = hovers?.find((hover) => hover.range)?.range;
    return { ...((range && target.pane(range)) ?? { from: question.offset, to: question.offset }), contents };
  }

  /** What formatting the pane changes; undefined when it cannot be formatted. */
  async format(
    session: DocumentSession,
    pane: string,
    options: vscode.FormattingOptions,
  ): Promise<Formatting | undefined> {
    const view = session.pane(pane);
    const version = session.version(pane);
    if (!view || version === undefined) return undefined;
    const target = await this.target(session, pane, version);
    if (!target) return undefined;
    if (!view.embedded) return { edits: await this.formatMember(session, view, options) };
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatDocumentProvider',
      target.uri,
      options,
    );
    return { version, changes: changesOf(edits ?? [], target) };
  }

  /** The edits stay as they come: they count indentation as the document has it, of which the pane hides a part. */
  private async formatMember(
    session: DocumentSession,
    view: DocumentPane,
    options: vscode.FormattingOptions,
  ): Promise<TextEdit[]> {
    const { document } = session;
    const { version } = document;
    const { offset, length } = view.toDocument(0, view.text.length);
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatRangeProvider',
      document.uri,
      session.range(offset, length),
      options,
    );
    if (document.version !== version) return [];
    return (edits ?? [])
      .map(({ range, newText }) => {
        const start = session.offset(range.start);
        return { offset: start, length: session.offset(range.end) - start, text: withLineFeeds(newText) };
      })
      .filter((edit) => edit.offset >= offset && edit.offset + edit.length <= offset + length);
  }

  private async target(session: DocumentSession, pane: string, version: number): Promise<Target | undefined> {
    await this.wake();
    const view = session.pane(pane);
    if (!view || session.version(pane) !== version) return undefined;
    if (!view.embedded) return memberTarget(session, view);
    if (view.kind !== 'json') return undefined;
    const uri = await this.embedded.mirror(session.document.uri, view.path, view.text);
    return uri && stringTarget(uri, view.text);
  }
}

function memberTarget(session: DocumentSession, view: DocumentPane): Target {
  return {
    uri: session.document.uri,
    position: (offset) => session.position(view.toDocument(offset, offset).offset),
    pane: (range) => {
      const offset = session.offset(range.start);
      return view.fromDocument(offset, session.offset(range.end) - offset);
    },
  };
}

function stringTarget(uri: vscode.Uri, text: string): Target {
  const index = new LineIndex(text);
  return {
    uri,
    position: (offset) => {
      const { line, character } = index.position(offset);
      return new vscode.Position(line, character);
    },
    pane: (range) => ({
      from: index.offset(range.start.line, range.start.character),
      to: index.offset(range.end.line, range.end.character),
    }),
  };
}

function completionView(
  item: vscode.CompletionItem,
  target: Target,
  offset: number,
): CompletionView | undefined {
  // Words that stand somewhere in the text; VS Code shows them only where nothing else is known.
  if (item.kind === vscode.CompletionItemKind.Text) return undefined;
  const range =
    item.range instanceof vscode.Range || item.range === undefined ? item.range : item.range.replacing;
  const place = range ? target.pane(range) : { from: offset, to: offset };
  if (!place) return undefined;
  const label = typeof item.label === 'string' ? item.label : item.label.label;
  const insert = item.insertText ?? label;
  return {
    label,
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.documentation === undefined ? {} : { documentation: markdownOf(item.documentation) }),
    kind: vscode.CompletionItemKind[item.kind ?? vscode.CompletionItemKind.Text],
    insert: typeof insert === 'string' ? insert : insert.value,
    snippet: typeof insert !== 'string',
    ...place,
    filter: item.filterText ?? label,
    sort: item.sortText ?? label,
    again: item.command?.command === 'editor.action.triggerSuggest',
  };
}

function markdownOf(content: string | vscode.MarkdownString | { language: string; value: string }): string {
  if (typeof content === 'string') return content;
  return 'language' in content ? `\`\`\`${content.language}\n${content.value}\n\`\`\`` : content.value;
}

function changesOf(edits: readonly vscode.TextEdit[], target: Target): TextChange[] {
  const changes = edits.flatMap((edit) => {
    const place = target.pane(edit.range);
    return place ? [{ ...place, insert: withLineFeeds(edit.newText) }] : [];
  });
  return changes.sort((a, b) => a.from - b.from || a.to - b.to);
}
