import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { sleep } from '../chat/wire/sleep';
import { fileErrorCode } from '../files/fileLayer';
import type { Gate } from './gate';
import { SlowCalls } from './slowCalls';

/** The slots of a block are dealt out to whoever comes first in so many hands. */
export const HANDS = 8;
const slotsPerBlock = 40;
const longestBlockMs = 2_000;
/** A call leaves so much after its slot at most: later it would come too near to those after it. */
const lateMs = 9;
/**
 * So long before a block begins its hands are taken, that a slow disk costs no slot: one half of them to begin with, so
 * that another process finds the other half, and the rest when it is this near.
 */
const leadMs = 100;
const nearMs = 50;
const sweepEveryBlocks = 50;

interface Waiting {
  readonly isReady: (() => boolean) | undefined;
  end(may: boolean): void;
  fail(error: unknown): void;
}

/** What this process has of a block. */
interface Dealt {
  readonly block: number;
  readonly tried: Set<number>;
  taken: number;
}

/**
 * Time is cut into blocks, a block into evenly spaced slots for one call each, dealt in eight hands. A process takes a
 * hand by making a file that was not there, so no two have the same slot, nothing is left behind that a crash could
 * spoil, and the clock of the machine may be set as one likes.
 */
export class PacedGate implements Gate {
  private readonly queue: Waiting[] = [];
  /** Times of the slots that this process holds, the next first. */
  private slots: number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private dealing = false;
  private dealt: Dealt[] = [];
  private blocks = 0;
  private readonly slow = new SlowCalls();
  private readonly blockSlots: number;
  private readonly blockMs: number;

  /** @param hands how many of the eight it may take */
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

  pass(signal?: AbortSignal, isReady?: () => boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        resolve(false);
        return;
      }
      const waiting: Waiting = {
        isReady,
        end: (may) => {
          signal?.removeEventListener('abort', gone);
          resolve(may);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', gone);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      const gone = (): void => {
        // Whoever stops all as it is asked whether it is ready is out of the queue already.
        const at = this.queue.indexOf(waiting);
        if (at >= 0) this.queue.splice(at, 1);
        waiting.end(false);
      };
      signal?.addEventListener('abort', gone);
      this.queue.push(waiting);
      this.go();
    });
  }

  took(ms: number): void {
    this.slow.took(ms, this.clock());
  }

  /** Lets go who has a slot now, sees to slots for the others, and comes back at the next one. */
  private go(): void {
    clearTimeout(this.timer);
    const now = this.clock();
    for (let slot = this.slots[0]; slot !== undefined && slot <= now; slot = this.slots[0]) {
      const lost = now - slot > lateMs || (this.queue.length > 0 && this.slow.takesSlot(now));
      const first = lost ? undefined : this.firstReady();
      if (!lost && !first) break;
      // A slot that was missed is nobody's.
      this.slots.shift();
      first?.end(true);
    }
    const [next] = this.slots;
    if (this.queue.length > this.slots.length) void this.deal();
    if (next !== undefined && this.queue.length > 0)
      this.timer = setTimeout(() => this.go(), Math.max(1, next - now));
  }

  /** Whoever is next; those who may not leave now are told. */
  private firstReady(): Waiting | undefined {
    for (let first = this.queue.shift(); first; first = this.queue.shift()) {
      if (first.isReady?.() !== false) return first;
      first.end(false);
    }
    return undefined;
  }

  /** Takes hands until there is a slot for each who waits. */
  private async deal(): Promise<void> {
    if (this.dealing) return;
    this.dealing = true;
    try {
      while (this.queue.length > this.slots.length) {
        const now = this.clock();
        const running = Math.floor(now / this.blockMs);
        const begin = (running + 1) * this.blockMs;
        let taken = await this.take(running, this.hands, now);
        if (begin - now <= leadMs && this.queue.length > this.slots.length)
          taken = (await this.take(running + 1, this.mostBefore(begin - now), now)) || taken;
        if (taken) continue;
        const wait = begin - this.clock();
        await sleep(Math.max(1, wait > leadMs ? wait - leadMs : wait > nearMs ? wait - nearMs : wait));
      }
    } catch (error) {
      // A folder that cannot be written: nobody may leave.
      for (const waiting of this.queue.splice(0)) waiting.fail(error);
    } finally {
      this.dealing = false;
    }
  }

  private mostBefore(ms: number): number {
    return ms > nearMs ? Math.ceil(this.hands / 2) : this.hands;
  }

  /** Takes as many hands of a block as are needed, may be taken and are there. @returns true when it took one */
  private async take(block: number, most: number, now: number): Promise<boolean> {
    const dealt = this.dealt.find((one) => one.block === block) ?? (await this.begin(block));
    let took = false;
    // Those that nobody else wants at the same time come first.
    for (let turn = 0; turn < this.hands && dealt.taken < most;) {
      const wanted = Math.ceil((this.queue.length - this.slots.length) / (this.blockSlots / HANDS));
      if (wanted <= 0) break;
      const some: number[] = [];
      for (; turn < this.hands && some.length < Math.min(wanted, most - dealt.taken); turn += 1) {
        const hand = (turn + process.pid) % this.hands;
        const slots = this.slotsOf(block, hand);
        if (dealt.tried.has(hand) || (slots.at(-1) ?? 0) <= now) continue;
        dealt.tried.add(hand);
        some.push(hand);
      }
      const taken = await Promise.all(
        some.map(async (hand) => ((await this.isFirst(`${block}.${hand}`)) ? this.slotsOf(block, hand) : [])),
      );
      dealt.taken += taken.filter(({ length }) => length > 0).length;
      const slots = taken.flat().filter((slot) => slot > this.clock() - lateMs);
      if (slots.length === 0) continue;
      took = true;
      this.slots = [...this.slots, ...slots].sort((one, other) => one - other);
      this.go();
    }
    return took;
  }

  private slotsOf(block: number, hand: number): number[] {
    const slots: number[] = [];
    for (let slot = hand; slot < this.blockSlots; slot += HANDS)
      slots.push((block + slot / this.blockSlots) * this.blockMs);
    return slots;
  }

  /** True for whoever came first. */
  private async isFirst(name: string): Promise<boolean> {
    try {
      await (await fs.open(path.join(this.folder, name), 'wx')).close();
      return true;
    } catch (error) {
      if (['EEXIST', 'EPERM'].includes(fileErrorCode(error) ?? '')) return false;
      throw error;
    }
  }

  /** Begins to take of a block; now and then removes what is over, also of before a restart of the machine. */
  private async begin(block: number): Promise<Dealt> {
    const dealt: Dealt = { block, tried: new Set(), taken: 0 };
    this.dealt = [...this.dealt.filter((one) => one.block >= block - 1), dealt];
    if (this.blocks === 0) await fs.mkdir(this.folder, { recursive: true });
    this.blocks += 1;
    if (this.blocks % sweepEveryBlocks === 1) await this.sweep(block);
    return dealt;
  }

  private async sweep(block: number): Promise<void> {
    for (const name of await fs.readdir(this.folder)) {
      const of = Number.parseInt(name, 10);
      // Another window may remove it, too.
      if (of < block - 2 || of > block + 2)
        await fs.unlink(path.join(this.folder, name)).catch(() => undefined);
    }
  }
}
