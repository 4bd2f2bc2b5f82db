import * as vscode from 'vscode';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { TextRange } from '../json/text';
import type { ListItem } from '../lists/parseList';
import { plainText } from '../ui/plainText';
import type { ListDocuments } from './listDocuments';

/** Marks changed items at the edge of the editor and in its ruler, and shows which cannot be changed, and why. */
export class ListMarks implements vscode.Disposable {
  private readonly changed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: '0 0 0 2px',
    borderStyle: 'solid',
    borderColor: new vscode.ThemeColor('editorGutter.modifiedBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.modifiedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly locked = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    opacity: '0.6',
  });
  private readonly why = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('descriptionForeground') },
  });
  private readonly subscriptions: readonly { dispose(): unknown }[];
  /** What editors show, as long as no line was put in or left out since. */
  private readonly shown = new WeakMap<vscode.TextEditor, string>();

  constructor(
    private readonly documents: ListDocuments,
    onDidLook: vscode.Event<vscode.TextDocument>,
  ) {
    this.subscriptions = [
      this.changed,
      this.locked,
      this.why,
      onDidLook((document) => this.mark(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.languageId !== LIST_LANGUAGE) return;
        if (contentChanges.every(({ range, text }) => range.isSingleLine && !/[\r\n]/.test(text))) return;
        for (const editor of vscode.window.visibleTextEditors)
          if (editor.document === document) this.shown.delete(editor);
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.mark(document);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private mark(document: vscode.TextDocument): void {
    if (document.languageId !== LIST_LANGUAGE) return;
    const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
    const comparison =
      editors.length > 0 && this.documents.compare(document.uri, this.documents.textOf(document));
    if (!comparison) return;
    const lines = ({ offset, length }: TextRange): vscode.Range =>
      new vscode.Range(document.positionAt(offset).line, 0, document.positionAt(offset + length).line, 0);
    const changed = comparison.changed.map(({ item }) => lines(item.range));
    const locked = comparison.list.items.filter((item) => item.locked !== undefined);
    const lockedLines = locked.map(({ range }) => lines(range));
    const why = locked.map((item): vscode.DecorationOptions => {
      const { line } = document.positionAt(item.range.offset);
      return {
        range: document.lineAt(line).range,
        renderOptions: { after: { contentText: plainText(lockedText(item)) } },
      };
    });
    const all = JSON.stringify([changed, locked.map((item) => [item.locked, lines(item.range)])]);
    for (const editor of editors) {
      // Of ten thousand it is a megabyte for VS Code, and at most keys nothing of it changes.
      if (this.shown.get(editor) === all) continue;
      this.shown.set(editor, all);
      editor.setDecorations(this.changed, changed);
      editor.setDecorations(this.locked, lockedLines);
      editor.setDecorations(this.why, why);
    }
  }
}

function lockedText({ locked }: ListItem): string {
  switch (locked) {
    case 'recalled':
      return vscode.l10n.t('Recalled: cannot be changed');
    case 'placeholder':
      return vscode.l10n.t('Expired or deleted: cannot be changed');
    default:
      return vscode.l10n.t('From the system: cannot be changed');
  }
}
