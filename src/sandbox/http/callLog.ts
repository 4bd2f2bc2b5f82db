import { setTimeout } from 'node:timers/promises';
import { fromWire, type Wire } from '../wire';

/** One call that was received, without its UserSig. */
export interface ReceivedCall {
  /** Counts the calls since the start or the last reset, from 1. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** `service/command`; absent when the path had not the form of one. */
  readonly command: string | undefined;
  readonly request: string;
  readonly response: string;
  /** `ErrorCode` of the answer. */
  readonly code: number;
  readonly durationMs: number;
  /** Kind of the fault that the call met. */
  readonly fault: string | undefined;
}

/** Longer bodies are cut to their beginning: thousands of pages of history are too much to keep. */
const LONGEST = 32 * 1024;
const LONGEST_RESPONSE = 4 * 1024;
const BEGINNING = 1024;

/** A call as it is kept: nobody pays for its texts before somebody looks. */
interface KeptCall extends Omit<ReceivedCall, 'request' | 'response'> {
  readonly request: string;
  /** Of a long one the beginning, as bytes: a part of a string keeps the whole of it in memory. */
  readonly response: Wire | Buffer;
}

/** The last calls. */
export class CallLog {
  private readonly calls: KeptCall[] = [];
  private readonly listeners = new Set<(call: ReceivedCall) => void>();
  /** Where the next one goes, in place of the oldest once there are as many as are kept. */
  private next = 0;
  private count = 0;

  /**
   * @param most number of calls that are kept
   * @param onCall told of each call
   */
  constructor(
    private readonly most: number,
    private readonly onCall?: (call: ReceivedCall) => void,
  ) {}

  /** Takes a call in; its bodies may be long. */
  add(received: Omit<ReceivedCall, 'response' | 'number'> & { readonly response: Wire }): void {
    const call: KeptCall = {
      number: ++this.count,
      at: received.at,
      command: received.command,
      code: received.code,
      durationMs: received.durationMs,
      fault: received.fault,
      request: cut(received.request),
      response: begun(received.response),
    };
    this.calls[this.next] = call;
    this.next = (this.next + 1) % this.most;
    if (this.onCall === undefined && this.listeners.size === 0) return;
    const told = shown(call);
    this.onCall?.(told);
    for (const listener of this.listeners) listener(told);
  }

  /** The last calls, oldest first, and the number of all since the start or {@link CallLog.clear}. */
  list(command?: string, after = 0): { total: number; calls: ReceivedCall[] } {
    const kept = [...this.calls.slice(this.next), ...this.calls.slice(0, this.next)];
    const calls = kept.filter(
      (call) => call.number > after && (command === undefined || call.command === command),
    );
    return { total: this.count, calls: calls.map(shown) };
  }

  /** Called with each call that comes. @returns what ends that */
  listen(listener: (call: ReceivedCall) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Waits until one of the calls that come makes the condition true, at most so long. The condition is not tried on the
   * calls before.
   *
   * @throws {Error} when the condition threw
   */
  async waitFor(isMet: (call: ReceivedCall) => boolean, ms: number, stopping: AbortSignal): Promise<void> {
    const done = new AbortController();
    let failed: Error | undefined;
    const stop = this.listen((call) => {
      try {
        if (!isMet(call)) return;
      } catch (error) {
        // It is told to who waits: whoever calls has nothing to do with it, and must get an answer.
        failed = new Error(`A call could not be looked at. ${String(error)}`, { cause: error });
      }
      done.abort();
    });
    const signal = AbortSignal.any([done.signal, stopping]);
    await setTimeout(ms, undefined, { signal }).catch(() => undefined);
    stop();
    if (failed) throw failed;
  }

  clear(): void {
    this.calls.length = 0;
    this.next = 0;
    this.count = 0;
  }
}

function cut(text: string): string {
  // A copy, since a part of a string keeps the whole of it in memory.
  return text.length > LONGEST ? `${Buffer.from(text.slice(0, BEGINNING)).toString()}…` : text;
}

function begun(wire: Wire): Wire | Buffer {
  return wire.length <= LONGEST_RESPONSE ? wire : Buffer.from(wire.slice(0, BEGINNING), 'latin1');
}

function shown({ response, ...call }: KeptCall): ReceivedCall {
  if (typeof response === 'string') return { ...call, response: fromWire(response) };
  // The last character may have lost some of its bytes.
  return { ...call, response: `${response.toString('utf8').replace(/\uFFFD+$/, '')}…` };
}
