import type { ChatApp, Credential } from '../chatMessage';
import { isSignedWith, makeUserSig, type DecodedUserSig } from '../userSig';

/** How a key is often mistaken: with a line break of its file, with quotes, in other letters, as bytes. */
export type KeySlip = 'lineBreak' | 'blanks' | 'quotes' | 'letters' | 'bytes';

/** What a key has to do with a UserSig. */
export type KeyMatch = 'exact' | KeySlip;

/** Signs and recognises UserSigs of one app. Its key can be used and not be read. */
export class Signer {
  readonly #credential: Credential;

  constructor(
    /** Name of the connection. */
    readonly name: string,
    readonly app: ChatApp,
    credential: Credential,
  ) {
    this.#credential = credential;
  }

  /** False for a connection that has a ready-made UserSig only. */
  get hasKey(): boolean {
    return this.#credential.kind === 'secretKey';
  }

  /** Whether its key made a UserSig, as it is or as it is often mistaken. */
  made(userSig: DecodedUserSig): KeyMatch | undefined {
    if (this.#credential.kind !== 'secretKey') return undefined;
    for (const [match, key] of writings(this.#credential.secretKey)) {
      if (isSignedWith(userSig, key)) return match;
    }
    return undefined;
  }

  /**
   * The UserSig of a connection that has a ready-made one, else one made now.
   *
   * @param expire seconds
   */
  sign(userId: string, expire: number): string {
    return this.#credential.kind === 'userSig'
      ? this.#credential.userSig
      : makeUserSig(this.app.sdkAppId, this.#credential.secretKey, userId, expire);
  }
}

function* writings(key: string): Generator<[KeyMatch, string | Buffer]> {
  yield ['exact', key];
  for (const end of ['\n', '\r\n']) yield ['lineBreak', key + end];
  for (const written of [` ${key}`, `${key} `, ` ${key} `, key.trim()]) yield ['blanks', written];
  for (const quote of ['"', "'"]) yield ['quotes', quote + key + quote];
  for (const written of [key.toUpperCase(), key.toLowerCase()]) yield ['letters', written];
  yield ['bytes', Buffer.from(key, 'hex')];
  yield ['bytes', Buffer.from(key, 'base64')];
}
