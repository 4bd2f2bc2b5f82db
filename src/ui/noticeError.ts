import type * as vscode from 'vscode';

/** A button on a notice: a command with its localised title, as `asCommand` makes one. */
export type NoticeAction = vscode.Command;

/**
 * An error whose message is written for the person, localised, with what can be done about it. Everything else that
 * is thrown is worded by `Notices`.
 */
export class NoticeError extends Error {
  constructor(
    message: string,
    readonly actions: readonly NoticeAction[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'NoticeError';
  }

  static is(error: unknown): error is NoticeError {
    return error instanceof NoticeError;
  }
}

/** A command for which there was nothing to be done. Nothing went wrong, so it is told as information. */
export class NothingToDo extends NoticeError {}
