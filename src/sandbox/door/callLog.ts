/** One call that was received, without its UserSig. */
export interface ReceivedCall {
  /** Unix milliseconds. */
  readonly at: number;
  /** `service/command`; absent when the path had not the form of one. */
  readonly command?: string;
  readonly request: string;
  readonly response: string;
  /** `ErrorCode` of the answer. */
  readonly code: number;
  readonly durationMs: number;
  /** Kind of the fault that the call met. */
  readonly fault?: string;
}

/** Longer bodies are cut to their beginning: thousands of pages of history are too much to keep. */
const LONGEST = 16 * 1024;
const LONGEST_RESPONSE = 4 * 1024;
const BEGINNING = 1024;

/** The last calls. */
export class CallLog {
  private calls: ReceivedCall[] = [];
  private count = 0;

  /**
   * @param most number of calls that are kept
   * @param onCall told of each call
   */
  constructor(
    private readonly most: number,
    private readonly onCall?: (call: ReceivedCall) => void,
  ) {}

  add(call: ReceivedCall): void {
    this.count++;
    this.calls.push({
      ...call,
      request: cut(call.request, LONGEST),
      response: cut(call.response, LONGEST_RESPONSE),
    });
    if (this.calls.length >= this.most * 2) this.calls = this.calls.slice(-this.most);
    this.onCall?.(call);
  }

  /** The last calls, oldest first, and the number of all since the start or {@link CallLog.clear}. */
  list(command?: string): { total: number; calls: ReceivedCall[] } {
    const kept = this.calls.slice(-this.most);
    const calls = command === undefined ? kept : kept.filter((call) => call.command === command);
    return { total: this.count, calls };
  }

  clear(): void {
    this.calls = [];
    this.count = 0;
  }
}

/** A copy, since a part of a string keeps the whole of it in memory. */
function cut(text: string, longest: number): string {
  return text.length > longest ? `${Buffer.from(text.slice(0, BEGINNING)).toString()}…` : text;
}
