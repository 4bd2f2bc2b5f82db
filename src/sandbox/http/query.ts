import { Refusal } from '../requestBody';
import type { SandboxSettings } from '../settings';

/** The query of a call, checked. Names and values are case-sensitive. */
export interface CallQuery {
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly userSig: string;
}

const MAX_UINT32 = 4_294_967_295;

/**
 * Reads the query of a call.
 *
 * @param random what `random` must be
 * @throws {Refusal} 60002 for one that cannot be decoded, 60012 without SDKAppID, 60025 for anything else in it
 */
function readQuery(text: string, random: SandboxSettings['random']): CallQuery {
  const { sdkappid: sdkAppId, identifier, usersig: userSig, random: number, contenttype } = decode(text);
  if (sdkAppId === undefined || sdkAppId === '') throw new Refusal(60012, 'sdkappid is missing');
  if (!isUint32(sdkAppId)) throw new Refusal(60025, 'sdkappid is not a number');
  if (identifier === undefined || identifier === '') throw new Refusal(60025, 'identifier is missing');
  if (userSig === undefined) throw new Refusal(60025, 'usersig is missing');
  if (!isRandom(number ?? '', random)) throw new Refusal(60025, 'random is not a number');
  if (contenttype !== 'json') throw new Refusal(60025, 'contenttype is not json');
  return { sdkAppId: Number(sdkAppId), identifier, userSig };
}

const RANDOM = 'random=';

/**
 * Reads queries one after the other. A client's next query differs from its last one in the number of `random` alone, and then is
 * not taken to pieces again.
 */
export class QueryReader {
  private before = '';
  private after = '';
  private query: CallQuery | undefined;

  /** As {@link readQuery}. */
  read(text: string, random: SandboxSettings['random']): CallQuery {
    if (this.query !== undefined && this.isLike(text)) return this.query;
    const query = readQuery(text, random);
    const at = text.indexOf(RANDOM);
    if (at > 0 && text.charAt(at - 1) === '&' && text.lastIndexOf(RANDOM) === at) {
      const end = text.indexOf('&', at);
      this.before = text.slice(0, at + RANDOM.length);
      this.after = end < 0 ? '' : text.slice(end);
      this.query = query;
    }
    return query;
  }

  /** The last query but for a number that every rule accepts. */
  private isLike(text: string): boolean {
    const start = this.before.length;
    const end = text.length - this.after.length;
    if (end <= start || end - start > 9) return false;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code < 0x30 || code > 0x39) return false;
    }
    return text.startsWith(this.before) && text.endsWith(this.after);
  }
}

const names = ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'] as const;
type Name = (typeof names)[number];

/** Goes through the query once without taking it to pieces: this happens with each call. */
function decode(text: string): Partial<Record<Name, string>> {
  const values: Partial<Record<Name, string>> = {};
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('&', at);
    const end = next < 0 ? text.length : next;
    const equals = text.indexOf('=', at);
    // One that is of the next parameter makes it a name that is none.
    const name = names[names.indexOf(text.slice(at, equals) as Name)];
    if (name !== undefined) values[name] = decoded(text.slice(equals + 1, end));
    at = end + 1;
  }
  return values;
}

function decoded(value: string): string {
  if (!value.includes('%') && !value.includes('+')) return value;
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    throw new Refusal(60002, 'the query cannot be decoded');
  }
}

function isRandom(text: string, rule: SandboxSettings['random']): boolean {
  if (rule === 'ignored') return true;
  return rule === 'uint32' ? isUint32(text) : /^-?\d+$/.test(text);
}

function isUint32(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= MAX_UINT32;
}
