import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  directiveOf,
  linesOf,
  requestLineOf,
  titleOf,
  type Block,
  type Line,
} from '../../../src/requests/document';
import { parseRequests } from '../../../src/requests/parse';
import { printRequests } from '../../../src/requests/print';
import { runs } from '../../support/runs';

const DOCUMENT = `# @connection Sandbox
@peer = bob

### Say hello
# @name sent
# @expect ErrorCode 0
POST {{endpoint}}/v4/openim/sendmsg HTTP/1.1
Content-Type: application/json

{
  "To_Account": "{{peer}}"
}

###
POST {{endpoint}}/v4/openim/admin_msgwithdraw

{ "MsgKey": "{{sent.response.body.$.MsgKey}}" }
`;

/** What a block says, without its places. */
function saying({ title, lines, body }: Block): unknown {
  return [title?.text, lines.map(plain), body?.text];
}

function plain(line: Line): unknown {
  switch (line.kind) {
    case 'comment':
      return [line.kind, line.comment];
    case 'directive':
    case 'variable':
    case 'header':
      return [line.kind, line.name.text, line.value.text];
    case 'request':
      return [line.kind, line.method?.text, line.url.text, line.version?.text];
    case 'other':
      return [line.kind, line.text];
  }
}

const pieces = fc.constantFrom(
  ...[
    '###',
    '####',
    '# @name a',
    '// @expect ErrorCode 0',
    '@x = {{y}}',
    'POST {{endpoint}}/v4/a/b',
    'GET ',
    'a: b',
  ],
  ...[
    '{',
    '}',
    '"',
    '{{',
    '}}',
    '\n',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '\u00a0',
    '\u2028',
    '#',
    '/',
    '@',
    '=',
    ':',
    'HTTP/1.1',
    '你好',
  ],
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
);

describe('requests: reading a document', () => {
  it('finds blocks, their names, values, headers and bodies at their places', () => {
    const { blocks } = parseRequests(DOCUMENT);
    assert.equal(blocks.length, 3);
    const [start, first, second] = blocks as [Block, Block, Block];
    assert.deepEqual(linesOf(start, 'variable').map(plain), [['variable', 'peer', 'bob']]);
    assert.equal(directiveOf(start, 'connection')?.text, 'Sandbox');
    assert.equal(titleOf(first), 'sent');
    for (const [url, shown] of [
      ['{{endpoint}}/v4/openim/sendmsg?identifier=@TGS%231&usersig=eJw', '{{endpoint}}/v4/openim/sendmsg'],
      ['https://name:secret@example.com/v4/openim/sendmsg', 'https://example.com/v4/openim/sendmsg'],
      ['https://name:s/e#c@r@example.com/v4/a/b?usersig=eJw', 'https://example.com/v4/a/b'],
      ['name:secret@example.com', 'example.com'],
    ] as const) {
      const { blocks: called } = parseRequests(`POST ${url}\n\n{}`);
      assert.equal(titleOf(called[0]!), shown);
    }
    assert.equal(first.title?.text, 'Say hello');
    assert.deepEqual(first.lines.map(plain), [
      ['directive', 'name', 'sent'],
      ['directive', 'expect', 'ErrorCode 0'],
      ['request', 'POST', '{{endpoint}}/v4/openim/sendmsg', 'HTTP/1.1'],
      ['header', 'Content-Type', 'application/json'],
    ]);
    assert.equal(first.body?.text, '{\n  "To_Account": "{{peer}}"\n}');
    assert.equal(requestLineOf(second)?.url.text, '{{endpoint}}/v4/openim/admin_msgwithdraw');
    assert.equal(second.body?.text, '{ "MsgKey": "{{sent.response.body.$.MsgKey}}" }');
    for (const part of [first.title, first.body, requestLineOf(first)?.url, directiveOf(first, 'expect')]) {
      assert.ok(part);
      assert.equal(DOCUMENT.slice(part.offset, part.offset + part.length), part.text);
    }
  });

  it('goes on after a block that is not finished', () => {
    const { blocks } = parseRequests(
      'POST {{endpoint}}/v4/openim/sendmsg\n\n{ "To_Account": "a\n### next\nPOST x/v4/a/b\n\n{}',
    );
    assert.deepEqual(blocks.map(saying), [
      [undefined, [['request', 'POST', '{{endpoint}}/v4/openim/sendmsg', undefined]], '{ "To_Account": "a'],
      ['next', [['request', 'POST', 'x/v4/a/b', undefined]], '{}'],
    ]);
  });

  it('reads any text: blocks cover it, each place is inside and says what stands there', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { blocks } = parseRequests(text);
        assert.equal(blocks.map(({ offset, length }) => text.slice(offset, offset + length)).join(''), text);
        for (const { title, body, lines, offset, length } of blocks) {
          const parts = lines.flatMap((line) =>
            line.kind === 'request'
              ? [line.method, line.url, line.version]
              : 'name' in line
                ? [line.name, line.value]
                : [],
          );
          for (const part of [title, body, ...parts]) {
            if (!part) continue;
            assert.ok(part.offset >= offset && part.offset + part.length <= offset + length);
            assert.equal(text.slice(part.offset, part.offset + part.length), part.text);
          }
          for (const line of lines)
            assert.ok(line.offset >= offset && line.offset + line.length <= offset + length);
        }
      }),
      runs(300, 20_000),
    );
  });

  it('says the same once it was printed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = parseRequests(text);
        const again = parseRequests(printRequests(read));
        const said = (blocks: readonly Block[]) =>
          blocks.filter(({ title, lines }) => title !== undefined || lines.length > 0).map(saying);
        assert.deepEqual(said(again.blocks), said(read.blocks));
      }),
      runs(300, 20_000),
    );
  });
});
