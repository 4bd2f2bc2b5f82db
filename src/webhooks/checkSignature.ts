import { isSame } from '../http/isSame';
import { webhookSign } from './signature';

/**
 * What a webhook's signature is worth: `right`; `wrong` (another token, or another time than was signed); `late` (right,
 * and RequestTime more than a minute off, so that it may have been sent by somebody who overheard it); `missing`;
 * `notChecked`, since no token is known.
 */
export type SignatureVerdict = 'right' | 'wrong' | 'late' | 'missing' | 'notChecked';

/** Seconds that RequestTime may be off, as the documentation of webhook authentication has it (269/32431). */
const MOST_SECONDS_OFF = 60;

/**
 * Checks `Sign` and `RequestTime` of a webhook's query.
 *
 * @param token the token of the console; undefined when none is known
 * @param now Unix milliseconds
 */
export function checkSignature(
  query: URLSearchParams,
  token: string | undefined,
  now: number,
): SignatureVerdict {
  if (token === undefined) return 'notChecked';
  const sign = query.get('Sign');
  const time = query.get('RequestTime');
  if (sign === null || time === null || sign === '' || time === '') return 'missing';
  if (!isSame(sign, webhookSign(token, time))) return 'wrong';
  const off = Math.abs(now / 1000 - Number(time));
  return off <= MOST_SECONDS_OFF ? 'right' : 'late';
}
