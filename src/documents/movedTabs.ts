import * as vscode from 'vscode';
import { MESSAGE_SCHEME, messageUri, parseDocumentUri } from './messageRef';

/** Saves what VS Code holds unsaved of a connection's messages and lists; it becomes drafts, and nothing is sent. */
export async function saveTexts(connectionId: string): Promise<void> {
  for (const document of unsavedTexts(connectionId)) await document.save();
}

/** The documents of a connection of which VS Code holds unsaved text. */
export function unsavedTexts(connectionId: string): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && movedUri(uri, connectionId, connectionId) !== undefined,
  );
}

/** Shows the documents of a connection that stand in tabs as those of the one that took its place. */
export async function reopenTabs(from: string, to: string): Promise<void> {
  // Asked of the documents: a tab is told late that its text was saved.
  const unsaved = new Set(unsavedTexts(from).map(({ uri }) => movedUri(uri, from, to)?.toString()));
  const goal = (tab: vscode.Tab): vscode.Uri | undefined => {
    const uri = urisOf(tab).flatMap((one) => movedUri(one, from, to) ?? [])[0];
    return unsaved.has(uri?.toString()) ? undefined : uri;
  };
  const isOld = (tab: vscode.Tab): boolean => goal(tab) !== undefined;
  for (const group of vscode.window.tabGroups.all) {
    // The one in view last, so that it is in view again.
    const tabs = group.tabs.filter(isOld);
    for (const tab of tabs.sort((one, other) => Number(one.isActive) - Number(other.isActive))) {
      const { input, isPreview, isActive } = tab;
      const uri = goal(tab);
      if (!uri || !(input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)) continue;
      const viewType = input instanceof vscode.TabInputCustom ? input.viewType : 'default';
      const options = { viewColumn: group.viewColumn, preview: isPreview, preserveFocus: !isActive };
      await vscode.commands.executeCommand('vscode.openWith', uri, viewType, options);
    }
  }
  // Looked up anew: opening others makes new tabs of those that stay, and only those can be closed.
  const old = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOld));
  if (old.length > 0) await vscode.window.tabGroups.close(old, true);
}

/** What a tab shows; of a diff the newer side first. */
function urisOf({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.modified, input.original];
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? [input.uri] : [];
}

/** The document of another connection that stands for this one there; undefined for what is not of `from`. */
function movedUri(uri: vscode.Uri, from: string, to: string): vscode.Uri | undefined {
  const ref = parseDocumentUri(uri)?.ref;
  if (ref) return ref.connectionId === from ? messageUri({ ...ref, connectionId: to }) : undefined;
  // Lists, and messages that are not sent yet.
  const [, connection, ...rest] = uri.path.split('/');
  if (uri.scheme !== MESSAGE_SCHEME || connection !== from) return undefined;
  return uri.with({ path: ['', to, ...rest].join('/') });
}
