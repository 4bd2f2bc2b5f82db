import type { C2cAddress } from './address';
import { formatMsgKey, parseMsgKey } from './msgKey';
import { JsonSyntaxError, skipValue } from '../json/strictScanner';

/** A key in running text: its third number is a time after 2001, which keeps out `1_2_3` and file names. */
const keyInText = /(?<!\w)(\d{1,10}_\d{1,10}_\d{10})(?!\w)/g;
const memberInText = (name: string) =>
  new RegExp(`\\b${name}\\b\\\\?["']?\\s*[:=]\\s*\\\\?["']?([^\\s"'\\\\,;&{}\\[\\]]+)`, 'g');

/**
 * How deep is looked: into so many containers, a string that holds JSON counting as `STRING` of them. A log line may
 * quote a body that quotes a body.
 */
const DEPTH = 100;
const STRING = 25;
/** Characters that may be read in vain while looking for the place where JSON starts. */
const VAIN = 5_000_000;

/**
 * Finds messages in what a person pasted: an answer of `sendmsg` (with its request, too), of history, a webhook's
 * body, a log line that holds one of these, or a bare MsgKey.
 *
 * @returns each address once, in the order of the text; parts that the text does not tell are absent
 */
export function addressesIn(text: string): PastedAddress[] {
  const trimmed = text.trim();
  if (parseMsgKey(trimmed)) return [{ key: trimmed }];
  const objects = jsonIn(trimmed).flatMap((value) => addressesOf(value, 0));
  const found = objects.some(({ key }) => key !== undefined) ? objects : fromWords(trimmed);
  return unique(joinHalves(found));
}

/** What a text tells of a one-to-one message's address. */
export type PastedAddress = Partial<Pick<C2cAddress, 'from' | 'to' | 'key'>>;

interface Found extends PastedAddress {
  /** The text spells the key out; else it was put together, or there is none. */
  readonly told?: boolean;
}

/** The JSON values in a text, wherever they start. */
function jsonIn(text: string): unknown[] {
  const values: unknown[] = [];
  let vain = 0;
  const opener = /[{[]/g;
  for (let match = opener.exec(text); match && vain < VAIN; match = opener.exec(text)) {
    try {
      const end = skipValue(text, match.index);
      values.push(JSON.parse(text.slice(match.index, end)));
      opener.lastIndex = end;
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      vain += error.position - match.index;
    }
  }
  return values;
}

function addressesOf(value: unknown, depth: number): Found[] {
  if (depth > DEPTH) return [];
  if (typeof value === 'string') {
    const holdsJson = /^\s*[{[]/.test(value);
    return holdsJson ? jsonIn(value).flatMap((inner) => addressesOf(inner, depth + STRING)) : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => addressesOf(item, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Record<string, unknown>;
  const [from, to] = [fields.From_Account, fields.To_Account];
  const address: Found = {
    ...(typeof from === 'string' && { from }),
    ...(typeof to === 'string' && { to }),
    ...keyOf(fields),
  };
  const own = (address.from ?? address.to ?? address.key) ? [address] : [];
  // A message's own content may quote other messages (a merged forward does); those are not what was pasted.
  if (address.key !== undefined) return own;
  return [...own, ...Object.values(fields).flatMap((inner) => addressesOf(inner, depth + 1))];
}

function keyOf(fields: Record<string, unknown>): Found {
  const key = fields.MsgKey;
  if (typeof key === 'string' && parseMsgKey(key)) return { key, told: true };
  const [seq, random] = [fields.MsgSeq, fields.MsgRandom];
  const time = fields.MsgTimeStamp ?? fields.MsgTime;
  if (typeof seq !== 'number' || typeof random !== 'number' || typeof time !== 'number') return {};
  const made = formatMsgKey({ seq, random, time });
  return parseMsgKey(made) ? { key: made } : {};
}

/** For texts that hold no JSON: a log line, source code, a query string. */
function fromWords(text: string): Found[] {
  const named = valuesOf('MsgKey', text).filter((key) => parseMsgKey(key));
  const loose = [...text.matchAll(keyInText)].flatMap(([key]) => (parseMsgKey(key) ? [key] : []));
  const keys = [...new Set(named.length > 0 ? named : loose)];
  const from = onlyOne(valuesOf('From_Account', text));
  const to = onlyOne(valuesOf('To_Account', text));
  const parties = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return keys.map((key) => ({ ...parties, key, told: true }));
}

function onlyOne(values: readonly string[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function valuesOf(name: string, text: string): string[] {
  return [...text.matchAll(memberInText(name))].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
}

/**
 * A request names the parties and its answer the key: one of each belong together. The answer's key goes before one
 * put together from the request, since the service may set another time.
 */
function joinHalves(found: readonly Found[]): PastedAddress[] {
  const told = found.filter(({ told }) => told);
  const rest = found.filter(({ told }) => !told);
  const [only] = told;
  if (only && told.length === 1 && rest.length === 1) return [plain({ ...rest[0], ...only })];
  return found.filter(({ key }) => key !== undefined).map(plain);
}

function plain({ from, to, key }: Found): PastedAddress {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(key !== undefined && { key }),
  };
}

function unique(addresses: readonly PastedAddress[]): PastedAddress[] {
  const seen = new Map(
    addresses.map((address) => [JSON.stringify([address.from, address.to, address.key]), address]),
  );
  return [...seen.values()];
}
