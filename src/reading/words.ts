import { formatMsgKey, parseMsgKey } from '../chat/msgKey';
import type { TextRange } from '../json/text';
import { normalised } from '../message/checks/names';
import type { Told } from './readMessage';
import { secondsOf } from './times';
import { roleOf, SDK_ID, type Role } from './vocabulary';

/** What running text, or a notation that is not read, tells of one message. */
export interface WordsFound {
  readonly told: Told;
  readonly group: boolean;
  readonly range: TextRange;
}

/** A key in running text: its third number is a time after 2001, which keeps out `1_2_3` and file names. */
const LOOSE_KEY = /(?<![\w%-])(\d{1,10}_\d{1,10}_[1-9]\d{9})(?![\w-])/g;

const NAMES =
  'From_?Account|To_?Account|Msg_?Key|Msg_?Seq|Msg_?Random|Msg_?Time_?Stamp|Msg_?Time|Group_?Id|Topic_?Id|message_(?:sender|seq|rand|server_time)';
/** What stands between a name and its value, in the notations that are not read: `=`, `:`, `=>`, `]=> string(3) `, … */
const BETWEEN = String.raw`\\*["'\`]?\]?\s*(?:=>\s*(?:&?(?:string|int|float)(?:\(\d+\))?\s*)?|:=|[:=：＝]|;\s*s:\d+:(?=")|>(?=[^<>\s]+<\/))\s*`;
const VALUE = String.raw`(?:\\*"([^"\\\r\n]*)\\*"|\\*'([^'\\\r\n]*)\\*'|[“‘]([^”’\r\n]*)[”’]|([^\s"'\\,;&{}[\]()<>=|，；：]+))`;
/** Numbers of PHP: `int(17)`, `i:17;`. */
const PHP_NUMBER = String.raw`\\*["']?\]?\s*(?:=>\s*int\((\d+)\)|;\s*i:(\d+);)`;
const PAIR = new RegExp(
  String.raw`(?<![A-Za-z0-9%]|%2)(${NAMES})(?![A-Za-z0-9_])(?:${PHP_NUMBER}|${BETWEEN}${VALUE})`,
  'gi',
);

/** Values that are no values: nothing, a type, a variable's call. */
const NOTHING =
  /^(?:null|nil|none|undefined|true|false|n\/a|-|\?|string|str|integer|int(?:32|64)?|uint(?:32|64)?|number|long|object|array|any)$/i;
