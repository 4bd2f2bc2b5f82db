import * as vscode from 'vscode';
import { REQUEST_LANGUAGE } from '../../contributions/ids';
import type { RequestRoom } from '../../requestDocuments/createRequests';
import type { Entrance } from '../../ui/room';

/** What VS Code asks of request documents; loaded when it first asks for any. */
export function registerRequests(room: Entrance<RequestRoom>): vscode.Disposable {
  const selector = { language: REQUEST_LANGUAGE };
  const layout = async (): Promise<RequestRoom['layout']> => (await room.load()).layout;
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(selector, {
      provideCodeLenses: async (document) => (await room.load()).lenses.provideCodeLenses(document),
    }),
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: async (document) => (await layout()).provideDocumentSymbols(document),
    }),
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (...asked) =>
          (await room.load()).completion.provideCompletionItems(...asked),
      },
      ...['"', '{', '/', '@', ' '],
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await room.load()).hover.provideHover(document, position),
    }),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (document) => (await layout()).provideFoldingRanges(document),
    }),
    vscode.languages.registerDocumentRangeFormattingEditProvider(selector, {
      provideDocumentRangeFormattingEdits: async (document, range, options) =>
        (await layout()).provideDocumentRangeFormattingEdits(document, range, options),
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: async (document, range) =>
          (await room.load()).problems.provideCodeActions(document, range),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}
