import type { NamedKind } from './nameBook';

/** A stretch of a text that names somebody or something. */
export interface Found {
  readonly kind: NamedKind;
  readonly at: number;
  readonly text: string;
}

/** A part of an address of the web: who asks (`user`), or what follows the host (`rest`). */
export interface FoundPart {
  readonly kind: 'user' | 'rest';
  readonly at: number;
  readonly text: string;
}

const TOP =
  'com|cn|net|org|io|edu|gov|info|biz|app|dev|top|xyz|site|online|shop|vip|tech|cloud|link|me|co|cc|tv|hk|tw|jp|kr|sg|uk|de|fr|us|eu|ru';
const URL_ = String.raw`(?<scheme>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/)(?<user>[^\s/?#"'<>\\@]*@)?(?<urlHost>\[[0-9a-f:.]+\]|[^\s/?#"'<>\\:@\u3000-\u303f\uff00-\uffef]+)(?<rest>[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x5b\x5d-\x7e]*)`;
const MAIL = String.raw`(?<mail>(?<![\w.%+-])[\w.%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,24}(?![\w-]))`;
const HOST = String.raw`(?<host>(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:${TOP})(?![\w-]|\.\w))`;
const PHONE = String.raw`(?<phone>(?<![\w+.-])(?:\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}|1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|0\d{2,3}[ -]\d{7,8}|\(?\d{3}\)?[ -]\d{3,4}[ -]\d{4})(?![\w-]|\.\d))`;
const IP = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** All of them in one, made once: each string of each message is looked through. */
const NAMED = new RegExp(`${URL_}|${MAIL}|${HOST}|${PHONE}`, 'giu');

/** Names of the machine itself name nobody. */
const OWN = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i;

/** Phones, mails and hosts in a text, in their order, and what follows a host in an address. */
export function findNamed(text: string): (Found | FoundPart)[] {
  if (IP.test(text)) return OWN.test(text) ? [] : [{ kind: 'host', at: 0, text }];
  const found: (Found | FoundPart)[] = [];
  for (const match of text.matchAll(NAMED)) {
    const { scheme, user = '', urlHost, rest, mail, host, phone } = match.groups ?? {};
    const at = match.index;
    if (mail !== undefined) found.push({ kind: 'mail', at, text: mail });
    else if (phone !== undefined) found.push({ kind: 'phone', at, text: phone });
    else if (host !== undefined) found.push({ kind: 'host', at, text: host });
    else if (scheme !== undefined && urlHost !== undefined) {
      const from = at + scheme.length + user.length;
      if (user !== '') found.push({ kind: 'user', at: at + scheme.length, text: user });
      if (!OWN.test(urlHost)) found.push({ kind: 'host', at: from, text: urlHost });
      if (rest) found.push({ kind: 'rest', at: from + urlHost.length, text: rest });
    }
  }
  return found;
}

/** True for digits alone that look like the number of a mobile telephone. */
export function isPhoneNumber(digits: string): boolean {
  return /^1[3-9]\d{9}$/.test(digits);
}
