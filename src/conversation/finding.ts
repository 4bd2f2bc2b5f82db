import type { ChatMessage } from '../chat/chatMessage';
import { searchedText } from '../lists/searchText';
import type { TextFinder } from '../lists/textFinder';
import type { RowKey } from './rowViews';
import type { Item } from './timeline';

/** Texts that are looked through before others have their turn. */
const AT_ONCE = 200;

/** Looks for a text in the messages that are loaded; each is looked at once, until it is another one. */
export class Finding {
  private readonly looked = new Map<RowKey, { readonly message: ChatMessage; readonly hit: boolean }>();
  private found: readonly RowKey[] = [];
  private current: RowKey | undefined;

  constructor(private readonly finder: Pick<TextFinder, 'find'>) {}

  /** How many messages have it, among those that were looked at. */
  get count(): number {
    return this.found.length;
  }

  /** Which of them is shown, from 1, the newest first; 0 for none. */
  get at(): number {
    return this.current === undefined ? 0 : this.found.indexOf(this.current) + 1;
  }

  /** The one that is shown. */
  get key(): RowKey | undefined {
    return this.current;
  }

  /**
   * Looks at what it has not looked at.
   *
   * @throws EndlessExpressionError; what AbortSignal throws
   */
  async look(items: readonly Item[], signal: AbortSignal): Promise<void> {
    const all = items.flatMap((item) =>
      item.kind === 'message' && item.message ? [{ key: item.key, message: item.message }] : [],
    );
    const fresh = all.filter(({ key, message }) => this.looked.get(key)?.message !== message);
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      const part = fresh.slice(from, from + AT_ONCE);
      const hits = await this.finder.find(part.map(({ message }) => searchedText(message.content)));
      signal.throwIfAborted();
      part.forEach(({ key, message }, index) => this.looked.set(key, { message, hit: hits[index] === true }));
    }
    this.found = all.flatMap(({ key }) => (this.looked.get(key)?.hit === true ? key : [])).reverse();
  }

  /** Goes to the next older one, or the next newer one. @returns undefined when there is none that is loaded */
  step(step: 'next' | 'previous'): RowKey | undefined {
    const at = this.current === undefined ? -1 : this.found.indexOf(this.current);
    const next = this.found[step === 'next' ? at + 1 : at - 1];
    if (next !== undefined) this.current = next;
    return next;
  }
}
