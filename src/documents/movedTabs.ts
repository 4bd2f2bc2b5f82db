import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import { messageUri, parseDocumentUri, parseMessageUri } from './messageRef';

/** Saves what VS Code holds unsaved of a connection's messages; each becomes a draft, and nothing is sent. */
export async function saveTexts(connectionId: string): Promise<void> {
  for (const document of unsavedTexts(connectionId)) await document.save();
}

/** The messages of a connection of which VS Code holds unsaved text. */
export function unsavedTexts(connectionId: string): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && parseMessageUri(uri)?.connectionId === connectionId,
  );
}

/** Shows the messages of a connection that stand in tabs as those of the one that took its place. */
export async function reopenTabs(from: string, to: string): Promise<void> {
  for (const group of vscode.window.tabGroups.all) {
    const tabs = group.tabs.filter((tab) => !tab.isDirty && refOf(tab)?.connectionId === from);
    // The one in view last, so that it is in view again.
    for (const tab of tabs.sort((one, other) => Number(one.isActive) - Number(other.isActive))) {
      const { input, isPreview, isActive } = tab;
      const ref = refOf(tab);
      if (ref && (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)) {
        const uri = messageUri({ ...ref, connectionId: to });
        const viewType = input instanceof vscode.TabInputCustom ? input.viewType : 'default';
        const options = { viewColumn: group.viewColumn, preview: isPreview, preserveFocus: !isActive };
        await vscode.commands.executeCommand('vscode.openWith', uri, viewType, options);
      }
      await vscode.window.tabGroups.close(tab, true);
    }
  }
}

function refOf({ input }: vscode.Tab): MessageRef | undefined {
  if (input instanceof vscode.TabInputTextDiff)
    return (parseDocumentUri(input.modified) ?? parseDocumentUri(input.original))?.ref;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)
    return parseDocumentUri(input.uri)?.ref;
  return undefined;
}
