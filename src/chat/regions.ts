/**
 * A data centre of the service. An app lives in exactly one; asking another one is answered with 60026.
 * `documented: 'retired'` stands in older pages only, `'codeOnly'` in code of others but in no page we know.
 */
export interface Region {
  readonly id: RegionId;
  readonly endpoint: string;
  /** For networks where the first domain's DNS is hijacked. */
  readonly standby: string;
  readonly documented: 'current' | 'retired' | 'codeOnly';
}

export type RegionId =
  | 'china'
  | 'singapore'
  | 'seoul'
  | 'tokyo'
  | 'frankfurt'
  | 'siliconValley'
  | 'jakarta'
  | 'india'
  | 'saudiArabia';

function region(
  id: RegionId,
  host: string,
  standby: string,
  documented: Region['documented'] = 'current',
): Region {
  return { id, endpoint: `https://${host}`, standby: `https://${standby}`, documented };
}

/** Every data centre, as trtc.io/document/34620 and /47722 list them, with older and unlisted ones last. */
export const regions: readonly Region[] = [
  region('china', 'console.tim.qq.com', 'adminapi.my-imcloud.com'),
  region('singapore', 'adminapisgp.im.qcloud.com', 'adminapisgp.my-imcloud.com'),
  region('seoul', 'adminapikr.im.qcloud.com', 'adminapikr.my-imcloud.com'),
  region('tokyo', 'adminapijpn.im.qcloud.com', 'adminapijpn.my-imcloud.com'),
  region('frankfurt', 'adminapiger.im.qcloud.com', 'adminapiger.my-imcloud.com'),
  region('siliconValley', 'adminapiusa.im.qcloud.com', 'adminapiusa.my-imcloud.com'),
  region('jakarta', 'adminapiidn.im.qcloud.com', 'adminapiidn.my-imcloud.com'),
  region('india', 'adminapiind.im.qcloud.com', 'adminapiind.my-imcloud.com', 'retired'),
  region('saudiArabia', 'adminapiksa.im.qcloud.com', 'adminapiksa.my-imcloud.com', 'codeOnly'),
];

export type EndpointProblem = 'empty' | 'notUrl' | 'notHttps' | 'credentials' | 'path';

/** True for hosts that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Reads what a person typed as an endpoint. A missing scheme is filled in, a pasted request URL (`/v4/…?…`) is cut
 * back to its origin. Plain http is accepted on this machine only.
 */
export function checkEndpoint(text: string): { endpoint: string } | { problem: EndpointProblem } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  const url = toUrl(trimmed);
  if (!url?.hostname) return { problem: 'notUrl' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'notUrl' };
  if (url.username !== '' || url.password !== '') return { problem: 'credentials' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return { problem: 'notHttps' };
  if (url.pathname !== '/' && !/^\/v4(\/|$)/.test(url.pathname)) return { problem: 'path' };
  return { endpoint: url.origin };
}

function toUrl(text: string): URL | undefined {
  if (/\s/.test(text)) return undefined;
  if (text.includes('://')) return parse(text);
  const assumed = parse(`http://${text}`);
  return assumed && isLoopback(assumed.hostname) ? assumed : parse(`https://${text}`);
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
