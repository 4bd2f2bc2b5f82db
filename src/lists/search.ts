import type { ChatMessage } from '../chat/chatMessage';
import { isRecord, valueOfJson } from '../json/values';
import { formatItem, linesOf, MOST_LINES } from './formatList';
import { searchedText } from './searchText';
import type { TextFinder } from './textFinder';

/** What else a message has to be, beside having what is looked for. */
export interface SearchFilter {
  /** UserID of who sent it. */
  readonly sender?: string;
  /** `MsgType` that one of its elements has. */
  readonly type?: string;
  /** Unix seconds, inclusive. */
  readonly minTime?: number;
  readonly maxTime?: number;
}

/**
 * Looks through messages page by page. It holds what was found, and of that no more than a list may have, so that it
 * takes as much memory for a million messages as for ten thousand: then it stops, and goes on when that was taken.
 */
export class Search {
  private held: ChatMessage[] = [];
  private lines = 0;
  private ended = false;
  private looked: readonly ChatMessage[] = [];
  /** How many messages were looked through. */
  read = 0;
  /** How many of them were found. */
  found = 0;

  /** @param pages newest first; none is read before it is needed */
  constructor(
    private readonly pages: AsyncIterator<readonly ChatMessage[]>,
    private readonly finder: Pick<TextFinder, 'find'>,
    private readonly filter: SearchFilter = {},
    private readonly mostLines = MOST_LINES,
  ) {}

  /** True when every message was looked through. */
  get done(): boolean {
    return this.ended;
  }

  /** Messages that were found and not taken, newest first. */
  get messages(): readonly ChatMessage[] {
    return this.held;
  }

  /** Of the page that was looked through last: the message that an EndlessExpressionError names. */
  messageAt(index: number): ChatMessage | undefined {
    return this.looked[index];
  }

  /** Gives away what was found, so that there is room for more. */
  take(): readonly ChatMessage[] {
    const taken = this.held;
    this.held = [];
    this.lines = 0;
    return taken;
  }

  /**
   * Looks on until all messages were looked through, or as many were found as a list may have.
   *
   * @param onPage told of those that a page has, after each
   * @throws EndlessExpressionError, and what reading a page throws; it may be gone on after either
   */
  async run(onPage: (found: readonly ChatMessage[]) => void = () => undefined): Promise<void> {
    while (!this.ended && this.lines < this.mostLines) {
      const page = await this.pages.next();
      if (page.done === true) {
        this.ended = true;
        return;
      }
      const wanted = page.value.filter((message) => this.fits(message));
      this.looked = wanted;
      const hits = await this.finder.find(wanted.map(({ content }) => searchedText(content)));
      const found = wanted.filter((_, index) => hits[index] === true);
      this.read += page.value.length;
      this.found += found.length;
      for (const message of found) this.lines += linesOf(formatItem(message));
      this.held.push(...found);
      onPage(found);
    }
  }

  private fits({ sender, time, content }: ChatMessage): boolean {
    const { sender: wanted, type, minTime = 0, maxTime = Infinity } = this.filter;
    if (time < minTime || time > maxTime) return false;
    if (wanted !== undefined && sender !== wanted) return false;
    if (type === undefined) return true;
    const body = valueOfJson(content.msgBody ?? '');
    return Array.isArray(body) && body.some((one) => isRecord(one) && one.MsgType === type);
  }
}
