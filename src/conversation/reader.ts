import type { ChatAddress } from '../chat/address';
import type { HistoryCursor, HistoryPage, HistoryRequest } from '../chat/client';
import type { Viewed } from './pageProtocol';
import { Timeline, type Gap, type Side } from './timeline';

/** The part of a client that reads a conversation. */
export interface HistorySource {
  history(request: HistoryRequest, signal?: AbortSignal): AsyncIterable<HistoryPage>;
}

/** Messages of a group that one call gives (1047/34971). */
const GROUP_PAGE = 20;
/** Pages that are read for one wish; then it is left to the next. */
const MOST_PAGES = 20;
/** Seconds that are read forwards at first; where nothing is in them, ever more. */
const WINDOW = 60 * 60;

/**
 * Reads parts of a conversation into a timeline, as a person comes by. History is read backwards only; what comes after
 * a place is read by windows of time, or by MsgSeq in a group. All throw what reading throws, and what was read until
 * then is in the timeline.
 */
export class Reader {
  readonly timeline: Timeline;
  /** Where a page stopped within a second, by side and second: only its cursor leads on from there. */
  private readonly cursors = new Map<string, HistoryCursor>();

  /** @param source the client, which may have to be made first */
  constructor(
    private readonly source: (signal: AbortSignal) => Promise<HistorySource>,
    readonly chat: ChatAddress,
  ) {
    this.timeline = new Timeline(chat.chat);
  }

  /** Reads the newest page of each side that is looked at. */
  async newest(viewed: Viewed, signal: AbortSignal): Promise<void> {
    for (const side of this.sides(viewed)) await this.newestOf(side, signal);
  }

  /** Reads what is missing in a gap, from its end that a person comes from: a page of it, or all. */
  async fill(
    viewed: Viewed,
    { from, to, where }: Gap,
    end: 'above' | 'below',
    signal: AbortSignal,
  ): Promise<void> {
    if (where === 'newer') return this.newest(viewed, signal);
    for (const side of this.sides(viewed)) {
      if (end === 'below' || where === 'older') await this.down(side, to, signal);
      else await this.up(side, from, to, signal);
    }
  }

  /** Reads what stands around a place: what is before it, and what comes from it on. */
  async around(viewed: Viewed, place: number, signal: AbortSignal): Promise<void> {
    for (const side of this.sides(viewed)) {
      const coverage = this.timeline.coverage(side);
      if (place > 0) await this.down(side, place - 1, signal);
      const next = coverage.list.find(({ to }) => to >= place);
      // Without one there is no end up to which it could be read.
      if (!next) await this.newestOf(side, signal);
      else if (next.from > place) await this.up(side, place, next.from - 1, signal);
    }
  }

  /**
   * The place at which a time stands. Of two users that is the time; in a group it is looked up, and what was read for it
   * is in the timeline.
   *
   * @param time Unix seconds
   */
  async placeAt(time: number, signal: AbortSignal): Promise<number> {
    if (this.chat.chat === 'c2c') return time;
    const page = await this.page('user', { maxTime: time - 1, pageSize: GROUP_PAGE }, signal);
    const newest = Math.max(0, ...page.messages.map(({ seq }) => seq));
    this.timeline.add({ side: 'user', ...page, span: { from: this.keep('user', page), to: newest } });
    return newest + 1;
  }

  private async newestOf(side: Side, signal: AbortSignal): Promise<void> {
    const page = await this.page(side, {}, signal);
    this.timeline.addNewest({ side, ...page, span: { from: this.keep(side, page), to: Infinity } });
  }

  private sides(viewed: Viewed): readonly Side[] {
    if (this.chat.chat === 'group') return ['user'];
    return viewed === 'both' ? ['user', 'peer'] : [viewed];
  }

  /** Reads from a place downwards, until that place at least is whole. */
  private async down(side: Side, place: number, signal: AbortSignal): Promise<void> {
    const coverage = this.timeline.coverage(side);
    for (let pages = 0; pages < MOST_PAGES && !coverage.at(place); pages += 1) {
      const page = await this.page(side, this.endingAt(side, place), signal);
      this.timeline.add({ side, ...page, span: { from: this.keep(side, page), to: place } });
    }
  }

  /** Reads from a place upwards, until something came or `to` is reached. */
  private async up(side: Side, from: number, to: number, signal: AbortSignal): Promise<void> {
    const { timeline } = this;
    const coverage = timeline.coverage(side);
    const before = timeline.size;
    let start = (coverage.at(from)?.to ?? from - 1) + 1;
    for (let length = this.chat.chat === 'group' ? GROUP_PAGE : WINDOW; start <= to; length *= 4) {
      const end = Math.min(to, start + length - 1);
      const page = await this.page(side, this.window(side, start, end), signal);
      const least = this.keep(side, page);
      timeline.add({
        side,
        ...page,
        span: { from: page.complete ? start : Math.max(start, least), to: end },
      });
      for (let pages = 0; pages < MOST_PAGES && !coverage.at(start); pages += 1)
        await this.down(side, (coverage.at(end)?.from ?? end + 1) - 1, signal);
      if (timeline.size > before || !coverage.at(start)) return;
      start = end + 1;
    }
  }

  private window(side: Side, start: number, end: number): Omit<HistoryRequest, 'chat'> {
    if (this.chat.chat === 'group') return this.endingAt(side, end);
    return { minTime: start, maxTime: end };
  }

  private endingAt(side: Side, place: number): Omit<HistoryRequest, 'chat'> {
    if (this.chat.chat === 'group') return { after: { seq: place } };
    const after = this.cursors.get(`${side} ${place}`);
    return after ? { after } : { maxTime: place };
  }

  private async page(
    side: Side,
    request: Omit<HistoryRequest, 'chat'>,
    signal: AbortSignal,
  ): Promise<HistoryPage> {
    const { chat } = this;
    const seen =
      side === 'peer' && chat.chat === 'c2c' ? { ...chat, user: chat.peer, peer: chat.user } : chat;
    const client = await this.source(signal);
    for await (const page of client.history({ chat: seen, ...request }, signal)) return page;
    return { messages: [], unreadable: [], complete: true };
  }

  /** Keeps where a page stopped. @returns the least place that it has whole */
  private keep(side: Side, { complete, cursor }: HistoryPage): number {
    if (complete || !cursor) return 0;
    if ('seq' in cursor) return cursor.seq + 1;
    this.cursors.set(`${side} ${cursor.time}`, cursor);
    return cursor.time + 1;
  }
}
