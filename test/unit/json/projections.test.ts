import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseMessage } from '../../../src/message/document';
import { applyEdits, type TextRange } from '../../../src/json/text';
import { tokensOf } from '../../../src/json/tokens';
import {
  afterMany,
  composeProjections,
  editMany,
  embeddedStrings,
  layoutProjection,
  lineProjection,
  openString,
  rangeInProjection,
  sliceProjection,
  stringProjection,
  type Projection,
  type ProjectionChange,
} from '../../../src/json/projections';
import { runs } from '../../support/runs';
import {
  anyText,
  documentText,
  jsonText,
  placed,
  relativeChange,
  stringLiteral,
} from '../message/arbitraries';

/** What every view promises for one change; returns the source after it. */
function assertExact(
  view: Projection,
  change: ProjectionChange,
  shows: (source: string, range: TextRange) => string | undefined,
): string {
  const edits = view.edit(change);
  assert.ok(edits.length <= 1);
  const source = applyEdits(view.source, edits);
  const end = view.range.offset + view.range.length;
  for (const edit of edits) {
    assert.ok(edit.offset >= view.range.offset && edit.offset + edit.length <= end, 'outside of the range');
  }
  const wanted = view.text.slice(0, change.from) + change.insert + view.text.slice(change.to);
  const after = view.after(change);
  assert.equal(after.source, source);
  assert.equal(after.text, wanted);
  const length = view.range.length + source.length - view.source.length;
  assert.deepEqual(after.range, { offset: view.range.offset, length });
  assert.equal(shows(source, after.range), wanted);
  return source;
}

const spelled = (text: string) => tokensOf(text).map((token) => text.slice(token.offset, token.end));
const lineFeeds = (text: string) => text.replace(/\r\n?/g, '\n');

describe('sliceView', () => {
  it('shows later lines without the indentation of the line in which the slice starts', () => {
    const source = '{\n  "MsgBody": [\n    1,\n\n   2\n  ],\n "x": 0}';
    const range = { offset: source.indexOf('['), length: source.indexOf(']') + 1 - source.indexOf('[') };
    assert.equal(sliceProjection(source, range).text, '[\n  1,\n\n 2\n]');
  });

  it('shows carriage returns as line feeds and writes them back', () => {
    const source = '{\r\n\t"MsgBody": [\r\n\t\t1\r\n\t]\r\n}';
    const range = { offset: source.indexOf('['), length: source.indexOf(']') + 1 - source.indexOf('[') };
    const view = sliceProjection(source, range);
    assert.equal(view.text, '[\n\t1\n]');
    const edits = view.edit({ from: 4, to: 4, insert: ',\n\t2' });
    assert.equal(applyEdits(source, edits), '{\r\n\t"MsgBody": [\r\n\t\t1,\r\n\t\t2\r\n\t]\r\n}');
  });

  it('indents what is typed on an empty line, and leaves an empty line empty', () => {
    const source = '{\n  "MsgBody": [\n\n  ]\n}';
    const range = { offset: 15, length: source.indexOf(']') + 1 - 15 };
    const view = sliceProjection(source, range);
    assert.equal(
      applyEdits(source, view.edit({ from: 2, to: 2, insert: '7' })),
      '{\n  "MsgBody": [\n  7\n  ]\n}',
    );
    assert.equal(
      applyEdits(source, view.edit({ from: 2, to: 2, insert: '\n' })),
      '{\n  "MsgBody": [\n\n\n  ]\n}',
    );
  });

  it('keeps a line that would lose what was typed as indentation', () => {
    const source = '  {"a": [\n 1]}';
    const range = { offset: source.indexOf('['), length: 5 };
    const view = sliceProjection(source, range);
    assert.equal(view.text, '[\n 1]');
    assertExact(view, { from: 2, to: 2, insert: ' ' }, (text, at) => sliceProjection(text, at).text);
  });

  it('is exact for any document, slice and change', () => {
    fc.assert(
      fc.property(documentText, fc.boolean(), relativeChange, (source, first, relative) => {
        const { msgBody, cloudCustomData } = parseMessage(source);
        const node = first ? (msgBody ?? cloudCustomData) : (cloudCustomData ?? msgBody);
        fc.pre(node !== undefined);
        const view = sliceProjection(source, { offset: node.offset, length: node.length });
        const change = placed(view.text, { ...relative, insert: lineFeeds(relative.insert) });
        assertExact(view, change, (text, range) => sliceProjection(text, range).text);
      }),
      runs(400, 20_000),
    );
  });

  it('is exact for any text at all', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, relativeChange, (before, inside, after, relative) => {
        const view = sliceProjection(before + inside + after, {
          offset: before.length,
          length: inside.length,
        });
        const change = placed(view.text, { ...relative, insert: lineFeeds(relative.insert) });
        // A carriage return and a line feed that meet at the end of a slice make one break of two.
        fc.pre(!before.endsWith('\r') && !after.startsWith('\n'));
        assertExact(view, change, (text, range) => sliceProjection(text, range).text);
      }),
      runs(600, 40_000),
    );
  });

  it('maps every position there and back', () => {
    fc.assert(
      fc.property(documentText, (source) => {
        const view = lineProjection(source);
        for (let at = 0; at <= view.text.length; at += 1) {
          assert.equal(view.fromDocument(view.toDocument(at).offset), at);
        }
      }),
      runs(100, 5_000),
    );
  });
});

