import * as vscode from 'vscode';
import { baseUri, messageUri, serviceUri, type MessageRef } from '../documents/messageRef';

/** Opens VS Code's diff editor: what the service shows beside what one edits. */
export async function showServiceDiff(ref: MessageRef): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    serviceUri(ref),
    messageUri(ref),
    vscode.l10n.t('{0} → {1}: Service ↔ Draft', ref.from, ref.to),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}

/** Opens VS Code's diff editor: what the draft was made from beside the draft. */
export async function showBaseDiff(ref: MessageRef): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    baseUri(ref),
    messageUri(ref),
    vscode.l10n.t('{0} → {1}: Base ↔ Draft', ref.from, ref.to),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}
