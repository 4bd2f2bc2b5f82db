import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { inflatedUserSig } from '../userSig';
import { isRecord, valueOfJson } from '../../json/values';

/** A UserSig of the generation before TLSSigAPIv2, which apps sign with a private key of their own. */
export interface KeyPairSig {
  readonly identifier: string;
  readonly sdkAppId: number;
  /** When it was signed, Unix seconds. */
  readonly time: number;
  /** How long it is valid, seconds from `time`. */
  readonly expire: number;
  /** DER of the signature. */
  readonly signature: Buffer;
  /** What was signed. */
  readonly text: string;
}

/**
 * The signed fields, in the order in which they are signed. The current pages describe this generation no more; the
 * form is that of its published signers, which write every value as a string.
 */
const SIGNED = [
  'TLS.appid_at_3rd',
  'TLS.account_type',
  'TLS.identifier',
  'TLS.sdk_appid',
  'TLS.time',
  'TLS.expire_after',
] as const;

/** Opens a UserSig of that generation without checking its signature; undefined when it is none. */
export function decodeKeyPairSig(text: string): KeyPairSig | undefined {
  return readKeyPairSig(inflatedUserSig(text) ?? '');
}

/** Reads what stands inside one; undefined when it is not what stands in one. @param json the inflated text */
export function readKeyPairSig(json: string): KeyPairSig | undefined {
  const fields = valueOfJson(json);
  if (!isRecord(fields)) return undefined;
  const values = SIGNED.map((name) => fields[name]);
  const signature = fields['TLS.sig'];
  if (!values.every((value) => typeof value === 'string' || typeof value === 'number')) return undefined;
  if (typeof signature !== 'string') return undefined;
  const [, , identifier, ...numbers] = values.map(String);
  const [sdkAppId, time, expire] = numbers.map(Number);
  if (!isWhole(sdkAppId) || !isWhole(time) || !isWhole(expire)) return undefined;
  return {
    ...{ identifier: identifier ?? '', sdkAppId, time, expire },
    signature: Buffer.from(signature, 'base64'),
    text: SIGNED.map((name, index) => `${name}:${String(values[index])}\n`).join(''),
  };
}

/** True when the private key that belongs to the public one signed it. */
export function isSignedByPair({ text, signature }: KeyPairSig, publicKey: KeyObject): boolean {
  return createVerify('sha256').update(text).verify(publicKey, signature);
}

/**
 * Reads a public key.
 *
 * @param pem text of a PEM file
 * @throws {Error} when it is none
 */
export function readPublicKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch (error) {
    throw new Error('The public key is no PEM text of one.', { cause: error });
  }
}

function isWhole(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}