describe('stringView', () => {
  const edited = (literal: string, change: ProjectionChange) => {
    const view = stringProjection(literal, { offset: 0, length: literal.length });
    assert.ok(view);
    return applyEdits(literal, view.edit(change));
  };

  it('decodes, and maps through escapes', () => {
    const source = 'x"a\\n\\u4f60b"';
    const view = stringProjection(source, { offset: 1, length: source.length - 1 });
    assert.equal(view?.text, 'a\n你b');
    assert.deepEqual(view.toDocument(1, 3), { offset: 3, length: 8 });
    assert.equal(view.fromDocument(7), 2);
    assert.deepEqual(rangeInProjection(view, { offset: 5, length: 6 }), { from: 2, to: 3 });
  });

  it('writes in the style of the string', () => {
    const table: [before: string, change: ProjectionChange, after: string][] = [
      ['"a"', { from: 1, to: 1, insert: '/你\n"\\' }, '"a/你\\n\\"\\\\"'],
      ['"a\\/b"', { from: 3, to: 3, insert: '/' }, '"a\\/b\\/"'],
      ['"a\\/b/"', { from: 3, to: 3, insert: '/' }, '"a\\/b//"'],
      ['"\\u4F60"', { from: 1, to: 1, insert: '好😀' }, '"\\u4F60\\u597D\\uD83D\\uDE00"'],
      ['"\\u4f60好"', { from: 2, to: 2, insert: '你' }, '"\\u4f60好你"'],
      ['"\\u003cb"', { from: 2, to: 2, insert: '>' }, '"\\u003cb\\u003e"'],
      ['"\\u000a"', { from: 1, to: 1, insert: '\t' }, '"\\u000a\\u0009"'],
    ];
    for (const [before, change, after] of table) assert.equal(edited(before, change), after);
  });

  it('never leaves half of a pair in the text', () => {
    assert.equal(edited('"😀"', { from: 1, to: 2, insert: '' }), '"\\ud83d"');
    assert.equal(edited('"😀"', { from: 1, to: 2, insert: '\ude01' }), '"😁"');
    assert.equal(edited('"😀"', { from: 0, to: 1, insert: '' }), '"\\ude00"');
    assert.equal(edited('"a"', { from: 1, to: 1, insert: '\ude00' }), '"a\\ude00"');
  });

  it('refuses what is no string literal', () => {
    for (const text of ['"a', 'a"', '"', '""a"', '"\\x"', '"\\u12"', '"a\\"']) {
      assert.equal(stringProjection(text, { offset: 0, length: text.length }), undefined, text);
    }
  });

  it('is exact for any literal and change', () => {
    fc.assert(
      fc.property(anyText, stringLiteral, anyText, relativeChange, (before, literal, after, relative) => {
        const view = stringProjection(before + literal + after, {
          offset: before.length,
          length: literal.length,
        });
        assert.ok(view);
        const change = placed(view.text, relative);
        const source = assertExact(view, change, (text, range) => stringProjection(text, range)?.text);
        const inside = source.slice(before.length, source.length - after.length);
        assert.equal(
          JSON.parse(inside),
          view.text.slice(0, change.from) + change.insert + view.text.slice(change.to),
        );
      }),
      runs(800, 60_000),
    );
  });
});

