import * as vscode from 'vscode';
import { MESSAGE_LANGUAGE } from '../../contributions/ids';
import { MESSAGE_SCHEME } from '../../documents/messageRef';
import { pasteKind } from '../../editor/pasteKind';
import type { Entrance } from '../../ui/room';

/** What VS Code asks of the text editor of a message document. */
interface Features {
  readonly features: vscode.CompletionItemProvider &
    vscode.HoverProvider &
    vscode.DocumentRangeFormattingEditProvider;
  readonly pasting: vscode.DocumentPasteEditProvider;
}

/** What opens VS Code's list of completions in any JSON. */
const TRIGGERS = ['"', ':'];

/** Completion, hover, formatting and pasting in message documents; loaded when VS Code first asks for any. */
export function registerLanguage(room: Entrance<Features>): vscode.Disposable {
  const selector = { language: MESSAGE_LANGUAGE };
  const features = async (): Promise<Features['features']> => (await room.load()).features;
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      selector,
      { provideCompletionItems: async (...asked) => (await features()).provideCompletionItems(...asked) },
      ...TRIGGERS,
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (...asked) => (await features()).provideHover(...asked),
    }),
    vscode.languages.registerDocumentRangeFormattingEditProvider(selector, {
      provideDocumentRangeFormattingEdits: async (...asked) =>
        (await features()).provideDocumentRangeFormattingEdits(...asked),
    }),
    vscode.languages.registerDocumentPasteEditProvider(
      selector,
      {
        provideDocumentPasteEdits: async (...asked) =>
          (await room.load()).pasting.provideDocumentPasteEdits?.(...asked),
      },
      { providedPasteEditKinds: [pasteKind], pasteMimeTypes: ['text/plain'] },
    ),
  );
}

/** Completion and hover of receivers and options in messages that are not sent yet, beside those of the message. */
export function registerMembers(
  room: Entrance<vscode.CompletionItemProvider & vscode.HoverProvider>,
): vscode.Disposable {
  const selector = { language: MESSAGE_LANGUAGE, scheme: MESSAGE_SCHEME, pattern: '**/new/*' };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      selector,
      { provideCompletionItems: async (...asked) => (await room.load()).provideCompletionItems(...asked) },
      ...TRIGGERS,
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (...asked) => (await room.load()).provideHover(...asked),
    }),
  );
}
