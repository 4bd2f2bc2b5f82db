import assert from 'node:assert/strict';
import fc from 'fast-check';
import { callGuides } from '../../../src/chat/calls/guide';
import { callsAboutUser } from '../../../src/copying/calls';
import { maskBody } from '../../../src/requests/body';
import { directiveOf, linesOf, requestLineOf } from '../../../src/requests/document';
import { blockOf } from '../../../src/requests/foundCall';
import { parseRequests } from '../../../src/requests/parse';
import { printRequests } from '../../../src/requests/print';
import { checkRequests } from '../../../src/requests/problems';
import { runs } from '../../support/runs';

/** What a reader of `.http` makes of a block. */
interface Read {
  readonly name: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/**
 * The rules by which REST Client (humao.rest-client) reads a document, by its README and what its parser is documented to take:
 *
 * 1. Lines that begin with `###` or more separate requests.
 * 2. Lines that begin with `#` or `//` are comments and left out, also in a body; `# @name word`, with a blank behind the
 *    mark, names the request.
 * 3. Empty lines and `@name = value` before the request line are none of its.
 * 4. The request line is a method of HTTP, blanks, the URL, and perhaps `HTTP/…`; without a method it is a GET.
 * 5. Lines behind it that begin with `?` or `&` go on with the URL; the others are headers, up to the first empty one.
 * 6. All that follows is the body; empty lines at the end are left out.
 */
function asRestClientReads(text: string): Read[] {
  const parts: string[][] = [[]];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('###')) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.flatMap((all): Read[] => {
    const name = all
      .map((line) => /^\s*(?:#+|\/{2,})\s+@name\s+(\w+)\s*$/.exec(line)?.[1])
      .find((found) => found !== undefined);
    const lines = all.filter((line) => !/^\s*(?:#|\/\/)/.test(line));
    while (lines[0] !== undefined && (lines[0].trim() === '' || /^\s*@[^\s=]+\s*=/.test(lines[0])))
      lines.shift();
    while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
    const first = lines.shift();
    if (first === undefined) return [];
    let line = first.trim();
    while (/^\s*[?&]/.test(lines[0] ?? '')) line += lines.shift()?.trim() ?? '';
    const [, method = 'GET'] = /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s/i.exec(line) ?? [];
    const rest = line.replace(/^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+/i, '');
    const url = rest.replace(/\s+HTTP\/.*$/i, '').trim();
    const end = lines.findIndex((one) => one.trim() === '');
    const headers = (end < 0 ? lines : lines.slice(0, end)).map((one) => one.trim());
    const body = end < 0 ? '' : lines.slice(end + 1).join('\n');
    return [{ name, method, url, headers, body }];
  });
}

/** The same, as we read it. */
function asWeRead(text: string): Read[] {
  return parseRequests(text).blocks.flatMap((block): Read[] => {
    const line = requestLineOf(block);
    if (!line) return [];
    const body = block.body?.text ?? '';
    const { comments } = maskBody(body);
    const without = [...comments]
      .reverse()
      .reduce(
        (left, { offset, length }) =>
          left.slice(0, offset) + left.slice(offset + length).replace(/^\r?\n/, ''),
        body,
      );
    return [
      {
        name: directiveOf(block, 'name')?.text,
        method: line.method?.text ?? 'GET',
        url: line.url.text,
        headers: linesOf(block, 'header').map(({ name, value }) => `${name.text}: ${value.text}`),
        body: without.replaceAll('\r\n', '\n').trim(),
      },
    ];
  });
}

function agree(text: string): void {
  const theirs = asRestClientReads(text).map((one) => ({ ...one, body: one.body.trim() }));
  assert.deepEqual(asWeRead(text), theirs, text);
}

describe('requests: a document opened with REST Client', () => {
  it('says the same there: names, values, comments, headers, bodies', () => {
    const text = `# @connection Sandbox
@peer = bob

### Say hello
# what it is for
# @name sent
# @expect ErrorCode 0
POST {{endpoint}}/v4/openim/sendmsg HTTP/1.1
Content-Type: application/json

{
  // to whom
  "To_Account": "{{peer}}"
}

###
POST {{endpoint}}/v4/openim/admin_msgwithdraw

{ "MsgKey": "{{sent.response.body.$.MsgKey}}" }
`;
    agree(text);
    assert.deepEqual(
      asRestClientReads(text).map(({ name, method, url }) => [name, method, url]),
      [
        ['sent', 'POST', '{{endpoint}}/v4/openim/sendmsg'],
        [undefined, 'POST', '{{endpoint}}/v4/openim/admin_msgwithdraw'],
      ],
    );
    agree(text.replaceAll('\n', '\r\n'));
  });

  it('is one of theirs whatever command of ours wrote it', () => {
    for (const { spec, sample, purpose } of callGuides) {
      const text = `# @connection App\n\n${blockOf({ command: spec.name, body: JSON.stringify(sample) }, purpose.en)}`;
      agree(text);
      const [read, ...more] = asRestClientReads(text);
      assert.equal(more.length, 0);
      assert.equal(read?.url, `{{endpoint}}/v4/${spec.name}`);
      assert.deepEqual(read.headers, ['Content-Type: application/json']);
      assert.deepEqual(JSON.parse(read.body), sample);
    }
    for (const { command, body } of callsAboutUser('ali"ce')) agree(blockOf({ command, body }, '日本 ### #'));
  });

  it('says the same there in any document without a warning, and so does what we print of it', () => {
    const word = fc.stringMatching(/^[a-z]\w{0,8}$/);
    const value = fc.stringMatching(/^[\w{}$ .:/-]{0,20}$/).map((text) => text.trim());
    const block = fc
      .record({
        title: value,
        comment: fc.option(value),
        name: fc.option(word),
        variable: fc.option(fc.tuple(word, value)),
        header: fc.boolean(),
        body: fc.option(fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.stringify({ json }, null, 2))),
        blanks: fc.nat(2),
      })
      .map(({ title, comment, name, variable, header, body, blanks }) =>
        [
          `### ${title}`,
          ...(comment === null ? [] : [`# ${comment}`]),
          ...(variable === null ? [] : [`@${variable[0]} = ${variable[1]}`]),
          ...(name === null ? [] : [`# @name ${name}`]),
          'POST {{endpoint}}/v4/openim/sendmsg',
          ...(header ? ['Content-Type: application/json'] : []),
          ...(body === null ? [] : ['', body]),
          ...Array<string>(blanks).fill(''),
        ].join('\n'),
      );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
        const text = blocks.join('\n');
        agree(text);
        agree(printRequests(parseRequests(text)));
      }),
      runs(150, 5_000),
    );
  });

  it('warns where they would read something else', () => {
    const ids = (text: string): string[] => checkRequests(parseRequests(text)).own.map(({ id }) => id);
    // They would send this as a header, we leave it out; and they would go on with the URL.
    assert.ok(ids('POST {{endpoint}}/v4/openim/sendmsg\nno header\n\n{}').includes('lineIgnored'));
    assert.ok(ids('POST {{endpoint}}/v4/openim/sendmsg\n?usersig=x\n\n{}').includes('lineIgnored'));
    // Their rules read a body from a file.
    assert.ok(ids('POST {{endpoint}}/v4/openim/sendmsg\n\n< ./body.json').includes('fileBody'));
  });
});