describe('layoutView', () => {
  it('shows one line over many and writes tokens back in its own style', () => {
    const table: [before: string, find: string, insert: string, after: string][] = [
      ['{"a":1,"b":[2]}', '2', '2,\n  3', '{"a":1,"b":[2,3]}'],
      ['{"a": 1, "b": [2]}', '2', '2,\n3', '{"a": 1, "b": [2, 3]}'],
      ['{"a":1}', '1', '1,\n  "b":  {}', '{"a":1,"b":{}}'],
      ['{"n":12345678901234567}', '01234567', '01234568', '{"n":12345678901234568}'],
      ['{"a":1}', '{', '{\n\n', '{"a":1}'],
      ['{"a": 1}', '1', '1,\n"b":2', '{"a": 1, "b": 2}'],
    ];
    for (const [before, find, insert, after] of table) {
      const view = layoutProjection(before);
      const from = view.text.indexOf(find);
      assert.equal(applyEdits(before, view.edit({ from, to: from + find.length, insert })), after);
    }
  });

  it('touches one digit only where one digit was typed', () => {
    const view = layoutProjection('{"id":12345678901234567,"b":1}');
    const from = view.text.indexOf('7,');
    assert.deepEqual(view.edit({ from, to: from + 1, insert: '8' }), [{ offset: 22, length: 1, text: '8' }]);
  });

  it('keeps a layout that a person made, also when the source changes elsewhere', () => {
    const shown = '{\n\n  "a":   1,\n  "b": 2\n}';
    assert.equal(layoutProjection('{"a":1,"b":2}', shown).text, shown);
    assert.equal(layoutProjection('{"a":1,"b":3}', shown).text, '{\n\n  "a":   1,\n  "b": 3\n}');
  });

  it('is exact for any JSON and any run of changes', () => {
    fc.assert(
      fc.property(jsonText, fc.array(relativeChange, { minLength: 1, maxLength: 4 }), (json, changes) => {
        let view = layoutProjection(json);
        for (const relative of changes) {
          const change = placed(view.text, { ...relative, insert: lineFeeds(relative.insert) });
          const wanted = view.text.slice(0, change.from) + change.insert + view.text.slice(change.to);
          const source = applyEdits(view.source, view.edit(change));
          assert.deepEqual(spelled(source), spelled(wanted));
          view = view.after(change);
          assert.equal(view.source, source);
          assert.equal(view.text, wanted);
          assert.equal(
            layoutProjection(source, wanted).text,
            wanted,
            'a page that looks again sees its own text',
          );
        }
      }),
      runs(500, 40_000),
    );
  });
});

