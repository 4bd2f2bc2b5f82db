/** A button on a notice that runs a command. */
export interface NoticeAction {
  /** Localised. */
  readonly title: string;
  readonly command: string;
  readonly args?: readonly unknown[];
}

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
