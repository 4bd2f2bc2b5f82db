import * as vscode from 'vscode';
import { diagnosticIds, LIST_LANGUAGE } from '../contributions/ids';
import { PROBLEM_SOURCE, severities } from '../diagnostics/problemReporter';
import type { TextRange } from '../json/text';
import { checkItem } from '../lists/checkItem';
import type { ListSlip } from '../lists/compareList';
import { itemText, type ListItem } from '../lists/parseList';
import type { Problem } from '../message/checks';
import { openDocument } from '../ui/openDocument';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { problemText } from '../words/problemTexts';
import type { ItemEnd, ListDocuments } from './listDocuments';

/** A problem of a list as VS Code shows it, with what it was made of. */
export type ListProblem = { readonly diagnostic: vscode.Diagnostic } & (
  | { readonly kind: 'slip'; readonly slip: ListSlip }
  | { readonly kind: 'check'; readonly item: ListItem; readonly problem: Problem }
  | { readonly kind: 'end'; readonly item: ListItem; readonly end: ItemEnd }
);

/** Typing is not followed letter by letter: a list may be long. */
const DELAY_MS = 250;
/** More problems than that nobody reads; those of the first items are shown. */
const SHOWN = 1_000;

interface Watched {
  timer?: NodeJS.Timeout;
  shown: readonly ListProblem[];
  /** What the check found in items, by their members, so that only what changed is checked again. */
  readonly found: WeakMap<ListItem['members'], Found>;
  /** The same by their text, of items that were read anew. */
  readonly checked: Map<string, Found>;
}

type Found = readonly { readonly problem: Problem; readonly offset: number; readonly length: number }[];

