import { itemText, type ParsedList } from '../lists/parseList';

/** Units of text that go at once; the sandbox takes 8 MB. */
const AT_ONCE = 2_000_000;

/** The text of a list in parts that are lists themselves; a short one is its own only part. */
export function partsOf(text: string, { items }: Pick<ParsedList, 'items'>, atOnce = AT_ONCE): string[] {
  if (text.length <= atOnce) return [text];
  const parts: string[][] = [];
  let length = atOnce;
  for (const item of items) {
    const own = itemText(text, item);
    if (length + own.length > atOnce) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(own);
    length += own.length;
  }
  return parts.map((own) => `[${own.join(',')}]`);
}
