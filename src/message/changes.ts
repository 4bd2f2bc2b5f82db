import type { Node } from 'jsonc-parser';
import type { MessageContent } from '../chat/chatMessage';
import { MEMBERS, memberText, type Member } from './document';
import { minify } from '../json/layout';
import { isStrict, nodeText, parseJson } from '../json/tree';

export type { Member } from './document';

/**
 * Compares two JSON texts as values: layout, escapes, key order and the way a number is written do not count
 * (`1.0` is `1`), but every digit does, beyond what a double holds. Of repeated keys the last counts. Texts too deep to
 * be looked into are the same when their tokens are. A text that is not JSON equals only itself; absent equals only
 * absent.
 */
export function sameJson(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const left = parseJson(a);
  const right = parseJson(b);
  if (!left.root || !right.root || !isStrict(left.errors) || !isStrict(right.errors)) return false;
  const looksIntoAll = left.errors.length === 0 && right.errors.length === 0;
  return looksIntoAll ? sameNode(a, left.root, b, right.root) : minify(a) === minify(b);
}

/** True when two contents are the same message, member by member. */
export function sameContent(a: MessageContent, b: MessageContent): boolean {
  return MEMBERS.every((member) => sameJson(memberText(a, member), memberText(b, member)));
}

/** The members that would have to be sent to make `base` into `mine`. A member absent in `mine` is kept. */
export function changedMembers(base: MessageContent, mine: MessageContent): Member[] {
  return MEMBERS.filter((member) => {
    const value = memberText(mine, member);
    return value !== undefined && !sameJson(memberText(base, member), value);
  });
}

function sameNode(a: string, left: Node, b: string, right: Node): boolean {
  if (left.type !== right.type) return false;
  switch (left.type) {
    case 'object':
      return sameObject(a, left, b, right);
    case 'array': {
      const items = left.children ?? [];
      const others = right.children ?? [];
      return (
        items.length === others.length &&
        items.every((item, index) => {
          const other = others[index];
          return other !== undefined && sameNode(a, item, b, other);
        })
      );
    }
    case 'number':
      return canonicalNumber(nodeText(a, left)) === canonicalNumber(nodeText(b, right));
    default:
      return left.value === right.value;
  }
}

function sameObject(a: string, left: Node, b: string, right: Node): boolean {
  const mine = valuesByKey(left);
  const theirs = valuesByKey(right);
  if (mine.size !== theirs.size) return false;
  for (const [key, value] of mine) {
    const other = theirs.get(key);
    if (other === undefined || !sameNode(a, value, b, other)) return false;
  }
  return true;
}

function valuesByKey(node: Node): Map<string, Node> {
  const values = new Map<string, Node>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) values.set(String(key.value), value);
  }
  return values;
}

/** Writes a JSON number as sign, digits without outer zeros, and exponent, so that equal values read equal. */
function canonicalNumber(token: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token);
  if (match === null) return token;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const shortened = withoutEndingZeros(digits);
  if (shortened === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - shortened.length);
  return `${sign}${shortened}e${power.toString()}`;
}

/** A regular expression would try each run of zeros in the number: 200 KB of digits took a minute. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
