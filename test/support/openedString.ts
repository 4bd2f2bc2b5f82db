import * as vscode from 'vscode';
import { eventually } from './eventually';

/** The document of a string that *Edit Embedded JSON* opens, as soon as it is in the active editor. */
export function openedString(): Promise<vscode.TextDocument> {
  return eventually(() => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === 'tencent-chat-string' ? document : undefined;
  }, 'the document of the string');
}
