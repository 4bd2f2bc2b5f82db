import * as vscode from 'vscode';
import { LIST_LANGUAGE } from '../contributions/ids';
import { ListFolds } from '../lists/listFolds';
import type { ParsedList } from '../lists/parseList';
import type { ListDocuments } from './listDocuments';

/** VS Code takes no more by default; more make every key stroke slow. */
const SHOWN = 5_000;
/** Of so many items before and after what is in sight all is folded that can be, however long the list is. */
const NEAR = 100;
/** Scrolling is not followed line by line. */
const DELAY_MS = 250;

/**
 * What can be folded in a list. Without it VS Code would look at the indentation of every line after each key stroke, and of a
 * long list fold the messages at its beginning alone.
 */
export class ListFolding implements vscode.FoldingRangeProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeFoldingRanges = this.changed.event;
  private readonly folds = new ListFolds(SHOWN, NEAR);
  /** The item that was in sight when VS Code got the folds near to it, of documents that have more. */
  private readonly given = new WeakMap<vscode.TextDocument, number>();
  private readonly listening: vscode.Disposable;
  private scrolled: NodeJS.Timeout | undefined;

  constructor(private readonly documents: ListDocuments) {
    this.listening = vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
      if (document.languageId !== LIST_LANGUAGE || !this.given.has(document)) return;
      clearTimeout(this.scrolled);
      this.scrolled = setTimeout(() => this.follow(document), DELAY_MS);
    });
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    const list = this.documents.listIn(document);
    this.given.delete(document);
    const folds = this.folds.of(this.documents.textOf(document), list.items, () => {
      const index = itemInSight(document, list);
      this.given.set(document, index);
      return index;
    });
    return folds.map(({ first, last }) => new vscode.FoldingRange(first, last));
  }

  dispose(): void {
    clearTimeout(this.scrolled);
    this.listening.dispose();
    this.changed.dispose();
  }

  private follow(document: vscode.TextDocument): void {
    const given = this.given.get(document);
    if (given === undefined || document.isClosed) return;
    const now = itemInSight(document, this.documents.listIn(document));
    // Some before those that are not among them come into sight.
    if (Math.abs(now - given) > NEAR / 2) this.changed.fire();
  }
}

/** The index of the first item that an editor shows of a document. */
function itemInSight(document: vscode.TextDocument, { items }: ParsedList): number {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  const from = document.offsetAt(editor?.visibleRanges[0]?.start ?? new vscode.Position(0, 0));
  const index = items.findIndex(({ range }) => range.offset + range.length >= from);
  return index < 0 ? Math.max(items.length - 1, 0) : index;
}
