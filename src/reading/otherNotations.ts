import type { TextRange } from '../json/text';

/** A notation that is named, not read. */
export type UnreadNotation = 'php' | 'ruby' | 'java' | 'go' | 'xml' | 'yaml';

/** How each is told, the surest first. */
const SIGNS: readonly (readonly [UnreadNotation, RegExp])[] = [
  // serialize, var_dump, print_r, var_export and short arrays.
  ['php', /\b[aO]:\d+:(?:\{|")|\]\s*=>\s*\n?\s*(?:string|int|array|bool|object|float)\(|^\s*\[\w+\] => /m],
  ['php', /\barray\s*\(|'[\w]+'\s*=>|\$\w+\s*=\s*\[/i],
  ['ruby', /"\w+"\s*=>|:\w+\s*=>|\b\w+: :\w+|:\w+=>/],
  ['go', /\bmap\[\w|&?\{[A-Z]\w*:\S* [A-Z]\w*:|\[0xc0[0-9a-f]+/],
  ['java', /\b[A-Z]\w*[({]\w+=[^=]|[{,]\s*\w+=[^=\s]/],
  ['xml', /<(?:MsgBody|MsgType|From_Account|MsgContent)\b[^>]*>/],
  ['yaml', /^\s*(?:- )?Msg(?:Body|Type|Content):\s*(?:$|\S)/m],
];

/** Content of a message, as all of these notations write it. */
const CONTENT = /TIM\w{3,20}Elem|\bmsg_?content\b|\bmsg_?type\b/i;

/** The notation that a stretch of a text holds a message's content in, and where; undefined when it holds none. */
export function unreadIn(
  text: string,
  { offset, length }: TextRange,
): { readonly notation: UnreadNotation; readonly range: TextRange; readonly content: boolean } | undefined {
  const stretch = text.slice(offset, offset + length);
  const content = CONTENT.exec(stretch);
  const notation = SIGNS.find(([, sign]) => sign.test(stretch))?.[0];
  if (notation === undefined) return undefined;
  const at = content?.index ?? Math.max(0, stretch.search(/\S/));
  return {
    notation,
    content: content !== null,
    range: { offset: offset + at, length: content?.[0].length ?? 1 },
  };
}
