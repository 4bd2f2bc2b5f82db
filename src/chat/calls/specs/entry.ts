import type { FamilyName } from '../families';

type TypeName = 'String' | 'Integer' | 'Array' | 'Object';

/**
 * A member as the service's pages describe it: its type, with `?` where it may be absent, then what its value may be, as far
 * as a page says so. `0..100`, `..32`, `1..` is a range, of an Integer's value, of a String's bytes in UTF-8, of an Array's
 * items; `Public|Private` and `0|1` are all the values there are.
 */
export type FieldType = `${TypeName}${'' | '?'}${'' | ` ${string}`}`;

/** A {@link FieldType}, read. */
export interface Field {
  readonly type: TypeName;
  readonly needed: boolean;
  /** Of an Integer its value, of a String its bytes, of an Array its items. */
  readonly range?: { readonly min: number; readonly max: number };
  /** As JSON has them: a String's with quotes. */
  readonly values?: readonly string[];
}

/** Reads what is written down of a member. */
export function fieldOf(written: FieldType): Field {
  const [head = '', rest] = written.split(' ');
  const type = head.replace('?', '') as TypeName;
  const field = { type, needed: !head.endsWith('?') };
  if (rest === undefined) return field;
  const range = /^(\d*)\.\.(\d*)$/.exec(rest);
  if (range) {
    const [, min, max] = range;
    return { ...field, range: { min: Number(min), max: max === '' ? Infinity : Number(max) } };
  }
  return { ...field, values: rest.split('|').map((one) => (type === 'String' ? JSON.stringify(one) : one)) };
}

/** What is written down of one call. */
export interface CallEntry {
  /** `remove`: no other call takes back what it did. */
  readonly does: 'read' | 'write' | 'remove';
  /** Calls a second that one app may make; 200 where nothing is said. */
  readonly perSecond?: number;
  /** Code above that, where it is not the one of the family. */
  readonly tooFrequent?: number;
  /** Number of the page at trtc.io; with `269/` before it, of the Chinese one. */
  readonly doc?: string;
  /**
   * Members of the request as far as they are known, by today's names; with a path, such as `MemberList[].Role`, those of
   * the objects inside.
   */
  readonly body: Readonly<Record<string, FieldType>>;
}

/** Calls of one service, by their whole name. */
export type CallEntries<Family extends FamilyName> = Readonly<Record<`${Family}/${string}`, CallEntry>>;
