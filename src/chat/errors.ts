/** What the network, or whatever stands at the endpoint, did instead of answering. */
export type NetworkReason =
  /** No complete answer within the client's timeout. */
  | 'timeout'
  /** The host was found, and no connection came about. */
  | 'unreachable'
  /** The host's name has no address: mistyped, or no network at all. */
  | 'unknownHost'
  /** The certificate of the endpoint is not trusted. */
  | 'certificate'
  /** The connection broke before the answer was complete. */
  | 'dropped'
  /** An HTTP status other than 200; the service itself always answers 200. */
  | 'httpStatus'
  /** Status 200 with a body that is not JSON in UTF-8, or not even HTTP. */
  | 'notJson'
  /** JSON, but not an answer of this call. */
  | 'malformed'
  /** Paging went round in circles: a page that is not the last one brought nothing new. */
  | 'noProgress'
  /** A message was looked for in so many pages that looking further would never end. */
  | 'tooManyPages'
  /** Cancelled through the abort signal, or the client was disposed. */
  | 'aborted'
  /** Plain http to another machine, which would show the signature to everybody on the way. */
  | 'insecure';

/** The service answered, and said no. */
export class ChatServiceError extends Error {
  override readonly name = 'ChatServiceError';

  constructor(
    /** e.g. `openim/modify_c2c_msg`. */
    readonly command: string,
    /** `ErrorCode`. */
    readonly code: number,
    /** `ErrorInfo` as the service wrote it; empty when it wrote none. */
    readonly info: string,
  ) {
    super(`${command} answered ${code}${info === '' ? '' : `: ${info}`}`);
  }

  static is(error: unknown): error is ChatServiceError {
    return error instanceof ChatServiceError;
  }
}

export interface NetworkErrorDetails {
  readonly reason: NetworkReason;
  readonly command: string;
  /** For the log: never holds a URL with its query, a UserSig or a key. */
  readonly detail?: string;
  /** HTTP status, where there was one. */
  readonly status?: number;
  readonly outcomeUnknown: boolean;
}

/** There is no answer of the service: what happened to the request is the network's secret. */
export class ChatNetworkError extends Error {
  override readonly name = 'ChatNetworkError';
  readonly reason: NetworkReason;
  readonly command: string;
  readonly status: number | undefined;
  /** The system's word for it, e.g. `ECONNREFUSED`, or what was wrong with the answer. For logs. */
  readonly detail: string | undefined;
  /** True when the service may have carried the request out although it did not say so. */
  readonly outcomeUnknown: boolean;

  constructor(details: NetworkErrorDetails) {
    super(`${details.command}: ${details.reason}${details.detail ? ` (${details.detail})` : ''}`);
    this.reason = details.reason;
    this.command = details.command;
    this.status = details.status;
    this.detail = details.detail;
    this.outcomeUnknown = details.outcomeUnknown;
  }

  static is(error: unknown): error is ChatNetworkError {
    return error instanceof ChatNetworkError;
  }
}

/** True for the error of a call that was cancelled through its abort signal. */
export function isAborted(error: unknown): boolean {
  return ChatNetworkError.is(error) && error.reason === 'aborted';
}
