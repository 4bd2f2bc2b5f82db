/** Name in a Host header, without port. */
export function hostName(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}
