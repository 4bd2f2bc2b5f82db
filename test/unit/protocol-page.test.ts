import assert from 'node:assert/strict';
import { Text } from '@codemirror/state';
import fc from 'fast-check';
import { LineIndex } from '../../src/editor/lineIndex';
import { pageHtml } from '../../src/editor/html';
import type { Strings, ToPage } from '../../src/protocol';
import { Bursts, type Stroke } from '../../webview/sync/bursts';
import { toTemplate } from '../../webview/editor/snippet';
import { reduce } from '../../webview/state';
import { runs } from '../support/runs';

describe('protocol: where a burst of typing ends', () => {
  /** The bursts of a sequence of strokes, joined by `|`. */
  const burstsOf = (...strokes: (string | Stroke)[]): string => {
    const bursts = new Bursts();
    let out = '';
    for (const each of strokes) {
      const stroke: Stroke = typeof each === 'string' ? { kind: 'type', text: each } : each;
      if (out !== '' && bursts.startsAnew(stroke)) out += '|';
      else if (out === '') bursts.startsAnew(stroke);
      out += stroke.kind === 'type' ? stroke.text : stroke.kind === 'delete' ? '<' : '*';
    }
    return out;
  };

  it('is a word with the signs before it', () => {
    assert.equal(burstsOf(...Array.from('one two, 三四!')), 'one| two|, 三四|!');
  });

  it('is a run of deletions', () => {
    const del: Stroke = { kind: 'delete' };
    assert.equal(burstsOf('a', 'b', del, del, 'c'), 'ab|<<|c');
  });

  it('is a paste alone', () => {
    assert.equal(burstsOf('a', { kind: 'other' }, 'b'), 'a|*b');
    assert.ok(new Bursts().endsWith({ kind: 'other' }));
    assert.ok(new Bursts().endsWith({ kind: 'type', text: '\n  ' }));
    assert.ok(!new Bursts().endsWith({ kind: 'type', text: 'x' }));
  });
});

describe('protocol: snippets', () => {
  for (const [vscode, codemirror] of [
    ['"Text": "$1"', '"Text": "${1}"'],
    ['"Size": ${1:0}', '"Size": ${1:0}'],
    ['${1|jpg,png|} $0', '${1:jpg} ${99}'],
    ['a\\$b\\}c\\\\', 'a$b}c\\'],
    ['cost ${ and #{', 'cost $\\{ and #\\{'],
    ['$TM_FILENAME!', '!'],
    ['${1:\\{\\}}', '{}${1}'],
  ] as const) {
    it(`turns ${vscode} into ${codemirror}`, () => assert.equal(toTemplate(vscode), codemirror));
  }
});

describe('protocol: lines', () => {
  it('finds the same places as CodeMirror', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '你', '\n', '😀', '\r'), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(30), (source, at) => {
        const offset = Math.min(at, source.length);
        const index = new LineIndex(source);
        const line = Text.of(source.split('\n')).lineAt(offset);
        const position = index.position(offset);
        assert.deepEqual(position, { line: line.number - 1, character: offset - line.from });
        assert.equal(index.offset(position.line, position.character), offset);
      }),
      runs(200, 10_000),
    );
  });

  it('ends a place beyond a line at the line', () => {
    const index = new LineIndex('ab\nc');
    assert.equal(index.offset(0, 9), 2);
    assert.equal(index.offset(7, 0), 4);
  });
});

describe('protocol: the page', () => {
  it('knows nothing before the host has said everything, and forgets nothing after', () => {
    const strings = {} as Strings;
    const init: ToPage = {
      type: 'init',
      strings,
      phrases: {},
      environment: { locale: 'en' },
      settings: {} as Extract<ToPage, { type: 'init' }>['settings'],
      split: 0.4,
      showPreview: false,
    };
    assert.equal(reduce(undefined, { type: 'problems', problems: [] }), undefined);
    let state = reduce(undefined, init);
    state = reduce(state, { type: 'facts', meter: { bytes: 1, limit: 2 }, toolbar: [] });
    assert.equal(state?.meter?.bytes, 1);
    state = reduce(state, { type: 'flush', id: 1 });
    assert.equal(reduce(state, init)?.meter?.bytes, 1);
    state = reduce(state, {
      type: 'facts',
      preview: { parts: [{ kind: 'text', label: 'Text', text: 'hi' }] },
      toolbar: [],
    });
    state = reduce(state, { type: 'facts', toolbar: [] });
    assert.equal(state?.preview?.parts.length, 1);
    assert.equal(state.previewStale, true);
  });

  it('lets nothing run or load but its own script and style', () => {
    const html = pageHtml({
      script: { uri: 'https://x/editor.js' },
      style: { uri: 'https://x/editor.css' },
      widgets: 'https://x/widgets.js',
      firstId: 'first-messages',
      first: [{ type: 'reveal', pane: '</script><script>alert(1)</script><!--', from: 0, to: 0 }],
      source: 'https://x',
      nonce: 'N0',
      language: 'zh-cn',
      title: '<b>"',
    });
    assert.match(html, /default-src &#39;none&#39;; script-src &#39;nonce-N0&#39;/);
    assert.doesNotMatch(html, /unsafe|<b>| on\w+=/);
    assert.match(html, /<meta property="csp-nonce" content="N0">/);
    // The message's text ends no element and begins none.
    assert.equal(html.split('<script').length - 1, 2);
    assert.doesNotMatch(html, /<script>|<!--/);
    const [, held] = /<script type="application\/json" id="first-messages">(.*?)<\/script>/s.exec(html) ?? [];
    assert.deepEqual(JSON.parse(held ?? ''), [
      { type: 'reveal', pane: '</script><script>alert(1)</script><!--', from: 0, to: 0 },
    ]);
  });

  it('loads nothing where script and style stand in it, and both by the nonce alone', () => {
    const html = pageHtml({
      ...{ script: { text: 'run()' }, style: { text: 'p { color: red }' } },
      ...{ firstId: 'first', first: {}, nonce: 'N0', language: 'en', title: 't' },
    });
    assert.match(
      html,
      /default-src &#39;none&#39;; script-src &#39;nonce-N0&#39;; style-src &#39;nonce-N0&#39;; base/,
    );
    assert.match(html, /<style nonce="N0">p \{ color: red \}<\/style>/);
    assert.match(html, /<script nonce="N0">run\(\)<\/script>/);
    assert.doesNotMatch(html, /src=|href=/);
  });
});
