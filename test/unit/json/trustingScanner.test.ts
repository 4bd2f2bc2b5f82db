import assert from 'node:assert/strict';
import fc from 'fast-check';
import { itemTexts, memberTexts } from '../../../src/json/trustingScanner';
import { runs } from '../../support/runs';

/** Blanks that JSON allows between tokens. */
const blank = fc
  .array(fc.constantFrom(' ', '\n', '\t', '\r'), { maxLength: 2 })
  .map((parts) => parts.join(''));
const value = fc.oneof(
  fc.jsonValue().map((any) => JSON.stringify(any)),
  fc.constantFrom(
    '12345678901234567',
    '1.50',
    '-0',
    '1e400',
    '"\\u00e9\\/"',
    '"]}\\\\"',
    '"\\""',
    '[]',
    '{}',
  ),
);
const name = fc.oneof(fc.string(), fc.constantFrom('a', '\\', '"', '__proto__', 'é'));

describe('json: texts inside JSON that is trusted', () => {
  it('members come out as they were written', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, value, blank, blank), { selector: ([key]) => key }),
        (members) => {
          const text = members
            .map(([key, raw, b, c]) => `${b}${JSON.stringify(key)}${c}:${b}${raw}${c}`)
            .join(',');
          for (const object of [`{${text}}`, ` {${text}} `]) {
            assert.deepEqual(
              [...memberTexts(object)],
              members.map(([key, raw]) => [key, raw]),
            );
          }
        },
      ),
      runs(300, 100_000),
    );
  });

  it('items come out as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, blank, blank)), (items) => {
        const text = `[${items.map(([raw, b, c]) => `${b}${raw}${c}`).join(',')}]`;
        assert.deepEqual(
          itemTexts(text),
          items.map(([raw]) => raw),
        );
      }),
      runs(300, 100_000),
    );
  });

  it('of two members of one name the last counts, however the name is written', () => {
    assert.deepEqual([...memberTexts('{"a":1,"\\u0061":2}')], [['a', '2']]);
  });
});
