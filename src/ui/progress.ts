import * as vscode from 'vscode';
import { plainText, textLimits } from './plainText';
import { Seldom } from './seldom';

/** A notification is laid out anew with each text. Who types meanwhile feels that, and nobody reads so fast. */
const REST_MS = 250;

/** What a running task may do with its progress. */
export interface TaskProgress {
  /** Aborted when the person presses *Cancel*. */
  readonly signal: AbortSignal;
  /** Shows a short text beside the title, anew after it was hidden. */
  readonly report: (message: string) => void;
  /** Takes the notification away while a person is asked something; the next report shows it again. */
  readonly hide: () => void;
}

/**
 * Runs `task` with a notification that can be cancelled. A task that is quick shows nothing: the notification comes
 * only after a moment.
 */
export async function withProgress<T>(
  title: string,
  task: (progress: TaskProgress) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let shown: Notification | undefined = new Notification(title, abort);
  const hide = (): void => {
    shown?.end();
    shown = undefined;
  };
  const report = (message: string): void => {
    shown ??= new Notification(title, abort);
    shown.report(message);
  };
  try {
    return await task({ signal: abort.signal, report, hide });
  } finally {
    hide();
  }
}

/** One notification: VS Code shows it as long as a promise is open. */
class Notification {
  private ended: () => void = () => undefined;
  private progress: vscode.Progress<{ message?: string }> | undefined;
  private message: string | undefined;
  private readonly told = new Seldom<string>((message) => {
    this.message = message;
    this.progress?.report({ message });
  }, REST_MS);

  constructor(title: string, abort: AbortController) {
    const ended = new Promise<void>((resolve) => (this.ended = resolve));
    void vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: plainText(title, textLimits.line),
        cancellable: true,
      },
      async (progress, token) => {
        this.progress = progress;
        if (this.message !== undefined) progress.report({ message: this.message });
        const listener = token.onCancellationRequested(() => abort.abort(new vscode.CancellationError()));
        await ended;
        listener.dispose();
      },
    );
  }

  report(message: string): void {
    this.told.say(plainText(message, textLimits.line));
  }

  end(): void {
    this.told.dispose();
    this.ended();
  }
}

/** Runs `task` with a moving bar above a view. */
export function withProgressIn<T>(viewId: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, task);
}
