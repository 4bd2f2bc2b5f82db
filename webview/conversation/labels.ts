import type { ChatView, FindView } from '../../src/conversation/pageProtocol';
import type { Strings } from '../../src/conversation/pageStrings';
import type { MessageRow, PersonView, RowView } from '../../src/conversation/rowViews';
import { filled } from '../filled';
import { beginsDay, type Times } from './times';

/** Made once: that takes far longer than using it. */
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A message some time after the last one of the same person is one of its own, in seconds. */
const RUN = 300;

/** What rows are worded and drawn with. */
export interface Look {
  readonly chat: ChatView;
  readonly strings: Strings;
  readonly locale: string;
  readonly times: Times;
  readonly people: ReadonlyMap<string, PersonView>;
  readonly faces: boolean;
  /** Show what a phone would show. */
  readonly push: boolean;
  /** What was unfolded, by row and place: it stays so when the row comes into view again. */
  readonly unfolded: Set<string>;
}

/** How a message stands among those above it. */
export interface Standing {
  /** It is the first one of its day. */
  readonly day: boolean;
  /** It is the first one of its sender for a while: who that is stands above it. */
  readonly run: boolean;
}

/** @param above the row above it; undefined when it is not known */
export function standingOf(row: MessageRow, above: RowView | undefined): Standing {
  const before = above?.kind === 'message' ? above : undefined;
  const day = beginsDay(before?.time, row.time) && above?.kind !== 'unreadable';
  const run =
    day ||
    before?.sender !== row.sender ||
    before.state !== 'sent' ||
    before.own !== row.own ||
    row.time - before.time > RUN;
  return { day, run };
}

/** What a screen reader says of a row: who, when, what, and what stands out. */
export function labelOf(row: MessageRow, standing: Standing, look: Look): string {
  const { strings, times } = look;
  const { draft, conflict, modified, onlyOn } = row.marks;
  const when = row.time > 0 ? times.ofDay(row.time) : undefined;
  const said = noteOf(row, look) ?? row.summary;
  return [
    standing.day ? times.day(row.time) : undefined,
    [row.sender === '' ? undefined : nameOf(row.sender, look), when].filter(Boolean).join(', '),
    said,
    draft ? strings.draft : undefined,
    conflict ? strings.conflict : undefined,
    modified && filled(strings.modified, times.whole(modified.at)),
    onlyOn && onlyOnText(onlyOn, look),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('. ');
}

/** How a person is called. */
export function nameOf(id: string, { people }: Pick<Look, 'people'>): string {
  return people.get(id)?.nick ?? id;
}

/** What a client says in the place of a message that is no longer, or never was, what somebody said. */
export function noteOf(row: MessageRow, look: Look): string | undefined {
  const { strings } = look;
  switch (row.state) {
    case 'sent':
      return undefined;
    case 'recalled':
      return row.sender === '' ? strings.recalled : filled(strings.recalledBy, nameOf(row.sender, look));
    case 'expired':
      return strings.expired;
    case 'system':
      return row.summary || strings.system;
  }
}

/** That only one of the two has it. */
export function onlyOnText(side: 'user' | 'peer', look: Look): string {
  const { chat } = look.chat;
  const user = chat.chat === 'c2c' ? chat[side] : '';
  return filled(look.strings.onlyOn, nameOf(user, look));
}

/** What a person sees as the first letter of a name: a flag or a family is one. */
export function firstLetter(name: string): string {
  const [first] = letters.segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '·';
}

/** How looking for something stands, in words. */
export function foundText(find: FindView, strings: Strings): string {
  if (find.error !== undefined) return find.error;
  const { searching, complete } = find;
  if (find.count === 0)
    return searching ? strings.searching : complete ? strings.foundNone : strings.foundNoneSoFar;
  return filled(complete ? strings.found : strings.foundSoFar, find.at, find.count);
}
