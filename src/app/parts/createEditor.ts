import type * as vscode from 'vscode';
import { applyTextEdits } from '../../editor/documentEdits';
import type { FlushRegistry } from '../../editor/flushRegistry';
import type { MessageFactsSource } from '../../editor/pageFacts';
import { MessageEditorProvider } from '../../editor/messageEditorProvider';
import type { Log } from '../../ui/log';
import type { Own } from '../../ui/room';

/** What the editor of messages is made of. */
export interface EditorServices {
  readonly context: vscode.ExtensionContext;
  readonly facts: MessageFactsSource;
  readonly flushes: FlushRegistry;
  readonly log: Log;
  /** Milliseconds by which every edit of a document by a page is delayed. */
  readonly delay: () => number;
}

/** Puts the editor of messages together. */
export function createEditor(own: Own, services: EditorServices): MessageEditorProvider {
  const { context, facts, flushes, log, delay } = services;
  return own(
    new MessageEditorProvider({
      extensionUri: context.extensionUri,
      facts,
      flushes,
      log,
      memento: context.globalState,
      applyEdit: async (...edit) => {
        const ms = delay();
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
        return applyTextEdits(...edit);
      },
    }),
  );
}
