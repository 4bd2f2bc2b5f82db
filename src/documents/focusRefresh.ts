import * as vscode from 'vscode';
import type { MessageDocuments } from './messageDocuments';
import { parseMessageUri, refKey, type MessageRef } from './messageRef';

const AT_MOST_EVERY_MS = 10_000;

/** Reads the messages in view again when the window is returned to, so that a colleague's change is seen early. */
export class FocusRefresh implements vscode.Disposable {
  private readonly lastRead = new Map<string, number>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscription = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) for (const ref of messagesInView()) this.read(ref);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private read(ref: MessageRef): void {
    const key = refKey(ref);
    const now = Date.now();
    if (!this.documents.peek(ref) || now - (this.lastRead.get(key) ?? 0) < AT_MOST_EVERY_MS) return;
    this.lastRead.set(key, now);
    this.documents.refresh(ref).catch(this.onFailure);
  }
}

function messagesInView(): MessageRef[] {
  return vscode.window.tabGroups.all.flatMap(({ activeTab }) => {
    const input = activeTab?.input;
    if (!(input instanceof vscode.TabInputCustom) && !(input instanceof vscode.TabInputText)) return [];
    return parseMessageUri(input.uri) ?? [];
  });
}
