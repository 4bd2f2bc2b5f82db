import type { Node } from 'jsonc-parser';
import { encodeString, escapeStyleOf } from '../json/escapes';
import { stringProjection } from '../json/projections';
import { applyEdits, type TextEdit } from '../json/text';
import { nodeText, parseStrict } from '../json/tree';
import { isNumericAccount, type NameBook, type NamedKind } from './nameBook';
import { findNamed, isPhoneNumber } from './patterns';
import { hasWords, TextHider } from './textHider';

/** What is hidden. */
export interface PseudonymOptions {
  /** Whether all texts become others of the same length and script; else only what names somebody is hidden. */
  readonly texts: boolean;
}

/** Where a value stands. */
interface Place {
  /** The member it is the value of, or of whose list it is an item. */
  readonly member: string;
  /** Whether it is in JSON that a string holds. */
  readonly embedded: boolean;
}

/** Members of the service, and of the JSON that apps put into strings, that name accounts. */
const ACCOUNT = /_account$/i;
const APP_ACCOUNT =
  /^((from|to|sender|receiver|operator|inviter|invitee|owner|target|customer|agent|creator|member)_?)?(user_?ids?|accounts?|uids?)$|^(sender|receiver)(_?ids?)?$|_account$/i;
const MEDIA_ID = /uuid$/i;
/** Members whose words a program reads and no person. */
const FOR_PROGRAMS =
  /(type|kind|format|business_?id|version|action|cmd|command|event|status|state|lang|language|currency|sound)$/i;
