import * as vscode from 'vscode';
import { REQUEST_LANGUAGE } from '../../contributions/ids';
import type { RequestRoom } from '../../requestDocuments/createRequests';
import type { Entrance } from '../../ui/room';

/** What VS Code asks of request documents; loaded when it first asks for any. */
export function registerRequests(room: Entrance<RequestRoom>): vscode.Disposable {
  const { languages } = vscode;
  const selector = { language: REQUEST_LANGUAGE };
  const layout = async (): Promise<RequestRoom['layout']> => (await room.load()).layout;
  return vscode.Disposable.from(
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: async (document) => (await room.load()).lenses.provideCodeLenses(document),
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: async (document) => (await layout()).provideDocumentSymbols(document),
    }),
    languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (...asked) =>
          (await room.load()).completion.provideCompletionItems(...asked),
      },
      ...['"', '{', '/', '@', ' '],
    ),
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await room.load()).hover.provideHover(document, position),
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (document) => (await layout()).provideFoldingRanges(document),
    }),
    languages.registerDocumentRangeFormattingEditProvider(selector, {
      provideDocumentRangeFormattingEdits: async (document, range, options) =>
        (await layout()).provideDocumentRangeFormattingEdits(document, range, options),
    }),
    languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: async (document, range) =>
          (await room.load()).problems.provideCodeActions(document, range),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}
