import { moment } from '../../src/message/moment';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Times in the reader's language and zone. */
export class Times {
  constructor(
    /** BCP 47. */
    private readonly locale: string,
    private readonly words: Readonly<Record<'today' | 'yesterday', string>>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The time of day, to the minute. @param time Unix seconds */
  ofDay(time: number): string {
    return this.format(time * 1000, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }

  /** A whole point in time. @param ms Unix milliseconds */
  whole(ms: number): string {
    return this.format(ms, moment);
  }

  /** A day as people call it. @param time Unix seconds */
  day(time: number): string {
    const day = dayOf(time * 1000);
    const today = new Date(this.now());
    if (day === dayOf(today.getTime())) return this.words.today;
    // Noon, since days of 23 and 25 hours exist.
    const noon = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1, 12);
    if (day === dayOf(noon.getTime())) return this.words.yesterday;
    return this.format(time * 1000, { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' });
  }

  private format(ms: number, options: Intl.DateTimeFormatOptions): string {
    const date = new Date(ms);
    // A time that no calendar has is told as the number that it is.
    if (Number.isNaN(date.getTime())) return String(ms / 1000);
    // Making a format takes far longer than using it.
    const key = this.locale + JSON.stringify(options);
    const known = formats.get(key) ?? new Intl.DateTimeFormat(this.locale, options);
    formats.set(key, known);
    return known.format(date);
  }
}

/** Whether a day begins with a message. @param before of the message above it, Unix seconds; undefined for none */
export function beginsDay(before: number | undefined, time: number): boolean {
  return time > 0 && (before === undefined || dayOf(before * 1000) !== dayOf(time * 1000));
}

function dayOf(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