const ELEMENT = /^TIM\w+Elem$/;
/** What stands between the signs of an address. */
const PART = /[^/?&=#;,:]+/g;
const ADDRESS_OR_PART = /[a-z][a-z0-9+.-]*:\/\/[^&#;,]+|[^/?&=#;,:]+/gi;
/** Addresses in so many addresses are looked through; what is deeper is hidden as a whole. */
const DEEPEST = 9;
const KEPT = new Set(['MsgKey', 'GroupId', 'TopicId', 'JsonMsgKey']);

/**
 * Takes persons out of messages. {@link learn} must have seen all of them before {@link hide} is right: who is an account
 * in one message may stand as a plain value in another one. What is not hidden keeps every byte.
 */
export class Pseudonyms {
  private readonly texts: TextHider;
  private learning = true;

  constructor(
    private readonly book: NameBook,
    private readonly options: PseudonymOptions,
  ) {
    this.texts = new TextHider(book);
  }

  /** Remembers whom and what a message names. @param text JSON, of one message or of any value */
  learn(text: string): void {
    this.learning = true;
    this.edits(text, { member: '', embedded: false });
  }

  /** An account that no message need name. */
  learnAccount(account: string): void {
    this.book.meet('account', account);
  }

  /** The message without them. */
  hide(text: string): string {
    if (this.learning) this.texts.prepare();
    this.learning = false;
    return applyEdits(text, this.edits(text, { member: '', embedded: false }));
  }

  private edits(text: string, place: Place): TextEdit[] {
    const root = parseStrict(text);
    return root ? this.valueEdits(text, root, place) : [];
  }

  private valueEdits(text: string, node: Node, place: Place): TextEdit[] {
    switch (node.type) {
      case 'object':
        return (node.children ?? []).flatMap(({ children: [key, value] = [] }) => {
          if (!key || !value) return [];
          const member = String(key.value);
          return [
            ...(place.embedded ? this.stringEdit(text, key, this.key(member)) : []),
            ...this.valueEdits(text, value, { ...place, member }),
          ];
        });
      case 'array':
        return (node.children ?? []).flatMap((item) => this.valueEdits(text, item, place));
      case 'string':
        return this.inString(text, node, place);
      case 'number':
        return this.inNumber(text, node, place);
      default:
        return [];
    }
  }

  private inNumber(text: string, node: Node, place: Place): TextEdit[] {
    const digits = nodeText(text, node);
    // Elsewhere a short number that somebody has for a name is a count, a price or a state.
    const isAccount = isNamed(place)
      ? /^[1-9]\d*$/.test(digits)
      : place.embedded && isNumericAccount(digits) && this.book.isAccount(digits);
    if (!isAccount && !isPhoneNumber(digits)) return [];
    const name = this.name(isAccount ? 'account' : 'phone', digits);
    if (name === digits) return [];
    const made = isNumericAccount(name) ? name : JSON.stringify(name);
    return [{ offset: node.offset, length: node.length, text: made }];
  }

  private inString(text: string, node: Node, place: Place): TextEdit[] {
    const value = String(node.value);
    const isAccount = this.book.isAccount(value) && !(place.member === 'MsgType' && ELEMENT.test(value));
    if (value !== '' && (isAccount || isNamed(place, value)))
      return this.stringEdit(text, node, this.name('account', value));
    if (/^\s*[[{"]/.test(value)) {
      const inner = parseStrict(value);
      if (inner) return this.inside(text, node, value, inner, place);
    }
    return this.stringEdit(text, node, this.plain(value, place));
  }

  /** The edits of the JSON that a string holds, written as the string writes what it holds. */
  private inside(text: string, node: Node, value: string, inner: Node, place: Place): TextEdit[] {
    const edits = this.valueEdits(value, inner, { ...place, embedded: true });
    if (edits.length === 0) return [];
    const view = stringProjection(text, node);
    if (view?.text !== value) return [];
    const style = escapeStyleOf(nodeText(text, node).slice(1, -1));
    return edits.map(({ offset, length, text: made }) => ({
      ...view.toDocument(offset, offset + length),
      text: encodeString(made, style),
    }));
  }

  private stringEdit(text: string, node: Node, made: string): TextEdit[] {
    if (this.learning || made === node.value) return [];
    const inside = nodeText(text, node).slice(1, -1);
    return [
      { offset: node.offset + 1, length: node.length - 2, text: encodeString(made, escapeStyleOf(inside)) },
    ];
  }

  private key(member: string): string {
    if (this.book.isAccount(member)) return member.length < 3 ? member : this.name('account', member);
    return this.named(member);
  }

  /** A string that is no account and holds no JSON. */
  private plain(value: string, { member, embedded }: Place): string {
    if (!embedded && KEPT.has(member)) return value;
    if (member === 'MsgType' && ELEMENT.test(value)) return value;
    if (MEDIA_ID.test(member)) return this.learning ? value : this.texts.id(value);
    if (!this.options.texts || this.learning) return this.named(value);
    const isOne = findNamed(value)[0]?.text === value;
    if (isOne || /^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]+$/i.test(value)) return this.named(value);
    if (FOR_PROGRAMS.test(member) && /^[\w.-]+$/.test(value) && !this.texts.namesAccount(value)) return value;
    return this.texts.hide(value);
  }

  /** The text with other phones, mails and hosts. @param depth in so many addresses it stands, where ids are hidden too */
  private named(value: string, depth = 0): string {
    if (!hasWords(value)) return value;
    const between = (text: string): string => (depth === 0 ? text : this.ids(text));
    let out = '';
    let at = 0;
    for (const found of findNamed(value)) {
      out += between(value.slice(at, found.at));
      at = found.at + found.text.length;
      if (found.kind === 'rest') out += this.rest(found.text, depth + 1);
      else if (found.kind === 'user') out += `${this.texts.id(found.text.slice(0, -1))}@`;
      else out += this.name(found.kind, found.text);
    }
    return out + between(value.slice(at));
  }

  /** What follows the host of an address: what names somebody or looks like the id of a file, with texts everything. */
  private rest(text: string, depth: number): string {
    const { texts } = this.options;
    return text.replace(texts ? PART : ADDRESS_OR_PART, (part) => {
      // The parts of an address in an address are each encoded for themselves.
      const plain = part.includes('://') ? part : decoded(part);
      if (this.book.isAccount(plain) && plain.length > 2) return this.name('account', plain);
      if (texts)
        return this.learning
          ? part
          : this.texts.hide(part.replace(/(%[0-9a-f]{2})+/gi, (coded) => 'x'.repeat(coded.length)));
      if (depth > DEEPEST) return this.texts.id(part);
      if (plain === part) return this.named(part, depth);
      // It may hold an address, or be encoded twice.
      const made = this.rest(plain, depth + 1);
      return made === plain ? part : encodeURIComponent(made);
    });
  }

  private ids(text: string): string {
    return text.replace(/[\w-]{16,}/g, (id) => (/\d/.test(id) ? this.texts.id(id) : id));
  }

  private name(kind: NamedKind, original: string): string {
    const key = kind === 'host' ? original.toLowerCase() : original;
    if (!this.learning) return this.book.nameOf(kind, key);
    this.book.meet(kind, key);
    return original;
  }
}

/** True for a value of a member that names accounts. */
function isNamed({ member, embedded }: Place, value = ''): boolean {
  if (!(embedded ? APP_ACCOUNT : ACCOUNT).test(member)) return false;
  // What apps write there may be words, or JSON.
  return !embedded || /^[^\s[\]{}"]{0,64}$/.test(value);
}

/** A part of an address without percent signs; as it is where these stand for no text. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
