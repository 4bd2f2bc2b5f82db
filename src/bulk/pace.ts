import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileErrorCode } from '../files/fileLayer';

/** Where calls of one kind wait until they may leave. */
export interface Gate {
  /** Resolves when one call may leave now: true, or false when the signal was aborted first. In order of asking. */
  pass(signal?: AbortSignal): Promise<boolean>;
}

/** What is limited. */
export interface PacedCall {
  /** Base URL and SDKAppID: the app that the service counts. */
  readonly endpoint: string;
  readonly sdkAppId: number;
  /** `service/command`. */
  readonly command: string;
  /** Calls a second that the service allows the app. */
  readonly perSecond: number;
  /** How much of what plans may use these calls may, 0 < share ≤ 1; in eighths. */
  readonly share: number;
}

/** Plans leave so much to what a person does by hand. */
const FOR_PLANS = 0.95;
/**
 * A call may be up to 15 ms late, by a timer or on its way. With so much less than the limit, those that are late and
 * those after them still keep to it in every second.
 */
const FOR_LATENESS = 0.985;
const lateMs = 15;
/** The slots of a block are dealt out to whoever comes first in so many hands. */
const HANDS = 8;
const slotsPerBlock = 40;
const longestBlockMs = 2_000;
/** So long before a block begins its hands are taken: half of it goes to any other process that wants it. */
const leadMs = 20;
const sweepEveryBlocks = 50;

/** A clock that all processes of this machine share and that nobody sets: milliseconds since it was started. */
const machineClock = (): number => Number(process.hrtime.bigint()) / 1e6;

/**
 * Keeps the calls of all windows of this machine to one pace: the strict sliding second. Time is cut into blocks, a block
 * into evenly spaced slots for one call each, dealt in eight hands. A process takes a hand by making a file that was not
 * there, so no two have the same slot, nothing is left behind that a crash could spoil, and the clock of the machine may
 * be set as one likes.
 */
export class Pace {
  private readonly gates = new Map<string, PacedGate>();

  /** @param clock milliseconds, the same in all processes; tests bring their own folder, not their own clock */
  constructor(
    private readonly folder: string,
    private readonly clock: () => number = machineClock,
  ) {}

  /** The gate of a call; one for all plans of this process. */
  gate(call: PacedCall): Gate {
    const app = createHash('sha256').update(
      JSON.stringify([os.hostname(), call.endpoint, call.sdkAppId, call.command]),
    );
    const folder = path.join(this.folder, app.digest('hex').slice(0, 24));
    const hands = Math.max(1, Math.min(HANDS, Math.round(call.share * HANDS)));
    const key = `${folder} ${hands}`;
    const gate = this.gates.get(key) ?? new PacedGate(folder, ratePerMs(call.perSecond), hands, this.clock);
    this.gates.set(key, gate);
    return gate;
  }
}

/** Calls a second that plans make at most, of a call that the service allows so often. */
export function planRate({ perSecond, share }: Pick<PacedCall, 'perSecond' | 'share'>): number {
  return ratePerMs(perSecond) * 1000 * share;
}

function ratePerMs(perSecond: number): number {
  return (perSecond * FOR_PLANS * FOR_LATENESS) / 1000;
}

interface Waiting {
  end(may: boolean): void;
  fail(error: unknown): void;
}

class PacedGate implements Gate {
  private readonly queue: Waiting[] = [];
  /** Times of the slots that this process holds, the next first. */
  private slots: number[] = [];
  private running = false;
  /** The block that hands are taken of, those that were tried, and how many of them were to be had. */
  private dealt = { block: -1, tried: new Set<number>(), taken: 0 };
  private blocks = 0;
  private readonly blockSlots: number;
  private readonly blockMs: number;

  constructor(
    private readonly folder: string,
    perMs: number,
    private readonly hands: number,
    private readonly clock: () => number,
  ) {
    // Of a call that is allowed once in a while, a block would take minutes.
    this.blockSlots = slotsPerBlock / perMs <= longestBlockMs ? slotsPerBlock : HANDS;
    this.blockMs = this.blockSlots / perMs;
  }

  pass(signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        resolve(false);
        return;
      }
      const waiting: Waiting = {
        end: (may) => {
          signal?.removeEventListener('abort', gone);
          resolve(may);
        },
        fail: reject,
      };
      const gone = (): void => {
        this.queue.splice(this.queue.indexOf(waiting), 1);
        waiting.end(false);
      };
      signal?.addEventListener('abort', gone);
      this.queue.push(waiting);
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.queue.length > 0) {
        await this.deal();
        const slot = this.slots.shift();
        if (slot === undefined) continue;
        const wait = slot - this.clock();
        if (wait > 0) await sleep(wait);
        // A slot that was missed is nobody's: a call on it would come too near to the next.
        if (this.clock() - slot <= lateMs) this.queue.shift()?.end(true);
      }
    } catch (error) {
      // A folder that cannot be written: nobody may leave.
      for (const waiting of this.queue.splice(0)) waiting.fail(error);
    } finally {
      this.running = false;
    }
  }

  /** Takes hands until there is a slot for each who waits, or none are left for now; waits while there is no slot at all. */
  private async deal(): Promise<void> {
    while (this.queue.length > this.slots.length) {
      const now = this.clock();
      const block = Math.floor((now + leadMs) / this.blockMs);
      const begin = block * this.blockMs;
      // Another process that waits too shall find half of a block, which nobody takes before it is near.
      const most = now < begin - leadMs / 2 ? Math.ceil(this.hands / 2) : this.hands;
      if (block !== this.dealt.block) await this.begin(block);
      const { tried } = this.dealt;
      for (let turn = 0; turn < this.hands && this.queue.length > this.slots.length; turn += 1) {
        const hand = (turn + process.pid) % this.hands;
        if (tried.has(hand) || this.dealt.taken >= most) continue;
        tried.add(hand);
        const slots = this.slotsOf(block, hand).filter((slot) => slot > now);
        if (slots.length === 0 || !(await this.take(`${block}.${hand}`))) continue;
        this.dealt.taken += 1;
        this.slots = [...this.slots, ...slots].sort((one, other) => one - other);
      }
      if (this.slots.length > 0) return;
      const next = most < this.hands ? begin - leadMs / 2 : begin + this.blockMs - leadMs;
      await sleep(Math.max(1, next - this.clock()));
    }
  }

  private slotsOf(block: number, hand: number): number[] {
    const slots: number[] = [];
    for (let slot = hand; slot < this.blockSlots; slot += HANDS)
      slots.push((block + slot / this.blockSlots) * this.blockMs);
    return slots;
  }

  /** True for whoever came first. */
  private async take(name: string): Promise<boolean> {
    try {
      await (await fs.open(path.join(this.folder, name), 'wx')).close();
      return true;
    } catch (error) {
      if (['EEXIST', 'EPERM'].includes(fileErrorCode(error) ?? '')) return false;
      throw error;
    }
  }

  /** Begins to take of a block; now and then removes what is over, also of before a restart of the machine. */
  private async begin(block: number): Promise<void> {
    this.dealt = { block, tried: new Set(), taken: 0 };
    if (this.blocks === 0) await fs.mkdir(this.folder, { recursive: true });
    this.blocks += 1;
    if (this.blocks % sweepEveryBlocks !== 1) return;
    for (const name of await fs.readdir(this.folder)) {
      const of = Number.parseInt(name, 10);
      // Another window may remove it, too.
      if (of < block - 2 || of > block + 2)
        await fs.unlink(path.join(this.folder, name)).catch(() => undefined);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