describe('openString', () => {
  it('opens JSON three levels deep and changes one digit of the innermost', () => {
    const inner = '{"id":12345678901234567,"p":"a\\/b"}';
    const middle = `{"inner":${JSON.stringify(inner)}}`;
    const document = `{ "CloudCustomData": ${JSON.stringify(middle)} }`;
    let view: Projection = lineProjection(document);
    for (let level = 0; level < 2; level += 1) {
      const [found] = embeddedStrings(view.text);
      assert.ok(found);
      const opened = openString(view.text, found.range);
      assert.ok(opened?.json);
      view = composeProjections(view, opened.view);
    }
    assert.equal(view.text, '{\n  "id": 12345678901234567,\n  "p": "a\\/b"\n}');
    const from = view.text.indexOf('7,');
    const edits = view.edit({ from, to: from + 1, insert: '8' });
    assert.equal(edits.length, 1);
    assert.equal(edits[0]?.length, 1);
    assert.equal(applyEdits(document, edits), document.replace('567,', '568,'));
  });

  it('says why a half-typed string is no JSON and shows it all', () => {
    const document = '{"Data": "{\\"a\\":}"}';
    const opened = openString(document, { offset: 9, length: 10 });
    assert.equal(opened?.json, false);
    assert.equal(opened.view.text, '{"a":}');
    assert.equal(opened.errors[0]?.kind, 'ValueExpected');
  });

  /** Types into an opened string as a page does, which looks at the string again after every change. */
  function type(literal: string, changes: readonly ((shown: string) => ProjectionChange)[]) {
    let source = literal;
    let opened = openString(source, { offset: 0, length: source.length });
    for (const change of changes) {
      assert.ok(opened);
      const one = change(opened.view.text);
      const shown = opened.view.text.slice(0, one.from) + one.insert + opened.view.text.slice(one.to);
      source = applyEdits(source, opened.view.edit(one));
      opened = openString(source, { offset: 0, length: source.length }, shown);
      assert.equal(opened?.view.text, shown);
    }
    return source;
  }

  const insert = (find: string, text: string) => (shown: string) => {
    const from = shown.indexOf(find) + find.length;
    return { from, to: from, insert: text };
  };

  it('writes every blank and line that is typed into a plain string', () => {
    const typed = [insert('hello', ' '), insert('hello ', ' '), insert('hello  ', '\n')];
    assert.equal(type('"hello world"', typed), '"hello  \\n world"');
  });

  it('keeps the layout on the screen and the string minified while JSON is half typed', () => {
    const typed = [
      insert('1', ','),
      insert('1,', '\n'),
      insert('1,\n', '  '),
      insert('1,\n  ', '"'),
      insert('1,\n  "', 'b'),
      insert('  "b', '"'),
    ];
    const half = type('"{\\"a\\":1}"', typed);
    assert.equal(half, '"{\\"a\\":1,\\"b\\"}"');
    assert.equal(
      type('"{\\"a\\":1}"', [...typed, insert('"b"', ':'), insert('"b":', ' '), insert('"b": ', '2')]),
      '"{\\"a\\":1,\\"b\\":2}"',
    );
  });

  it('shows what was typed when a page looks again, for any string and any run of changes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          stringLiteral,
          jsonText.map((text) => JSON.stringify(text)),
        ),
        fc.array(relativeChange, { maxLength: 5 }),
        (literal, changes) => {
          type(
            literal,
            changes.map(
              (relative) => (shown) => placed(shown, { ...relative, insert: lineFeeds(relative.insert) }),
            ),
          );
        },
      ),
      runs(300, 20_000),
    );
  });

  it('is exact to any depth, for several changes at once', () => {
    fc.assert(
      fc.property(jsonText, fc.nat(3), fc.array(relativeChange, { maxLength: 3 }), (json, depth, changes) => {
        let document = json;
        for (let level = 0; level < depth; level += 1) document = `[${JSON.stringify(document)}, 1]`;
        let view: Projection = lineProjection(document);
        for (let level = 0; level < depth; level += 1) {
          const range = { offset: view.text.indexOf('"'), length: 0 };
          const literal = tokensOf(view.text).find((token) => token.offset === range.offset);
          assert.ok(literal);
          const opened = openString(view.text, {
            offset: range.offset,
            length: literal.end - literal.offset,
          });
          assert.ok(opened);
          view = composeProjections(view, opened.view);
        }
        const apart: ProjectionChange[] = [];
        for (const relative of changes) {
          const change = placed(view.text, { ...relative, insert: lineFeeds(relative.insert) });
          if (apart.every((other) => change.to < other.from || other.to < change.from)) apart.push(change);
        }
        const edits = editMany(view, apart);
        const source = applyEdits(document, edits);
        const after = afterMany(view, apart);
        assert.equal(after.source, source);
        const wanted = applyEdits(
          view.text,
          apart.map(({ from, to, insert }) => ({ offset: from, length: to - from, text: insert })),
        );
        assert.equal(after.text, wanted);
        // Read by the platform's own parser, level by level, the string has the tokens that were typed.
        let inside = source;
        for (let level = 0; level < depth; level += 1) inside = (JSON.parse(inside) as [string, number])[0];
        if (depth > 0) assert.deepEqual(spelled(inside), spelled(wanted));
        const end = view.range.offset + view.range.length;
        assert.equal(source.slice(0, view.range.offset), document.slice(0, view.range.offset));
        assert.ok(source.endsWith(document.slice(end)));
      }),
      runs(300, 20_000),
    );
  });
});
