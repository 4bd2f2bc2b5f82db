import { Refusal } from '../requestBody';
import type { SandboxSettings } from '../settings';

const SECOND = 1000;
const DAY = 86_400_000;
const TRIAL_SENDS_A_DAY = 1000;
const BATCH_MESSAGES_A_MINUTE = 12_000;
const GROUP_MESSAGES_A_SECOND = 40;
/** Above this part of its limit a call is told to be near it (trtc.io/document/60256). */
const NEAR = 0.8;

/** What limits need to know of a call: its name, how many a second one app may make, and the code above that. */
export interface LimitedCall {
  readonly name: string;
  readonly perSecond: number;
  readonly tooFrequent: number;
}

/** Counts calls: so many a sliding second for each command, and the quotas of a day. Refused calls do not count. */
export class Limits {
  private readonly windows = new Map<string, Window>();
  private batchMessages: { at: number; count: number }[] = [];

  constructor(
    private readonly settings: () => SandboxSettings,
    private readonly now: () => number,
    private readonly onNear: (call: LimitedCall, requests: number) => void,
  ) {}

  /**
   * Takes one call in.
   *
   * @throws {Refusal} the call's own code above its number a second, 60028 above a quota of the day
   */
  enter(call: LimitedCall): void {
    const { limits, dailyRequests, edition } = this.settings();
    const now = this.now();
    const taken: Window[] = [];
    const take = (name: string, most: number, spanMs: number, refusal: () => Refusal): void => {
      const window = this.window(name);
      if (!window.hasRoom(now, most, spanMs)) throw refusal();
      taken.push(window);
    };
    const quota = (): Refusal => new Refusal(60028, 'the quota of 24 hours is used up');
    if (limits) {
      take(call.name, call.perSecond, SECOND, () => new Refusal(call.tooFrequent, 'too many calls a second'));
      const requests = (taken[0]?.size ?? 0) + 1;
      if (requests > call.perSecond * NEAR) this.onNear(call, requests);
    }
    if (dailyRequests > 0) take('day', dailyRequests, DAY, quota);
    if (edition === 'trial' && call.name === 'openim/sendmsg') {
      take('day of sends', TRIAL_SENDS_A_DAY, DAY, quota);
    }
    for (const window of taken) window.add(now);
  }

  /**
   * Takes the messages of one batch in.
   *
   * @throws {Refusal} 90057 above 12,000 in a minute
   */
  enterBatch(messages: number): void {
    if (!this.settings().limits) return;
    const now = this.now();
    this.batchMessages = this.batchMessages.filter(({ at }) => at > now - 60 * SECOND);
    const sum = this.batchMessages.reduce((total, { count }) => total + count, 0);
    if (sum + messages > BATCH_MESSAGES_A_MINUTE) {
      throw new Refusal(90057, 'too many messages of batches a minute');
    }
    this.batchMessages.push({ at: now, count: messages });
  }

  /**
   * Takes one message of a group in.
   *
   * @throws {Refusal} 10023 above 40 in a second
   */
  enterGroup(group: string): void {
    if (!this.settings().limits) return;
    const now = this.now();
    const window = this.window(`group ${group}`);
    if (!window.hasRoom(now, GROUP_MESSAGES_A_SECOND, SECOND))
      throw new Refusal(10_023, 'too many messages a second in the group');
    window.add(now);
  }

  /** Forgets all calls. */
  clear(): void {
    this.windows.clear();
    this.batchMessages = [];
  }

  private window(name: string): Window {
    let window = this.windows.get(name);
    if (!window) this.windows.set(name, (window = new Window()));
    return window;
  }
}

/** Times of calls, oldest first. */
class Window {
  private times: number[] = [];
  private first = 0;

  /** True when fewer than `most` calls were made in the time before now. */
  hasRoom(now: number, most: number, spanMs: number): boolean {
    while (this.first < this.times.length && (this.times[this.first] ?? 0) <= now - spanMs) this.first++;
    if (this.first > 1000 && this.first * 2 > this.times.length) {
      this.times = this.times.slice(this.first);
      this.first = 0;
    }
    return this.size < most;
  }

  /** Calls in that time. */
  get size(): number {
    return this.times.length - this.first;
  }

  add(now: number): void {
    this.times.push(now);
  }
}
