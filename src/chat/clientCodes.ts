/**
 * Error codes of the client SDKs. They come from the SDK on a device and never from a REST call, and they overlap with
 * none of the service's. What the commonest mean stands in `l10n/codes*.json` under `client` and the code
 * (trtc.io/document/34348, section 1; those of the Web SDK as its published code names them).
 */
const explained: ReadonlySet<number> = new Set([
  ...[2800, 2801, 2805, 2996, 2999],
  ...[6004, 6009, 6013, 6014, 6015, 6016, 6017, 6206, 6208],
  ...[7003, 7005, 7006, 7008, 7013, 7015, 8001, 8003, 8006, 8501],
]);

/** The codes that are explained, rising. */
export const explainedClientCodes: readonly number[] = [...explained];

/** True for the numbers of client SDKs: 2xxx (Web), 6xxx, 7xxx and 8xxx. */
export function isClientCode(code: number): boolean {
  return Number.isInteger(code) && [2, 6, 7, 8].includes(Math.floor(code / 1000));
}

/** The key of a client code's texts; one for all that are not explained on their own. */
export function clientTextKey(code: number): string {
  return explained.has(code) ? `client ${code}` : 'client';
}
