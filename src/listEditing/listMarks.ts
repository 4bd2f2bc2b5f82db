import * as vscode from 'vscode';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { ListDocuments } from './listDocuments';

/** Marks changed items at the edge of the editor and in its ruler. */
export class ListMarks implements vscode.Disposable {
  private readonly look = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: '0 0 0 2px',
    borderStyle: 'solid',
    borderColor: new vscode.ThemeColor('editorGutter.modifiedBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.modifiedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly documents: ListDocuments,
    onDidLook: vscode.Event<vscode.TextDocument>,
  ) {
    this.subscriptions = [
      this.look,
      onDidLook((document) => this.mark(document)),
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
    const changed = this.documents.compare(document.uri, document.getText())?.changed ?? [];
    const ranges = changed.map(({ item: { range } }) => {
      const from = document.positionAt(range.offset).line;
      return new vscode.Range(from, 0, document.positionAt(range.offset + range.length).line, 0);
    });
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === document) editor.setDecorations(this.look, ranges);
  }
}
