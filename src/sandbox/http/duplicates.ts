import type { Duplicates } from '../calls/call';

/** For how long a repeated message between users is dropped (269/2282), and one in a group (269/1629). */
export const REPEATED_MS = { c2c: 120_000, group: 300_000 } as const;

/** Remembers messages that were sent lately. */
export class RecentSends implements Duplicates {
  private readonly sends = new Map<string, { readonly key: string; readonly at: number }>();

  constructor(private readonly windowMs: number) {}

  find(identity: string, now: number): string | undefined {
    this.forgetOld(now);
    return this.sends.get(identity)?.key;
  }

  remember(identity: string, key: string, now: number): void {
    this.forgetOld(now);
    this.sends.set(identity, { key, at: now });
  }

  clear(): void {
    this.sends.clear();
  }

  /** Entries stand in the order of their times, since none is ever renewed. */
  private forgetOld(now: number): void {
    for (const [identity, { at }] of this.sends) {
      if (now - at < this.windowMs) return;
      this.sends.delete(identity);
    }
  }
}