const RECORD = /[\r\n][ \t]*(?:\[?\d{4}[-/.]\d\d[-/.]\d\d|\d{1,3}(?:\.\d{1,3}){3}\b)/;

interface Pair extends TextRange {
  readonly role: Role;
  readonly value: string;
  readonly late: boolean;
}

/** Reads names with their values, and keys that stand alone, in a stretch of a text. */
export function wordsIn(text: string, { offset, length }: TextRange): WordsFound[] {
  const stretch = text.slice(offset, offset + length);
  const records: Pair[][] = [];
  let end = 0;
  for (const pair of pairsIn(stretch)) {
    const last = records[records.length - 1];
    const known = last?.find(({ role }) => role === pair.role);
    const again = known !== undefined && known.value !== pair.value && pair.role !== 'time';
    const next = last !== undefined && RECORD.test(stretch.slice(end, pair.offset));
    if (last === undefined || again || next) records.push([pair]);
    else if (known === undefined || pair.role === 'time') last.push(pair);
    end = pair.offset + pair.length;
  }
  const found = records.map(recordOf);
  return [...withLooseKeys(stretch, found)].map((one) => ({
    ...one,
    range: { offset: one.range.offset + offset, length: one.range.length },
  }));
}

/** The ids of clients' SDKs in a stretch of a text. */
export function sdkIdsIn(text: string, { offset, length }: TextRange): { id: string; range: TextRange }[] {
  return [...text.slice(offset, offset + length).matchAll(new RegExp(SDK_ID.source, 'g'))].map((match) => ({
    id: match[0],
    range: { offset: offset + match.index, length: match[0].length },
  }));
}

function pairsIn(text: string): Pair[] {
  const pairs: Pair[] = [];
  for (const match of text.matchAll(PAIR)) {
    const name = match[1] ?? '';
    const role = roleOf(name)?.role;
    const bare = match[7];
    const value = (match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[6] ?? bare ?? '').trim();
    const after = text.slice(match.index + match[0].length);
    // A call or a member of a variable: the value is not in the text.
    if (role === undefined || (bare !== undefined && (/^\s*\(/.test(after) || bare.startsWith('0xc0'))))
      continue;
    if (value === '' || NOTHING.test(value) || !fits(role, value)) continue;
    pairs.push({
      role,
      value,
      offset: match.index,
      length: match[0].length,
      late: role === 'time' && normalised(name) !== 'msgtimestamp',
    });
  }
  return pairs;
}

function fits(role: Role, value: string): boolean {
  if (role === 'key') return parseMsgKey(value) !== undefined;
  if (role === 'time') return secondsOf(value) !== undefined;
  if (role === 'seq' || role === 'random') return /^\d{1,10}$/.test(value);
  return value.length <= 128 && !/[\p{Cc}\s<>()]/u.test(value) && !/^%[0-9a-f]{2}/i.test(value);
}

function recordOf(pairs: readonly Pair[]): WordsFound {
  const value = (role: Role): string | undefined =>
    (pairs.find((pair) => pair.role === role && !pair.late) ?? pairs.find((pair) => pair.role === role))
      ?.value;
  const group = value('group');
  const [seq, random, time] = (['seq', 'random', 'time'] as const).map(value);
  const spelled = value('key');
  const [from, to, topic] = [value('from'), value('to'), value('topic')];
  const seconds = secondsOf(time ?? '') ?? 0;
  const parts = seq !== undefined && random !== undefined && seconds >= 1_000_000_000;
  const made = parts ? formatMsgKey({ seq: Number(seq), random: Number(random), time: seconds }) : undefined;
  const key = spelled ?? (made !== undefined && parseMsgKey(made) ? made : undefined);
  const isGroup = group !== undefined && spelled === undefined;
  const first = pairs[0]?.offset ?? 0;
  const last = pairs[pairs.length - 1];
  return {
    told: {
      ...(from !== undefined && { from }),
      ...(to !== undefined && !isGroup && { to }),
      ...(key !== undefined && !isGroup && { key, ...(spelled === undefined && { keyMade: true }) }),
      ...(group !== undefined && isGroup && { group }),
      ...(topic !== undefined && isGroup && { topic }),
      ...(seq !== undefined && { seq: Number(seq) }),
    },
    group: isGroup,
    range: { offset: first, length: last === undefined ? 0 : last.offset + last.length - first },
  };
}

/** Gives a key that stands alone to the record beside it that has none; else it is one of its own. */
function withLooseKeys(text: string, records: readonly WordsFound[]): WordsFound[] {
  const found = [...records];
  for (const match of text.matchAll(LOOSE_KEY)) {
    const key = match[0];
    if (parseMsgKey(key) === undefined || found.some(({ told }) => told.key === key)) continue;
    const range = { offset: match.index, length: key.length };
    const line = lineAround(text, match.index);
    const index = found.findIndex(
      (one) =>
        one.told.key === undefined && !one.group && (records.length === 1 || overlaps(one.range, line)),
    );
    const beside = found[index];
    if (beside === undefined) found.push({ told: { key }, group: false, range });
    else found[index] = { ...beside, told: { ...beside.told, key }, range: union(beside.range, range) };
  }
  return found.sort((a, b) => a.range.offset - b.range.offset);
}

function lineAround(text: string, at: number): TextRange {
  const start = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
  const end = text.slice(at).search(/[\r\n]/);
  return { offset: start, length: (end < 0 ? text.length : at + end) - start };
}

function overlaps(a: TextRange, b: TextRange): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function union(a: TextRange, b: TextRange): TextRange {
  const offset = Math.min(a.offset, b.offset);
  return { offset, length: Math.max(a.offset + a.length, b.offset + b.length) - offset };
}
