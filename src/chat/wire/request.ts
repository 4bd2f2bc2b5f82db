import { isJson } from '../../json/strictScanner';

/**
 * Builds a request's JSON text.
 *
 * @param fields values; undefined ones are left out
 * @param raw JSON texts, put in byte for byte; undefined ones are left out
 * @param fits what a raw text must be
 * @throws TypeError when a raw text does not fit, which is to say that it is not exactly one JSON value: put in as it
 *   is, it could add or replace fields, and the call would hit another message than was asked for
 */
export function requestBody(
  fields: Readonly<Record<string, unknown>>,
  raw: Readonly<Record<string, string | undefined>> = {},
  fits: (text: string) => boolean = isJson,
): string {
  const members: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  for (const [name, text] of Object.entries(raw)) {
    if (text === undefined) continue;
    if (!fits(text)) throw new TypeError(`${name} is not one JSON value`);
    members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

/** Cuts a list into parts of at most `size`, for calls that take so many at once. */
export function* inParts<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}
