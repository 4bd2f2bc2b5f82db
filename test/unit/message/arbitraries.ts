import fc from 'fast-check';

/** Characters that hurt: breaks, quotes, escapes, both halves of a pair, right-to-left, wide. */
const awkward = fc.constantFrom(
  'a', 'Z', '0', ' ', '\t', '\n', '\r', '\r\n', '"', '\\', '/', '{', '}', '[', ']', ':', ',', '#', '<', '&',
  '你', 'é', '😀', '\ud83d', '\ude00', '\u2028', '\u0000', '\u001f', 'שלום', '\ufeff', '//', '/*', '*/',
); // prettier-ignore

/** Text of any kind, mostly made of characters that hurt. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(awkward, { maxLength: 24 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const space = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.constantFrom(' ', '\n', '\r\n', '\t', '\n    ', ' \r\n  ', '\r'),
);

/** One unit of a string as a literal may write it. */
const literalUnit = fc.oneof(
  fc.constantFrom(
    'a', 'b', ' ', '/', '\\/', '\\n', '\\u000a', '\\r\\n', '\\t', '\\"', '\\\\', '你', '\\u4f60', '\\u4F60', '😀',
    '\\ud83d\\ude00', '\\ud83d', '\\uDE00', '\ud83d', '\ude00', '<', '\\u003c', '\\b', '\u2028', '\\u0000', '{', ':',
  ), // prettier-ignore
);

/** A JSON string literal in any style, lone surrogates included. */
export const stringLiteral: fc.Arbitrary<string> = fc
  .array(literalUnit, { maxLength: 12 })
  .map((units) => `"${units.join('')}"`);

const number = fc.constantFrom(
  '0', '-0', '1', '1.0', '12345678901234567', '1e400', '0.1000', '-1.5E-3', '9007199254740993',
); // prettier-ignore

const scalar = fc.oneof(stringLiteral, number, fc.constantFrom('true', 'false', 'null'));

function container(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const pad = (text: fc.Arbitrary<string>) => fc.tuple(space, text, space).map((parts) => parts.join(''));
  const array = fc.array(pad(item), { maxLength: 4 }).map((items) => `[${items.join(',')}]`);
  const key = fc.oneof(fc.constantFrom('"a"', '"b"', '"MsgBody"', '"Data"'), stringLiteral);
  const property = fc.tuple(pad(key), pad(item)).map((parts) => parts.join(':'));
  const object = fc.array(property, { maxLength: 4 }).map((items) => `{${items.join(',')}}`);
  return fc.oneof(array, object);
}

/** Any strict JSON text: repeated keys, odd white space, big numbers, lone surrogates, strings with JSON inside. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    container(tie('value')),
    tie('value').map((text) => JSON.stringify(text)),
    tie('value').map((text) => JSON.stringify(text).replace(/\//g, '\\/')),
  ),
})).value;

/** A message document in any layout, with either, both or none of its members, and strange ones beside them. */
export const documentText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('MsgBody', 'CloudCustomData', 'MsgKey', 'Msg\\u0042ody'), jsonText), {
      maxLength: 3,
    }),
    space,
    space,
    space,
  )
  .map(
    ([members, a, b, c]) =>
      `${a}{${b}${members.map(([key, value]) => `"${key}"${c}:${b}${value}${a}`).join(`,${c}`)}${c}}${b}`,
  );

/** A change of a text: where it begins and ends as shares of its length, and what it puts there. */
export interface RelativeChange {
  readonly from: number;
  readonly length: number;
  readonly insert: string;
}

export const relativeChange: fc.Arbitrary<RelativeChange> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(40)),
  insert: fc.oneof(anyText, stringLiteral, jsonText, fc.constantFrom('', '\n', '\n  ', '"', ',', '{', ']')),
});

/** The change in units of a text. */
export function placed(text: string, change: RelativeChange): { from: number; to: number; insert: string } {
  const from = Math.min(text.length, Math.floor(change.from * (text.length + 1)));
  return { from, to: Math.min(text.length, from + change.length), insert: change.insert };
}
