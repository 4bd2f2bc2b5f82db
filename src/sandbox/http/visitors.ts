import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback, regions } from '../../chat/regions';
import { hostName } from '../../http/hostName';

/** Whom the calls answer besides programs and pages of this machine. */
export interface AllowedVisitors {
  /** Names by which the sandbox may be reached, without port. */
  readonly hosts: readonly string[];
  /** Origins of web pages that may call, e.g. `https://app.example.com`; `*` for every one. */
  readonly origins: readonly string[];
}

export const noVisitors: AllowedVisitors = { hosts: [], origins: [] };

/**
 * Why a request is refused: a page of some site that a browser shows here tells itself by its `Origin`, and one that
 * goes round that with a name of its own for 127.0.0.1 by its `Host`. Programs send no `Origin`, and some no `Host`.
 *
 * @param region the app's data centre if one is set; then the service's own domains, which are nobody else's, lead here
 * @returns what to answer; undefined when the request may be answered
 */
export function strangerIn(
  { host, origin }: IncomingHttpHeaders,
  allowed: AllowedVisitors,
  region = '',
): string | undefined {
  if (origin !== undefined && !isLoopbackOrigin(origin) && !mayCome(origin, allowed.origins)) {
    return 'the sandbox answers no web pages of other sites, unless --allow-origin names them';
  }
  if (host === undefined) return undefined;
  const name = hostName(host);
  if (isLoopback(name) || allowed.hosts.some((known) => known.toLowerCase() === name)) return undefined;
  if (region !== '' && isServiceDomain(name)) return undefined;
  return 'the sandbox answers by loopback names only, unless --allow-host names another one';
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

function mayCome(origin: string, known: readonly string[]): boolean {
  return known.some((item) => item === '*' || item.toLowerCase() === origin.toLowerCase());
}

function isServiceDomain(name: string): boolean {
  return regions.some(({ endpoint, standby }) =>
    [endpoint, standby].some((address) => new URL(address).hostname === name),
  );
}
