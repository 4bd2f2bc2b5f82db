import { means } from '../catalogue';
import type { ChatApp, Credential } from '../chatMessage';
import { isReadOnlyCall } from '../calls/specs';
import { ChatNetworkError, ChatServiceError } from '../errors';
import { UserSigSource } from '../userSig';
import type { Caller } from './caller';
import { Transport, type HttpAnswer } from './transport';

export interface CallOptions {
  /** Milliseconds from a call to the end of its answer; default 10,000. The service gives itself 3,000, so less
   * than 3,001 counts as that. */
  readonly timeoutMs?: number;
  /** Told of every request when it has ended, whatever came of it. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Asked before each call that is not known to change nothing: the error to refuse it with, if this app is only read. */
  readonly refuseToWrite?: (command: string) => Error | undefined;
  /** The clock in milliseconds, for the renewal of the UserSig and for default time windows. */
  readonly now?: () => number;
}

/** One request and what came back, without any secret. */
export interface Exchange {
  readonly command: string;
  /** With `usersig=…` in place of the signature. */
  readonly url: string;
  readonly requestBody: string;
  readonly responseBody?: string;
  readonly status?: number;
  readonly durationMs: number;
  readonly error?: Error;
}

/**
 * Signs calls as an app's administrator and makes them: with a new signature where the old one has ended, without any
 * secret in what is told of them.
 */
export class SignedCalls {
  private readonly transport: Transport;
  private readonly userSig: UserSigSource;
  private readonly now: () => number;
  /** Who asks, as the query says it. */
  private readonly identity: string;
  private offset: number | undefined;

  constructor(
    private readonly app: ChatApp,
    credential: Credential,
    private readonly options: CallOptions,
  ) {
    this.now = options.now ?? Date.now;
    this.identity = `sdkappid=${app.sdkAppId}&identifier=${queryText(app.administrator)}`;
    this.transport = new Transport(app.endpoint, Math.max(options.timeoutMs ?? 10_000, 3001));
    this.userSig = new UserSigSource(app, credential, this.now);
  }

  /** How far the service's clock is ahead of this machine's, in ms, by the last answer's `Date` header. */
  get clockOffsetMs(): number | undefined {
    return this.offset;
  }

  /**
   * The one place that keeps a read-only connection from changing anything. Every call passes it; whoever asks a person
   * or writes something down before a call passes it first.
   *
   * @throws what the options' `refuseToWrite` gives for a call that must not be made
   */
  demand(command: string): void {
    const refusal = isReadOnlyCall(command) ? undefined : this.options.refuseToWrite?.(command);
    if (refusal) throw refusal;
  }

  readonly call: Caller = async (command, body, read, signal) => {
    this.demand(command);
    const userSig = this.userSig.get();
    try {
      return await this.attempt(command, body, userSig, read, signal);
    } catch (error) {
      if (isExpired(error) && this.userSig.renew(userSig)) {
        return this.attempt(command, body, this.userSig.get(), read, signal);
      }
      const stale = ChatNetworkError.is(error) && error.reason === 'dropped' && isReadOnlyCall(command);
      if (stale) return this.attempt(command, body, userSig, read, signal);
      throw error;
    }
  };

  private async attempt<T>(
    command: string,
    body: string,
    userSig: string,
    read: (text: string) => T,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const started = performance.now();
    const random = Math.floor(Math.random() * 2 ** 32);
    const path = (sig: string) =>
      `/v4/${command}?${this.identity}&usersig=${sig}&random=${random}&contenttype=json`;
    let answer: HttpAnswer | undefined;
    let failure: Error | undefined;
    try {
      answer = await this.transport.post({ command, path: path(queryText(userSig)), body, signal });
      if (answer.date !== undefined) this.offset = answer.date - this.now();
      return read(answer.text);
    } catch (error) {
      failure = this.withoutSecrets(error);
      throw failure;
    } finally {
      const status = answer?.status ?? (ChatNetworkError.is(failure) ? failure.status : undefined);
      this.options.onExchange?.({
        command,
        url: this.app.endpoint + path('…'),
        requestBody: body,
        durationMs: performance.now() - started,
        ...(answer && { responseBody: this.userSig.redact(answer.text) }),
        ...(status !== undefined && { status }),
        ...(failure && { error: failure }),
      });
    }
  }

  /** Whatever the service quotes in its `ErrorInfo`, no secret gets out through an error. */
  private withoutSecrets(error: unknown): Error {
    if (!ChatServiceError.is(error)) return error as Error;
    return new ChatServiceError(error.command, error.code, this.userSig.redact(error.info));
  }

  /** The text without any signature of these calls in it. */
  redact(text: string): string {
    return this.userSig.redact(text);
  }

  /** Signs anew at the next call. */
  renew(): void {
    this.userSig.renew();
  }

  /** Aborts what is under way and closes the connections. */
  dispose(): void {
    this.transport.dispose();
  }
}

/** A refusal before anything is done, so that any call may be sent again with a new signature. */
function isExpired(error: unknown): boolean {
  return means(error, 'expiredUserSig');
}

/** Percent-encodes for the query; half a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD. */
function queryText(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}
