import { signatureAt } from './signature';

/**
 * Where a webhook goes that is sent again: the address with the query it came with, signed anew.
 *
 * @param token without one nothing is signed, and what the query had of it is left out
 * @param now Unix milliseconds
 */
export function replayUrl(
  to: URL,
  query: readonly (readonly [string, string])[],
  token: string | undefined,
  now: number,
): URL {
  const url = new URL(to);
  for (const [name, value] of query)
    if (!/^(sign|requesttime)$/i.test(name)) url.searchParams.append(name, value);
  if (token !== undefined)
    for (const [name, value] of Object.entries(signatureAt(token, now))) url.searchParams.append(name, value);
  return url;
}
