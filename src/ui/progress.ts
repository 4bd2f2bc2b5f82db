import * as vscode from 'vscode';
import { plainText, textLimits } from './plainText';

/** What a running task may do with its progress. */
export interface TaskProgress {
  /** Aborted when the person presses *Cancel*. */
  readonly signal: AbortSignal;
  /** Shows a short text beside the title. */
  report(message: string): void;
}

/**
 * Runs `task` with a notification that can be cancelled. A task that is quick shows nothing: the notification comes
 * only after a moment.
 */
export async function withProgress<T>(
  title: string,
  task: (progress: TaskProgress) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: plainText(title, textLimits.line),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      const listener = token.onCancellationRequested(() => abort.abort(new vscode.CancellationError()));
      try {
        return await task({
          signal: abort.signal,
          report: (message) => progress.report({ message: plainText(message, textLimits.line) }),
        });
      } finally {
        listener.dispose();
      }
    },
  );
}

/** Runs `task` with a moving bar above a view. */
export function withProgressIn<T>(viewId: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, task);
}
