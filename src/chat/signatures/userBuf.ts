/** The user buffer inside a UserSig for real-time audio and video (`privMapKey`). */
export interface UserBuf {
  /** 0: the room is a number; 1: it is a text. */
  readonly version: 0 | 1;
  readonly account: string;
  readonly sdkAppId: number;
  readonly room: string;
  /** When it ends: a moment in Unix seconds, unlike `TLS.expire`. */
  readonly expiresAt: number;
  /** A bit for each thing that the user may do in the room. */
  readonly privileges: number;
  readonly accountType: number;
}

/** What stands between account and room's text: five unsigned 32-bit numbers. */
const NUMBERS = 20;

/**
 * Reads a user buffer as the official signers write it (`tls-sig-api-v2`); undefined when it is none.
 *
 * @param base64 `TLS.userbuf`
 */
export function readUserBuf(base64: string): UserBuf | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 3 + NUMBERS) return undefined;
  const [version] = bytes;
  if (version !== 0 && version !== 1) return undefined;
  const account = 3 + bytes.readUInt16BE(1);
  const end = account + NUMBERS;
  if (end > bytes.length) return undefined;
  const number = (index: number): number => bytes.readUInt32BE(account + 4 * index);
  const facts = {
    account: bytes.toString('latin1', 3, account),
    sdkAppId: number(0),
    expiresAt: number(2),
    privileges: number(3),
    accountType: number(4),
  };
  if (version === 0) return end === bytes.length ? { version, ...facts, room: String(number(1)) } : undefined;
  if (end + 2 > bytes.length || end + 2 + bytes.readUInt16BE(end) !== bytes.length) return undefined;
  return { version, ...facts, room: bytes.toString('latin1', end + 2) };
}
