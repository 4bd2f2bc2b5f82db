import type { FirstList, Reveal, Saved, ToPage, Viewed } from '../conversation/pageProtocol';
import type { PersonView, RowKey, RowView } from '../conversation/rowViews';
import { RowList } from '../conversation/rowList';
import { summaryOf } from '../conversation/messageRow';
import type { Gap, Timeline } from '../conversation/timeline';
import type { MessageDocuments } from '../documents/messageDocuments';
import { wordsLanguage } from '../ui/language';
import type { ChatPlace } from './pageServices';
import type { People } from './people';
import { PageRows } from './pageRows';

/** Rows that are sent unasked. */
const UNASKED = 200;
/** Rows that a page begins with: more than a window shows. */
const FIRST = 30;
/** Rows beside new ones that may look otherwise with them. */
const BESIDE = 5;

/** How a page is told something. */
interface PageLine {
  /** Whether what is said reaches anybody; what nobody hears is not put together. */
  readonly isHeard: boolean;
  post(message: ToPage): void;
}

/** The rows of a page, as it is told of them. */
export class PageList {
  readonly rows: PageRows;
  viewed: Viewed = 'user';
  private readonly list = new RowList();

  constructor(
    place: ChatPlace,
    private readonly timeline: Timeline,
    documents: MessageDocuments,
    private readonly people: People,
    private readonly line: PageLine,
  ) {
    this.rows = new PageRows(place, timeline, documents);
  }

  get all(): RowList['all'] {
    return this.list.all;
  }

  get version(): number {
    return this.list.version;
  }

  /** Whether nothing is missing. */
  get isWhole(): boolean {
    return this.timeline.spans(this.viewed).length > 0 && !this.all.some(({ kind }) => kind === 'gap');
  }

  /** Whether there is no message, as far as it was read. */
  get isEmpty(): boolean {
    return this.all.every(({ kind }) => kind === 'gap');
  }

  has(key: RowKey): boolean {
    return this.list.indexOf(key) !== undefined;
  }

  gap(key: RowKey): Gap | undefined {
    return this.all.find((item): item is Gap => item.kind === 'gap' && item.key === key);
  }

  /** Shows what the timeline has now. @returns rows that were there before and look otherwise */
  update(): readonly RowKey[] {
    const splice = this.list.change(this.timeline.items(this.viewed));
    if (splice) {
      const { at, inserted } = splice;
      this.line.post({ type: 'splice', version: this.version, ...splice });
      if (inserted > 0 && inserted <= UNASKED)
        this.sendRange(Math.max(0, at - BESIDE), at + inserted + BESIDE);
    }
    // Reading anew may show another content, or that a message was recalled.
    const others = this.timeline.takeOthers();
    this.sendRows(others);
    return others;
  }

  /** The whole list, at a row if that is there, else where the person was, else at the end. */
  send(aim: RowKey | undefined, place: Saved['place']): void {
    const { version, count } = this.list;
    const key = aim ?? place?.key;
    const at = key === undefined ? undefined : this.list.indexOf(key);
    const to = aim === undefined ? (place?.offset ?? 'end') : 'center';
    const reveal: Reveal | undefined = key !== undefined && at !== undefined ? { at, key, to } : undefined;
    this.line.post({ type: 'list', version, count, ...(reveal && { reveal }) });
    const middle = at ?? count;
    this.sendRange(Math.max(0, middle - UNASKED / 2), middle + UNASKED / 2);
  }

  /** The list with its newest rows, for a page that begins with them. */
  first(): FirstList {
    const { version, count } = this.list;
    const rows = this.range(Math.max(0, count - FIRST), count);
    return { version, count, rows, people: this.peopleOf(rows) };
  }

  sendRange(from: number, to: number): void {
    if (!this.line.isHeard) return;
    const rows = this.range(from, to);
    if (rows.length === 0) return;
    this.line.post({ type: 'rows', version: this.version, at: from, rows });
    this.tellOf(this.peopleOf(rows));
  }

  sendRows(keys: readonly RowKey[]): void {
    if (!this.line.isHeard) return;
    for (const key of keys) {
      const at = this.list.indexOf(key);
      const item = at === undefined ? undefined : this.list.at(at);
      if (at === undefined || !item) continue;
      this.line.post({ type: 'rows', version: this.version, at, rows: [this.rows.row(item, this.viewed)] });
    }
  }

  /** What only one side has. @param shown whether the page shows it */
  sendDifferences(shown: boolean): void {
    const items = this.all.flatMap((item) => {
      const onlyOn = item.kind === 'message' ? this.timeline.onlyOn(item) : undefined;
      if (!onlyOn || item.kind !== 'message' || !item.message) return [];
      const { sender, time, content } = item.message;
      return { key: item.key, onlyOn, sender, time, summary: summaryOf(content, wordsLanguage()) };
    });
    this.line.post({ type: 'differences', ...(shown && { items: items.reverse() }), complete: this.isWhole });
  }

  reveal(key: RowKey): void {
    const at = this.list.indexOf(key);
    if (at !== undefined)
      this.line.post({ type: 'reveal', version: this.version, reveal: { at, key, to: 'center' } });
  }

  /** Another content may stand behind the marks of these. */
  changed(changes: PageRows['changes']): void {
    const keys = new Set([...this.rows.changes.keys(), ...changes.keys()]);
    this.rows.changes = changes;
    this.sendRows([...keys]);
  }

  private range(from: number, to: number): readonly RowView[] {
    return this.all.slice(from, to).map((item) => this.rows.row(item, this.viewed));
  }

  /** Those who speak in rows, as far as they are known; the others are told as they come. */
  private peopleOf(rows: readonly RowView[]): readonly PersonView[] {
    const senders = rows.flatMap((row) => (row.kind === 'message' ? row.sender : []));
    return this.people.of(senders, (people) => this.tellOf(people));
  }

  private tellOf(people: readonly PersonView[]): void {
    if (people.length > 0) this.line.post({ type: 'people', people });
  }
}
