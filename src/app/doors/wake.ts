import * as vscode from 'vscode';
import type { Log } from '../../ui/log';
import type { Entrance } from '../../ui/room';

/**
 * Loads a room with the first document that it has to know of, whoever opens that. Rooms look at the documents that are
 * open when they are made, so none is missed; one that cannot be loaded is tried again with the next document.
 */
export function wakeFor(
  room: Entrance<unknown>,
  isOne: (document: vscode.TextDocument) => boolean,
  log: Log,
): vscode.Disposable {
  const opening = onEachOpen((document) => {
    if (isOne(document)) room.load().catch((error: unknown) => log.error(error));
  });
  room.whenMade(() => void opening.dispose());
  return opening;
}

/** Tells VS Code of what a language has with the first document of it: before that, nobody asks for it. */
export function withFirst(language: string, register: () => vscode.Disposable): vscode.Disposable {
  let made: vscode.Disposable | undefined;
  const opening = onEachOpen(({ languageId }) => {
    if (languageId === language) made ??= register();
  });
  return vscode.Disposable.from(opening, { dispose: () => void made?.dispose() });
}

function onEachOpen(look: (document: vscode.TextDocument) => void): vscode.Disposable {
  const opening = vscode.workspace.onDidOpenTextDocument(look);
  for (const document of vscode.workspace.textDocuments) look(document);
  return opening;
}
