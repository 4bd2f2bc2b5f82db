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
  // Asked of the documents: a tab is told late that its text was saved.
  const unsaved = new Set(unsavedTexts(from).map(({ uri }) => uri.toString()));
  const isOld = (tab: vscode.Tab): boolean => {
    const ref = refOf(tab);
    return ref?.connectionId === from && !unsaved.has(messageUri(ref).toString());
  };
  for (const group of vscode.window.tabGroups.all) {
    // The one in view last, so that it is in view again.
    const tabs = group.tabs.filter(isOld);
    for (const tab of tabs.sort((one, other) => Number(one.isActive) - Number(other.isActive))) {
      const { input, isPreview, isActive } = tab;
      const ref = refOf(tab);
      if (!ref || !(input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)) continue;
      const uri = messageUri({ ...ref, connectionId: to });
      const viewType = input instanceof vscode.TabInputCustom ? input.viewType : 'default';
      const options = { viewColumn: group.viewColumn, preview: isPreview, preserveFocus: !isActive };
      await vscode.commands.executeCommand('vscode.openWith', uri, viewType, options);
    }
  }
  // Looked up anew: opening others makes new tabs of those that stay, and only those can be closed.
  const old = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOld));
  if (old.length > 0) await vscode.window.tabGroups.close(old, true);
}

function refOf({ input }: vscode.Tab): MessageRef | undefined {
  if (input instanceof vscode.TabInputTextDiff)
    return (parseDocumentUri(input.modified) ?? parseDocumentUri(input.original))?.ref;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)
    return parseDocumentUri(input.uri)?.ref;
  return undefined;
}
