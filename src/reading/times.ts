/** What a MsgKey can hold as a time. */
const LATEST = 0xffff_ffff;

/**
 * Unix seconds of a time as servers write it: in seconds, in milliseconds, or as ISO 8601 with its zone. Without a zone
 * nobody knows which second is meant.
 */
export function secondsOf(written: string): number | undefined {
  if (/^\d{1,10}$/.test(written)) return atMost(Number(written));
  if (/^[1-9]\d{12}$/.test(written)) return atMost(Math.floor(Number(written) / 1000));
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/.test(written)) return undefined;
  const time = Date.parse(written.replace(' ', 'T'));
  return Number.isNaN(time) || time < 0 ? undefined : atMost(Math.floor(time / 1000));
}

function atMost(seconds: number): number | undefined {
  return seconds <= LATEST ? seconds : undefined;
}
