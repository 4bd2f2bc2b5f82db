/** A calendar day where this machine is. */
export interface Day {
  /** `YYYY-MM-DD`. */
  readonly id: string;
  /** Unix seconds of its first and its last second. */
  readonly start: number;
  readonly end: number;
}

/** The day that a time falls on. Days of 23 and 25 hours included. */
export function dayOf(time: number): Day {
  const date = new Date(time * 1000);
  return day(date.getFullYear(), date.getMonth(), date.getDate());
}

/**
 * Reads a date that a person typed: `2026-11-21`, also with `/` or `.`, without leading zeros, or without the year,
 * which then is the latest that makes the date no later than `now`.
 *
 * @param now Unix seconds
 */
export function parseDay(text: string, now: number): Day | undefined {
  const match = /^(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})$/.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, date] = match;
  if (year !== undefined) return valid(Number(year), Number(month), Number(date));
  const thisYear = new Date(now * 1000).getFullYear();
  // The 29th of February may be as far back.
  for (let back = 0; back <= 8; back += 1) {
    const parsed = valid(thisYear - back, Number(month), Number(date));
    if (parsed && parsed.start <= now) return parsed;
  }
  return undefined;
}

/** The day `count` days before the one that `time` falls on. */
export function daysBefore(time: number, count: number): Day {
  const date = new Date(time * 1000);
  return day(date.getFullYear(), date.getMonth(), date.getDate() - count);
}

/** Consecutive items that fall on one day. */
export interface DayGroup<T> {
  readonly day: Day;
  readonly items: T[];
}

/** Groups items by day, in their order; each day once. Grows with what is added, since listings are long. */
export class DayGroups<T extends { readonly time: number }> {
  private readonly groups = new Map<string, DayGroup<T>>();
  private current: DayGroup<T> | undefined;
  private items: readonly T[] = [];

  /** The groups of `items`. When they begin with the items of the time before, only the rest is looked at. */
  of(items: readonly T[]): DayGroup<T>[] {
    const known = this.items.length;
    const grown =
      known <= items.length && items[0] === this.items[0] && items[known - 1] === this.items[known - 1];
    if (!grown) {
      this.groups.clear();
      this.current = undefined;
    }
    for (let index = grown ? known : 0; index < items.length; index += 1) {
      const item = items[index];
      if (item !== undefined) this.add(item);
    }
    this.items = items;
    return [...this.groups.values()];
  }

  private add(item: T): void {
    // Looking a calendar up for every message would be slow; most fall on the day of the one before.
    if (
      this.current === undefined ||
      item.time < this.current.day.start ||
      item.time > this.current.day.end
    ) {
      const found = dayOf(item.time);
      this.current = this.groups.get(found.id) ?? { day: found, items: [] };
      this.groups.set(found.id, this.current);
    }
    this.current.items.push(item);
  }
}

function valid(year: number, month: number, date: number): Day | undefined {
  const parsed = new Date(year, month - 1, date);
  return parsed.getMonth() === month - 1 && parsed.getDate() === date
    ? day(year, month - 1, date)
    : undefined;
}

function day(year: number, month: number, date: number): Day {
  const start = new Date(year, month, date);
  const end = new Date(year, month, date + 1);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    id: `${String(start.getFullYear()).padStart(4, '0')}-${two(start.getMonth() + 1)}-${two(start.getDate())}`,
    start: start.getTime() / 1000,
    end: end.getTime() / 1000 - 1,
  };
}
