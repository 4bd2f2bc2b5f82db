import { addressKey, type ChatAddress, type MessageAddress } from '../../../chat/address';
import type { HistoryCursor, HistoryPage, HistoryRequest, UnreadableMessage } from '../../../chat/client';
import type { ChatMessage } from '../../../chat/chatMessage';
import { DayGroups, type Day, type DayGroup } from '../../../ui/days';
import { Pager, type FetchPage, type PagedListing, type PagerFailure } from './pager';

/** The part of a client that reads a conversation. */
export interface HistorySource {
  history(request: HistoryRequest, signal?: AbortSignal): AsyncIterable<HistoryPage>;
}

/** How to get at the client; it may have to be made first, and that may fail. */
export type Source<Client> = (signal: AbortSignal) => Promise<Client>;

export type HistoryPager = Pager<ChatMessage, HistoryCursor>;

/** A day of a conversation as far as it was read. */
export interface DayView {
  readonly day: Day;
  /** Newest first. */
  readonly messages: readonly ChatMessage[];
  /** Reads this day only; undefined when the conversation's own reading has it. */
  readonly pager: HistoryPager | undefined;
  /** True when all of the day is here. */
  readonly complete: boolean;
}

/** Messages shown by each *Load more*. */
const MESSAGE_STEP = 20;

/** Rows for messages that cannot be read, at most; more say nothing more. */
const MOST_UNREADABLE = 100;

/** A conversation as it is read: backwards from now, and days that were jumped to. */
export class ConversationBranch implements PagedListing {
  /** Reads from now backwards. */
  readonly main: HistoryPager;
  private readonly jumps = new Map<string, { day: Day; pager: HistoryPager }>();
  /** By their JSON, since the service may repeat some at the edge of a page. */
  private readonly odd = new Map<string, UnreadableMessage>();
  private dayGroups = new DayGroups<ChatMessage>();
  private grouped:
    { readonly of: readonly ChatMessage[]; readonly groups: DayGroup<ChatMessage>[] } | undefined;

  constructor(
    private readonly source: Source<HistorySource>,
    private readonly chat: ChatAddress,
  ) {
    this.main = this.pager({});
  }

  /** What came with the messages and cannot be read, the first ones. */
  get unreadable(): readonly UnreadableMessage[] {
    return [...this.odd.values()];
  }

  /** Whether all of it is shown. */
  get done(): boolean {
    return this.main.done;
  }

  get failure(): PagerFailure | undefined {
    return this.main.failure;
  }

  /** Shows more: what a day that was jumped to shows already is no more, so reading goes on past it. */
  async loadMore(): Promise<void> {
    const before = this.shown();
    do await this.main.loadMore();
    while (!this.main.done && this.main.failure === undefined && this.shown() <= before);
  }

  retry(): Promise<void> {
    return this.main.retry();
  }

  /** The days of {@link main}, newest first. */
  get mainDays(): DayView[] {
    const groups = this.groups();
    const longer = this.longerJump();
    return groups.map((group, index) => {
      const last = index === groups.length - 1;
      if (last && longer !== undefined) return view(longer);
      return { day: group.day, messages: group.items, pager: undefined, complete: !last || this.main.done };
    });
  }

  /** The days that were jumped to and that {@link main} has not reached, newest first. */
  get jumpedDays(): DayView[] {
    return [...this.jumps.values()]
      .filter(({ day }) => !this.isCovered(day) && !this.groups().some((group) => group.day.id === day.id))
      .sort((a, b) => b.day.start - a.day.start)
      .map(view);
  }

  /** A day by its id; undefined when it was neither read nor jumped to. */
  day(id: string): DayView | undefined {
    return [...this.mainDays, ...this.jumpedDays].find(({ day }) => day.id === id);
  }

  /** True when {@link main} has read all of a day, whether or not there was anything. */
  isCovered(day: Day): boolean {
    const oldest = this.main.items.at(-1);
    return this.main.done || (oldest !== undefined && oldest.time < day.start);
  }

  /** Reads the beginning of a day out of order. What {@link main} has already is not read again. */
  async jump(day: Day): Promise<void> {
    await this.main.ensure();
    if (this.isCovered(day)) return;
    const jump = this.jumps.get(day.id) ?? {
      day,
      pager: this.pager({ minTime: day.start, maxTime: day.end }),
    };
    this.jumps.set(day.id, jump);
    await jump.pager.ensure();
  }

