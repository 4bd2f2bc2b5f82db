import * as vscode from 'vscode';
import type { ChatMessage } from '../chat/chatMessage';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import type { PagePanel } from './pagePanel';

/**
 * Opens a message beside a page.
 *
 * @param preview whether the focus stays in the page
 */
export async function openBeside(
  documents: MessageDocuments,
  panel: PagePanel,
  {
    connectionId,
    message,
    preview,
  }: { readonly connectionId: string; readonly message: ChatMessage; readonly preview: boolean },
): Promise<void> {
  await documents.show(connectionId, message);
  const uri = messageUri({ connectionId, address: message.address });
  await vscode.commands.executeCommand('vscode.open', uri, {
    viewColumn: panel.columnBeside(),
    preserveFocus: preview,
    preview,
  } satisfies vscode.TextDocumentShowOptions);
}
