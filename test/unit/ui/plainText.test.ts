/* eslint-disable no-control-regex -- control characters are what this is about */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logText, plainLines, plainText, withoutAddresses, withoutControls } from '../../../src/ui/plainText';

/** As VS Code's `parseLinkedText` finds links in notices, progress and prompts (1.100 and 1.139). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** As VS Code's `renderLabelWithIcons` finds icons in prompts, lists and the status bar. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

const pieces = fc.constantFrom(
  '[x](command:tencentChat.connection.edit?%7B%7D)',
  '[x](https://elsewhere.example/a "title")',
  '](',
  '[',
  ']',
  '(',
  ')',
  '$(',
  '$(trash)',
  '$(sync~spin)',
  '\\',
  '\\$(x)',
  '<img src=x onerror=alert(1)>',
  '\u001b[31m',
  '\u001b]8;;https://elsewhere.example\u0007',
  '\u202e',
  '\u2066',
  '\u2068',
  '\u2069',
  '\u0000',
  '\u0085',
  '\r\n',
  '\n',
  '\u2028',
  '\ud800',
  'command:',
  'https://',
  '你好',
  'שלום',
);
const hostile = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 40 })
  .map((parts) => parts.join(''));

const runs = { numRuns: 2_000, seed: 20261125 };

describe('text of others', () => {
  it('makes no link and no icon, whatever is put together', () => {
    for (const [text, link, icon] of [
      ['[x](command:a.b)', true, false],
      ['\\[x](https://a.example)', true, false],
      ['$(trash)', false, true],
      ['\\$(sync~spin)', false, true],
    ] as const) {
      assert.equal(LINK.test(text), link, 'VS Code would make a link of it');
      assert.equal(ICON.test(text), icon, 'VS Code would make an icon of it');
    }
    fc.assert(
      fc.property(hostile, (text) => {
        for (const shown of [plainText(text), plainLines(text)]) {
          assert.doesNotMatch(shown, LINK);
          assert.doesNotMatch(shown, ICON);
        }
      }),
      runs,
    );
  });

  it('keeps the line it stands in, and its own place in it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(
          plainText(text),
          /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066\u2067]/,
        );
        assert.doesNotMatch(
          plainLines(text),
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/,
        );
        const isolates = (plainText(text).match(/[\u2068\u2069]/g) ?? []).join('');
        assert.match(isolates.replace(/(?:\u2068\u2069)+/g, ''), /^(?:\u2068+\u2069+)*$/);
        assert.ok(!/[\ud800-\udbff](?![\udc00-\udfff])/.test(plainText(text)));
      }),
      runs,
    );
    assert.equal(plainText('a\r\n  b\tc\u001b[1m\u202ed'), 'a b c\\u001b[1m\\u202ed');
    assert.equal(plainLines('a\r\nb\u2028c'), 'a\nb\nc');
  });

  it('is cut where it is too long', () => {
    const long = 'x'.repeat(10_000);
    assert.equal(plainText(long).length, 800);
    assert.equal(plainText(long, 200), `${'x'.repeat(199)}…`);
    assert.equal(plainLines(long).length, 4_000);
    assert.equal(plainText(`${'x'.repeat(198)}😀😀`, 200), `${'x'.repeat(198)}\ufffd…`);
  });

  it('stays as it is where nothing is hostile', () => {
    for (const text of ['alice → bob', '“你好”, [1] (2) $5', 'a_b*c `d` <e> & f', '\u2068שלום\u2069']) {
      assert.equal(plainText(text), text);
      assert.equal(logText(text), text);
    }
  });

  it('makes no entry of its own in the log, and moves no terminal', () => {
    const forged = 'harmless\n2026-11-25 10:00:00.000 [info] the connection was removed\u001b[2J';
    assert.equal(
      logText(forged),
      'harmless\n    2026-11-25 10:00:00.000 [info] the connection was removed\\u001b[2J',
    );
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(withoutControls(text), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        for (const line of logText(text).split('\n').slice(1)) assert.match(line, /^ {4}/);
      }),
      runs,
    );
  });

  it('makes no address that Markdown would link by itself', () => {
    const shown = withoutAddresses('https://a.example, www.a.example, FTP://a.example and me@a.example');
    assert.doesNotMatch(shown, /:\/\/|www\.|@a/i);
  });
});