  /** Reads what is needed to show the conversation, anew what was invalidated. */
  async ensure(): Promise<void> {
    await this.main.ensure();
    for (const { day, pager } of this.jumps.values()) if (!this.isCovered(day)) await pager.ensure();
  }

  invalidate(): void {
    this.odd.clear();
    for (const pager of this.pagers()) pager.invalidate();
  }

  /** Shows a newer version of a message. @returns false when it is not there. */
  replace(message: ChatMessage): boolean {
    const found = this.pagers().filter((pager) => pager.replace(message)).length > 0;
    if (found) this.dayGroups = new DayGroups();
    return found;
  }

  /** Shows a message that is new. @returns false when it has to be read, for one with others that are not here yet */
  add(message: ChatMessage): boolean {
    const [newest] = this.main.items;
    // A group numbers its messages, so that it shows when some are missing in between.
    if (this.chat.chat === 'group' && message.seq > (newest?.seq ?? 0) + 1) return false;
    const isBefore = (other: ChatMessage): boolean =>
      message.time === other.time ? message.seq > other.seq : message.time > other.time;
    const days = [...this.jumps.values()].filter(
      ({ day }) => day.start <= message.time && message.time <= day.end,
    );
    const pagers = [this.main, ...days.map(({ pager }) => pager)];
    if (!pagers.every((pager) => pager.add(message, isBefore))) return false;
    this.dayGroups = new DayGroups();
    return true;
  }

  /** A message as far as it was read. */
  message(address: MessageAddress): ChatMessage | undefined {
    const key = addressKey(address);
    return this.pagers()
      .map((pager) => pager.item(key))
      .find((message) => message !== undefined);
  }

  dispose(): void {
    for (const pager of this.pagers()) pager.cancel();
  }

  /**
   * The jump to the day at which reading has arrived, when it shows more of that day. Both lists begin with the day's
   * newest message, so the longer one has all that is in the other.
   */
  private longerJump(): { day: Day; pager: HistoryPager } | undefined {
    const last = this.groups().at(-1);
    const jump = last && this.jumps.get(last.day.id);
    if (last === undefined || jump === undefined || this.main.done) return undefined;
    return jump.pager.items.length > last.items.length ? jump : undefined;
  }

  /** Number of messages in all days. */
  private shown(): number {
    return [...this.mainDays, ...this.jumpedDays].reduce((sum, { messages }) => sum + messages.length, 0);
  }

  private pagers(): HistoryPager[] {
    return [this.main, ...[...this.jumps.values()].map(({ pager }) => pager)];
  }

  private groups(): DayGroup<ChatMessage>[] {
    if (this.grouped?.of !== this.main.items) {
      this.grouped = { of: this.main.items, groups: this.dayGroups.of(this.main.items) };
    }
    return this.grouped.groups;
  }

  private pager(window: Pick<HistoryRequest, 'minTime' | 'maxTime'>): HistoryPager {
    const { source, chat } = this;
    let time = 0;
    /** A place in a group whose time nobody knows stands with the message after it, or it would be of 1970. */
    const placed = (message: ChatMessage, _: number, page: readonly ChatMessage[]): ChatMessage => {
      if (message.time === 0)
        time ||= page.find((other) => other.time > 0)?.time ?? Math.floor(Date.now() / 1000);
      else ({ time } = message);
      return message.time === 0 ? { ...message, time } : message;
    };
    const fetchPage: FetchPage<ChatMessage, HistoryCursor> = async (after, signal) => {
      if (after === undefined) time = 0;
      const client = await source(signal);
      const request = {
        chat,
        pageSize: MESSAGE_STEP,
        ...window,
        ...(after === undefined ? {} : { after }),
      };
      for await (const { messages, unreadable, cursor } of client.history(request, signal)) {
        for (const item of unreadable) if (this.odd.size < MOST_UNREADABLE) this.odd.set(item.raw, item);
        return { items: messages.map(placed), next: cursor };
      }
      return { items: [], next: undefined };
    };
    return new Pager(fetchPage, ({ address }) => addressKey(address), MESSAGE_STEP);
  }
}

function view({ day, pager }: { day: Day; pager: HistoryPager }): DayView {
  return { day, messages: pager.items, pager, complete: pager.done };
}
