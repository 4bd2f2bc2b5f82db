import { createHash } from 'node:crypto';

/**
 * `Sign` of a webhook: SHA-256 of token and RequestTime as lower-case hex (269/32431). The body is not covered.
 *
 * @param requestTime the query's `RequestTime`, as it stands there
 */
export function webhookSign(token: string, requestTime: string): string {
  return createHash('sha256')
    .update(token + requestTime)
    .digest('hex');
}

/**
 * What the query of a webhook has of its signature.
 *
 * @param now Unix milliseconds
 */
export function signatureAt(
  token: string,
  now: number,
): { readonly Sign: string; readonly RequestTime: string } {
  const time = String(Math.floor(now / 1000));
  return { Sign: webhookSign(token, time), RequestTime: time };
}
