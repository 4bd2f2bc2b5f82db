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

/** Longer bodies are cut, or a client's mistake would fill the memory. */
const LONGEST = 64 * 1024;

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
    this.calls.push({ ...call, request: cut(call.request), response: cut(call.response) });
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

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
