import type { Duplicates } from '../calls/call';

/** For how long a repeated message is dropped (269/2282). */
const WINDOW_MS = 120_000;

/** Remembers messages that were sent in the last 120 s. */
export class RecentSends implements Duplicates {
  private readonly sends = new Map<string, { readonly key: string; readonly at: number }>();

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
      if (now - at < WINDOW_MS) return;
      this.sends.delete(identity);
    }
  }
}
