import { isIP } from 'node:net';
import { isLoopback } from '../../chat/regions';

/** True for an address that no other machine reaches. */
export function isLoopbackAddress(address: string): boolean {
  return isLoopback(inUrl(address));
}

/** Whether a text is an address that can be listened at. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 || text === 'localhost';
}

/** Host of a URL that leads from this machine to what listens at the address. */
export function hostOfAddress(address: string): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return inUrl(address);
}

/** Only IPv6 has colons; to ask Node for it costs a part of the start, for the pattern that it makes then. */
function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
