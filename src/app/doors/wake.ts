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
  const look = (document: vscode.TextDocument): void => {
    if (isOne(document)) room.load().catch((error: unknown) => log.error(error));
  };
  const opening = vscode.workspace.onDidOpenTextDocument(look);
  room.whenMade(() => void opening.dispose());
  for (const document of vscode.workspace.textDocuments) look(document);
  return opening;
}
