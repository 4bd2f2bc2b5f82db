import { createHmac, timingSafeEqual } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { Api } from 'tls-sig-api-v2';
import { isRecord, valueOfJson } from '../json/values';
import type { ChatApp, Credential } from './chatMessage';

/** How long a UserSig that we sign ourselves lives, in seconds; the documentation advises a day at least. */
const USER_SIG_LIFETIME = 24 * 60 * 60;

/** Seconds before its end at which a UserSig is replaced, so that none expires on its way to the service. */
const RENEW_BEFORE = 30 * 60;

/** What stands inside a UserSig (TLSSigAPIv2). */
export interface DecodedUserSig {
  /** `TLS.ver`, "2.0". */
  readonly version: string;
  readonly identifier: string;
  readonly sdkAppId: number;
  /** `TLS.time`: when it was signed, Unix seconds. */
  readonly time: number;
  /** `TLS.expire`: how long it is valid, seconds from `time`. */
  readonly expire: number;
  /** `TLS.sig`: base64 of the HMAC-SHA256. */
  readonly signature: string;
  /** `TLS.userbuf`, base64; real-time audio and video only. */
  readonly userBuf?: string;
}

/**
 * Signs a UserSig for `userId`.
 *
 * @param expire seconds it is valid from now
 */
export function makeUserSig(
  sdkAppId: number,
  secretKey: string,
  userId: string,
  expire = USER_SIG_LIFETIME,
): string {
  return new Api(sdkAppId, secretKey).genUserSig(userId, expire);
}

/** Opens a UserSig without checking its signature; undefined when it is none: cut, mistyped, of the old kind. */
export function decodeUserSig(text: string): DecodedUserSig | undefined {
  if (!/^[A-Za-z0-9*\-_]+$/.test(text)) return undefined;
  return readUserSig(inflatedUserSig(text) ?? '');
}

/** Reads what stands inside a UserSig; undefined when it is not what stands in one. @param json the inflated text */
export function readUserSig(json: string): DecodedUserSig | undefined {
  const f = valueOfJson(json);
  if (!isRecord(f)) return undefined;
  const [version, identifier, signature] = [f['TLS.ver'], f['TLS.identifier'], f['TLS.sig']];
  const [sdkAppId, time, expire] = [whole(f['TLS.sdkappid']), whole(f['TLS.time']), whole(f['TLS.expire'])];
  const userBuf = f['TLS.userbuf'];
  if (typeof version !== 'string' || typeof identifier !== 'string' || typeof signature !== 'string') {
    return undefined;
  }
  if (sdkAppId === undefined || time === undefined || expire === undefined) return undefined;
  const decoded = { version, identifier, sdkAppId, time, expire, signature };
  return typeof userBuf === 'string' ? { ...decoded, userBuf } : decoded;
}

/** The text inside a UserSig of any generation; undefined when it was cut or is of another encoding. */
export function inflatedUserSig(userSig: string): string | undefined {
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
  try {
    // A real one inflates to some 200 bytes; the bound keeps a forged one from filling the memory.
    return inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: 64 * 1024 }).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Signers in some languages write the numbers as strings. */
function whole(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** True when the UserSig was signed with this key. Says nothing about who it is for and when it ends. */
export function isSignedWith(userSig: DecodedUserSig, secretKey: string | Buffer): boolean {
  let text =
    `TLS.identifier:${userSig.identifier}\nTLS.sdkappid:${userSig.sdkAppId}\n` +
    `TLS.time:${userSig.time}\nTLS.expire:${userSig.expire}\n`;
  if (userSig.userBuf !== undefined) text += `TLS.userbuf:${userSig.userBuf}\n`;
  const expected = createHmac('sha256', secretKey).update(text).digest();
  const actual = Buffer.from(userSig.signature, 'base64');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Gives the UserSig for calls: a ready-made one as it is, or one signed here, kept, and renewed in time. */
export class UserSigSource {
  private kept: { userSig: string; renewAt: number } | undefined;

  /** @param now the clock, in milliseconds */
  constructor(
    private readonly app: ChatApp,
    private readonly credential: Credential,
    private readonly now: () => number,
  ) {}

  get(): string {
    if (this.credential.kind === 'userSig') return this.credential.userSig;
    const now = this.now();
    // A clock that was set back makes the signature one from the future: sign again then, too.
    const fresh = this.kept && now < this.kept.renewAt && now > this.kept.renewAt - USER_SIG_LIFETIME * 1000;
    if (this.kept && fresh) return this.kept.userSig;
    const { sdkAppId, administrator } = this.app;
    const userSig = makeUserSig(sdkAppId, this.credential.secretKey, administrator);
    this.kept = { userSig, renewAt: now + (USER_SIG_LIFETIME - RENEW_BEFORE) * 1000 };
    return userSig;
  }

  /**
   * Forgets the kept UserSig, unless it is another one than `refused` by now.
   *
   * @returns false when there is nothing to sign with, so the next one would be the same
   */
  renew(refused?: string): boolean {
    if (this.credential.kind === 'userSig') return false;
    if (refused === undefined || this.kept?.userSig === refused) this.kept = undefined;
    return true;
  }

  /** Takes secrets out of a text that is to be shown or logged. */
  redact(text: string): string {
    const secrets =
      this.credential.kind === 'userSig'
        ? [this.credential.userSig]
        : [this.credential.secretKey, this.kept?.userSig ?? ''];
    return secrets.reduce((t, secret) => (secret === '' ? t : t.replaceAll(secret, '…')), text);
  }
}
