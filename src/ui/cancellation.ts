import * as vscode from 'vscode';
import { ChatNetworkError } from '../chat/errors';

/** True for everything that means "the person changed their mind": such errors are never shown. */
export function isCancellation(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError ||
    (error instanceof Error && error.name === 'AbortError') ||
    (ChatNetworkError.is(error) && error.reason === 'aborted')
  );
}
