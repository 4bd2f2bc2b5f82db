import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMessages } from '../../../src/reading';
import { runs } from '../../support/runs';

/** Ways in which a message travels, each with what it makes of a text. */
const wrappers: Readonly<Record<string, (text: string) => string>> = {
  url: (text) => encodeURIComponent(text),
  form: (text) => encodeURIComponent(text).replace(/%20/g, '+'),
  html: (text) =>
    text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/'/g, '&#39;'),
  escaped: (text) => JSON.stringify(text).slice(1, -1),
  string: (text) => JSON.stringify(text),
  member: (text) => JSON.stringify({ level: 'info', body: text, n: 1 }),
  hex: (text) => text.replace(/["\\]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`),
  csv: (text) => `1,"${text.replace(/"/g, '""')}",2023-11-14`,
  sql: (text) => `INSERT INTO t VALUES (17,'${text.replace(/'/g, "''")}','x');`,
  shell: (text) => `curl -d '${text.replace(/'/g, `'\\''`)}' https://example.com`,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  mail: (text) =>
    (
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n'),
  attribute: (text) => `<div data-message="${text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"></div>`,
  fence: (text) => '```json\n' + text + '\n```',
  log: (text) => `2023-11-14 22:15:00.123 INFO [im] body=${text} cost=3ms`,
  http: (text) => `POST /im?SdkAppid=1&contenttype=json HTTP/1.1\nHost: www.example.com\n\n${text}\n`,
  quoted: (text) => text.replace(/^/gm, '> '),
};

/** What may stand within what: a shell takes no raw quotes of another shell, lines end what is escaped. */
const inner = [
  'url',
  'form',
  'html',
  'escaped',
  'string',
  'member',
  'hex',
  'csv',
  'sql',
  'shell',
  'base64',
  'mail',
];
const outer = ['log', 'http', 'fence', 'string', 'member', 'url', 'base64url', 'attribute'];

const word = fc.stringMatching(/^[a-z0-9_]{1,12}$/);
const text = fc.string({
  unit: fc.constantFrom(...Array.from('ab 1,:{}[]"\'\\/%+&;<>=你好é\n\t#-')),
  maxLength: 24,
});

describe('reading: the same message through whatever it is wrapped in', () => {
  const message = fc.record({
    from: word,
    to: word,
    seq: fc.nat(4_000_000_000),
    text,
    pretty: fc.boolean(),
  });

  it('finds it in each wrapping, and its slip at the very place', () => {
    fc.assert(
      fc.property(message, fc.constantFrom(...inner, ...outer), (one, name) => holds(one, [name])),
      runs(1_500, 60_000),
    );
  });

  it('finds it through two', () => {
    fc.assert(
      fc.property(message, fc.constantFrom(...inner), fc.constantFrom(...outer), (one, first, second) => {
        fc.pre(first !== second && second !== 'base64url');
        // In a URL, base64 has an alphabet of its own; in markup, nobody writes the line breaks of mails.
        fc.pre(
          !(isBase64(first) && (second === 'url' || second === 'fence')) &&
            !(first === 'mail' && second === 'attribute'),
        );
        holds(one, [first, second]);
      }),
      runs(1_500, 60_000),
    );
  });
});

function isBase64(name: string | undefined): boolean {
  return name === 'base64' || name === 'base64url' || name === 'mail';
}

function holds(
  { from, to, seq, text, pretty }: { from: string; to: string; seq: number; text: string; pretty: boolean },
  names: readonly string[],
): void {
  const key = `${seq}_7_1700000200`;
  const object = {
    From_Account: from,
    To_Account: to,
    MsgKey: key,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text, Slip: 1 } }],
  };
  const json = JSON.stringify(object, null, pretty && names.length === 1 ? 2 : undefined);
  const wrapped = names.reduce((now, name) => (wrappers[name] ?? String)(now), json);
  const { messages } = readMessages(wrapped);
  assert.equal(messages.length, 1, wrapped);
  const [found] = messages;
  assert.deepEqual(
    { from: found?.from, to: found?.to, key: found?.key, body: found?.body },
    { from, to, key, body: true },
    wrapped,
  );
  const slips = found?.problems.filter(({ id }) => id !== 'readAs') ?? [];
  assert.deepEqual(
    slips.map(({ id }) => id),
    ['unknownField'],
    wrapped,
  );
  const { offset, length } = slips[0]?.range ?? { offset: 0, length: 0 };
  const written = wrapped.slice(offset, offset + length);
  const [before] = names;
  if (isBase64(before)) {
    // The digits around the place hold bits of what stands beside it.
    const plain = written.replace(/\\[rn]/g, '');
    const around = [0, 1, 2, 3].map((shift) =>
      Buffer.from('A'.repeat(shift) + plain, 'base64').toString('latin1'),
    );
    assert.ok(around.some((text) => text.includes('lip')) && plain.length <= 12, `${written} in ${wrapped}`);
    return;
  }
  const place = written;
  assert.ok(place.includes('Slip') && !/Text|:/.test(place), `${place} in ${wrapped}`);
}
