import * as vscode from 'vscode';
import { CONVERSATION_PAGE } from '../../contributions/ids';
import type { Log } from '../../ui/log';
import { RoomError, tellRoomError, type Entrance } from '../../ui/room';

/** Pages of conversations that VS Code brings back after a restart; they are loaded with the first one. */
export function registerPages(room: Entrance<vscode.WebviewPanelSerializer>, log: Log): vscode.Disposable {
  const bringBack = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> => {
    try {
      await (await room.load()).deserializeWebviewPanel(panel, state);
    } catch (error) {
      if (!RoomError.is(error)) throw error;
      tellRoomError(error, log, () => bringBack(panel, state));
    }
  };
  return vscode.window.registerWebviewPanelSerializer(CONVERSATION_PAGE, {
    deserializeWebviewPanel: bringBack,
  });
}
