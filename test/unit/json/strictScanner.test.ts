import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isJson,
  JsonSyntaxError,
  readArray,
  readObject,
  skipSpace,
  skipValue,
} from '../../../src/json/strictScanner';
import { runs } from '../../support/runs';
import { textOf } from '../chat/arbitraries';

/** Any JSON, laid out in any way: as `JSON.stringify` would, indented, or with escapes for everything. */
const json = fc
  .tuple(fc.json(), fc.constantFrom('', ' ', '\t', '\r\n'), fc.boolean())
  .map(([text, space, escape]) => {
    const laidOut = space === '' ? text : `${space}${JSON.stringify(JSON.parse(text), null, 1)}${space}`;
    return escape
      ? laidOut.replace(/[^\x20-\x7e\s]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : laidOut;
  });

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('chat: JSON walked over as text', () => {
  it('takes any JSON as a whole', () => {
    fc.assert(
      fc.property(json, (text) => {
        assert.equal(isJson(text), true);
      }),
      runs(300, 20_000),
    );
  });

  it('accepts exactly what JSON.parse accepts, however a text is damaged', () => {
    const damaged = fc
      .tuple(json, fc.nat(), fc.nat(3), fc.string({ maxLength: 3 }))
      .map(([text, at, cut, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + cut);
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string(), textOf('{}[]":,\\ \n01-+.eEu"tfn')), (text) => {
        assert.equal(isJson(text), parses(text));
      }),
      runs(2_000, 200_000),
    );
  });

  it('agrees with JSON.parse on every number form and every single character of a string', () => {
    const numbers = [
      '0',
      '-0',
      '01',
      '-01',
      '00',
      '1.',
      '.5',
      '1.0',
      '-',
      '+1',
      '1e',
      '1e+',
      '1E-05',
      '0e1',
      '0x1',
      '1.e1',
      '--1',
    ];
    for (const text of numbers) assert.equal(isJson(text), parses(text), text);
    for (let c = 0; c < 0x180; c++) {
      for (const text of [
        `"${String.fromCharCode(c)}"`,
        `"\\${String.fromCharCode(c)}"`,
        `"\\u00${String.fromCharCode(c)}0"`,
      ]) {
        assert.equal(isJson(text), parses(text), JSON.stringify(text));
      }
    }
  });

  it('gives every member and item as the text it was written as', () => {
    const object = fc.dictionary(
      fc.string(),
      json.map((text) => text.trim()),
    );
    fc.assert(
      fc.property(object, fc.constantFrom('', ' ', '\n\t'), (members, gap) => {
        const text = `{${Object.entries(members)
          .map(([key, value]) => `${gap}${JSON.stringify(key)}${gap}:${gap}${value}${gap}`)
          .join(',')}${gap}}`;
        const found: [string, string][] = [];
        const end = readObject(text, 0, (key, start) => {
          const to = skipValue(text, start);
          found.push([key, text.slice(start, to)]);
          return to;
        });
        assert.equal(end, text.length);
        assert.deepEqual(found, Object.entries(members));
      }),
      runs(300, 20_000),
    );
  });

  it('keeps digits and escapes that values would lose', () => {
    const text = '[12345678901234567, 1.0, 1e2, "\\/\\u4f60\\n", -0]';
    const items: string[] = [];
    readArray(text, 0, (start) => {
      const end = skipValue(text, start);
      items.push(text.slice(start, end));
      return end;
    });
    assert.deepEqual(items, ['12345678901234567', '1.0', '1e2', '"\\/\\u4f60\\n"', '-0']);
  });

  it('decodes keys, and shows every one of a repeated key', () => {
    const keys: string[] = [];
    readObject('{"a\\u0062":1,"ab":2,"\\"":3}', 0, (key) => {
      keys.push(key);
      return undefined;
    });
    assert.deepEqual(keys, ['ab', 'ab', '"']);
  });

  it('skips a million brackets without running out of stack', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    assert.equal(skipValue(deep, 0), deep.length);
    assert.equal(isJson('['.repeat(1_000_000)), false);
  });

  it('says where a text stops being JSON', () => {
    const cases: [string, number][] = [
      ['{"a":}', 5],
      ['[1,]', 3],
      ['"a', 2],
      ['"\\x"', 1],
      ['{"a" 1}', 5],
      ['"\u0000"', 1],
    ];
    for (const [text, position] of cases) {
      assert.throws(
        () => skipValue(text, 0),
        (error) => error instanceof JsonSyntaxError && error.position === position,
      );
    }
    assert.equal(skipSpace(' \t\r\n1', 0), 4);
  });
});
