import { lookUpCode } from '../chat/catalogue';
import { ChatNetworkError, ChatServiceError, type NetworkReason } from '../chat/errors';
import { retryDelay, type Timing } from '../modify/timing';
import type { PauseReason } from './plan';

/** An answer came, and could not be read. */
const ofTheAnswer: ReadonlySet<NetworkReason> = new Set([
  'malformed',
  'noProgress',
  'notJson',
  'tooManyPages',
]);

/** So many answers in a row without one done pause a plan. */
const mostWithoutOne = 10;

/** Sees when a plan has to stop or to slow down, by the answers in the order in which they come. */
export class Stopping {
  private readonly abort = new AbortController();
  private reason: { readonly why: PauseReason; readonly error?: Error } | undefined;
  private withoutOne = 0;
  private tooFrequent = 0;
  private held: Promise<unknown> = Promise.resolve();

  constructor(
    asked: AbortSignal | undefined,
    private readonly timing: Timing,
  ) {
    if (asked?.aborted) this.stop('asked');
    else asked?.addEventListener('abort', () => this.stop('asked'), { once: true });
  }

  /** Aborted when nothing more may leave. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get stopped(): boolean {
    return this.reason !== undefined;
  }

  get why(): { readonly why: PauseReason; readonly error?: Error } | undefined {
    return this.reason;
  }

  stop(why: PauseReason, error?: Error): void {
    this.reason ??= { why, ...(error && { error }) };
    this.abort.abort();
  }

  /** One was carried out. */
  wasDone(): void {
    this.withoutOne = 0;
    this.tooFrequent = 0;
  }

  /** One was not carried out. @returns true when that is a reason to stop that has nothing to do with this message */
  wasNotDone(error: ChatServiceError | ChatNetworkError): boolean {
    if (stopsAll(error)) {
      this.stop('stopAll', error);
      return true;
    }
    this.withoutOne += 1;
    if (this.withoutOne >= mostWithoutOne) this.stop('tenWithoutOne', error);
    return false;
  }

  /** Looks at an error of reading. @returns true when it says nothing of the message: the network carries no calls */
  wasUnreadable(error: ChatServiceError | ChatNetworkError): boolean {
    const lost = ChatNetworkError.is(error) && !ofTheAnswer.has(error.reason);
    if (lost) this.stop('network', error);
    return lost;
  }

  /** There were too many calls, of whomever: nothing leaves for a while, longer each time. */
  backOff(): void {
    this.tooFrequent += 1;
    const wait = retryDelay(Math.min(this.tooFrequent, 6), this.timing);
    this.held = Promise.all([this.held, this.timing.sleep(wait, this.signal)]);
  }

  /** Waits until calls may leave again. False when it is over meanwhile. */
  async clear(): Promise<boolean> {
    await this.held;
    return !this.stopped;
  }
}

/** True for a code that every message would be answered with: it is about the app, the administrator or the machine. */
function stopsAll(error: ChatServiceError | ChatNetworkError): boolean {
  const diagnosis = ChatServiceError.is(error) ? lookUpCode(error.code)?.diagnosis : undefined;
  return diagnosis !== undefined && diagnosis !== 'tooFrequent';
}