/** The one owner of the problems of lists: addresses, what the service would refuse, and how the last plan ended. */
export class ListProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.list);
  private readonly watched = new Map<string, Watched>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  /** What a list says was looked at anew. */
  readonly onDidLook = this.changed.event;

  constructor(
    private readonly documents: ListDocuments,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscriptions = [
      this.collection,
      this.changed,
      vscode.workspace.onDidOpenTextDocument((document) => this.begin(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.languageId === LIST_LANGUAGE && contentChanges.length > 0) this.soon(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      documents.onDidMove((uri) => {
        const open = openDocument(uri);
        if (open) this.look(open);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.begin(document);
  }

  /** What is shown for a list now. */
  problemsOf(uri: vscode.Uri): readonly ListProblem[] {
    return this.watched.get(uri.toString())?.shown ?? [];
  }

  /** Looks at a list at once, and tells how many errors its changed items have. */
  errorsIn(document: vscode.TextDocument): readonly ListProblem[] {
    this.look(document);
    return this.problemsOf(document.uri).filter(
      ({ kind, diagnostic }) => kind !== 'end' && diagnostic.severity === vscode.DiagnosticSeverity.Error,
    );
  }

  dispose(): void {
    for (const { timer } of this.watched.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private begin(document: vscode.TextDocument): void {
    if (document.languageId !== LIST_LANGUAGE) return;
    this.documents.load(document.uri).then(
      // VS Code is about to show it, and that comes first.
      () => this.soon(document),
      (error: unknown) => this.onFailure(error),
    );
  }

  private soon(document: vscode.TextDocument): void {
    if (document.isClosed) return;
    const watched = this.watch(document.uri);
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => this.look(document), DELAY_MS);
  }

  private watch(uri: vscode.Uri): Watched {
    const key = uri.toString();
    const watched = this.watched.get(key) ?? {
      shown: [],
      found: new WeakMap(),
      checked: new Map(),
    };
    this.watched.set(key, watched);
    return watched;
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.watched.get(key)?.timer);
    if (this.watched.delete(key)) this.collection.delete(document.uri);
  }

  private look(document: vscode.TextDocument): void {
    if (document.isClosed || document.languageId !== LIST_LANGUAGE) return;
    const watched = this.watch(document.uri);
    const text = this.documents.textOf(document);
    const own = this.documents.compare(document.uri, text);
    const comparison = own ?? this.documents.compareFile(document);
    const problems: ListProblem[] = comparison.slips.map((slip) => ({
      kind: 'slip',
      slip,
      diagnostic: diagnosticAt(document, slipRange(slip), slipText(slip), vscode.DiagnosticSeverity.Error),
    }));
    const items = own ? own.changed.map(({ item }) => item) : comparison.list.items;
    for (const item of items) {
      if (problems.length >= SHOWN) break;
      for (const { problem, offset, length } of this.checked(watched, text, item)) {
        const range = { offset: item.range.offset + offset, length };
        const words = problemText(problem, { t: vscode.l10n.t, language: vscode.env.language });
        const diagnostic = diagnosticAt(document, range, words, severities[problem.severity], problem.code);
        problems.push({ kind: 'check', item, problem, diagnostic });
      }
    }
    const ends = new Map(this.documents.endsOf(document.uri, text).map(({ index, end }) => [index, end]));
    for (const item of ends.size > 0 ? items : []) {
      const end = ends.get(item.index);
      if (!end) continue;
      const range = { offset: item.range.offset, length: 1 };
      problems.push({
        kind: 'end',
        item,
        end,
        diagnostic: diagnosticAt(document, range, end.text, end.severity, end.code),
      });
    }
    watched.shown = problems.slice(0, SHOWN);
    this.collection.set(
      document.uri,
      watched.shown.map(({ diagnostic }) => diagnostic),
    );
    this.changed.fire(document);
  }

  private checked({ found: byMembers, checked }: Watched, text: string, item: ListItem): Found {
    const before = byMembers.get(item.members);
    if (before) return before;
    const own = itemText(text, item);
    const found = checked.get(own) ?? this.check(text, item);
    byMembers.set(item.members, found);
    if (checked.size > 20_000) checked.clear();
    checked.set(own, found);
    return found;
  }

  private check(text: string, item: ListItem): Found {
    return checkItem(text, item).map(({ problem, range }) => ({
      problem,
      offset: range.offset - item.range.offset,
      length: range.length,
    }));
  }
}

function slipRange(slip: ListSlip): TextRange {
  switch (slip.kind) {
    case 'syntax':
    case 'notAMessage':
      return { offset: slip.at, length: 1 };
    case 'notAList':
      return { offset: 0, length: 1 };
    default:
      return { offset: slip.item.range.offset, length: 1 };
  }
}

function slipText(slip: ListSlip): string {
  switch (slip.kind) {
    case 'syntax':
      return vscode.l10n.t('This is no JSON from here on, so nothing is known of the messages after it.');
    case 'notAList':
      return vscode.l10n.t(
        'This is no list of messages: it is neither an array nor an answer with MsgList or RspMsgList.',
      );
    case 'notAMessage':
      return vscode.l10n.t('Each item of a list is a message, an object.');
    case 'addressMissing':
      return vscode.l10n.t(
        'Nothing names the message: From_Account, To_Account and MsgKey, or GroupId and MsgSeq, are missing or wrong.',
      );
    case 'addressUnknown':
      return vscode.l10n.t(
        'The list was not made with this message. An address is not to be edited; undo that, or leave the item out.',
      );
    case 'addressDoubled':
      return vscode.l10n.t('Two items are of one message. Leave one of them out.');
    case 'locked':
      return vscode.l10n.t(
        'This message was recalled, is a placeholder or comes from the system: it cannot be changed.',
      );
  }
}

function diagnosticAt(
  document: vscode.TextDocument,
  range: TextRange,
  text: string,
  severity: vscode.DiagnosticSeverity,
  code?: number,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeIn(document, range), plainText(text), severity);
  diagnostic.source = PROBLEM_SOURCE;
  if (code !== undefined) diagnostic.code = code;
  return diagnostic;
}
