import { Refusal } from '../calls/call';
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
export function readQuery(text: string, random: SandboxSettings['random']): CallQuery {
  const values = decode(text);
  const sdkAppId = values.get('sdkappid');
  if (sdkAppId === undefined || sdkAppId === '') throw new Refusal(60012, 'sdkappid is missing');
  const identifier = values.get('identifier');
  const userSig = values.get('usersig');
  if (!isUint32(sdkAppId)) throw new Refusal(60025, 'sdkappid is not a number');
  if (identifier === undefined || identifier === '') throw new Refusal(60025, 'identifier is missing');
  if (userSig === undefined) throw new Refusal(60025, 'usersig is missing');
  if (!isRandom(values.get('random') ?? '', random)) throw new Refusal(60025, 'random is not a number');
  if (values.get('contenttype') !== 'json') throw new Refusal(60025, 'contenttype is not json');
  return { sdkAppId: Number(sdkAppId), identifier, userSig };
}

function decode(text: string): Map<string, string> {
  const values = new Map<string, string>();
  try {
    for (const part of text.split('&')) {
      const equals = part.indexOf('=');
      if (equals <= 0) continue;
      const value = part.slice(equals + 1);
      values.set(
        part.slice(0, equals),
        /[%+]/.test(value) ? decodeURIComponent(value.replaceAll('+', ' ')) : value,
      );
    }
  } catch {
    throw new Refusal(60002, 'the query cannot be decoded');
  }
  return values;
}

function isRandom(text: string, rule: SandboxSettings['random']): boolean {
  if (rule === 'ignored') return true;
  return rule === 'uint32' ? isUint32(text) : /^-?\d+$/.test(text);
}

function isUint32(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= MAX_UINT32;
}
