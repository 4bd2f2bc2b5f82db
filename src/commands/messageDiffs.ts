import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import { baseUri, messageUri, serviceUri } from '../documents/messageRef';
import { addressText } from '../ui/addressTexts';

/** Opens VS Code's diff editor: what the service shows beside what one edits. */
export async function showServiceDiff(ref: MessageRef): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    serviceUri(ref),
    messageUri(ref),
    vscode.l10n.t('{0}: Service ↔ Draft', addressText(ref.address)),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}

/** Opens VS Code's diff editor: what the draft was made from beside the draft. */
export async function showBaseDiff(ref: MessageRef): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    baseUri(ref),
    messageUri(ref),
    vscode.l10n.t('{0}: Base ↔ Draft', addressText(ref.address)),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}
