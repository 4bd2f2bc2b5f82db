import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { NameBook } from '../../../src/pseudonyms/nameBook';
import { Pseudonyms } from '../../../src/pseudonyms/pseudonyms';
import { runs } from '../../support/runs';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** An empty book; its secret is fixed, so that a failure is the change's and not chance's. */
function book(): NameBook {
  const made = NameBook.fromRecord({ secret: 'for tests', names: [] });
  assert.ok(made);
  return made;
}

function hidden(texts: boolean, ...messages: readonly string[]): string[] {
  const pseudonyms = new Pseudonyms(book(), { texts });
  for (const message of messages) pseudonyms.learn(message);
  return messages.map((message) => pseudonyms.hide(message));
}

/** What a value and the JSON in its strings say, each string with the member it belongs to. */
function strings(value: Json, member = ''): { readonly member: string; readonly value: string }[] {
  if (typeof value === 'string') {
    const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    return inner === undefined ? [{ member, value }] : strings(inner, member);
  }
  // An account that is a number need not stay one.
  if (/_Account$|^user_id$/.test(member) && /^[1-9]\d*$/.test(JSON.stringify(value)))
    return [{ member, value: JSON.stringify(value) }];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => strings(item, member));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => strings(item, name));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
const emojiOf = (text: string): readonly string[] => text.match(/\p{Extended_Pictographic}/gu) ?? [];
/** Every string of a text as nothing, so that what is left is what is no string. */
const skeleton = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"/g, '""');

const account = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{2,11}$/),
  fc.stringMatching(/^[A-Za-z0-9]{1,2}$/),
  fc.stringMatching(/^[1-9][0-9]{4,12}$/),
  fc.stringMatching(/^[a-z]{3,6}[-.@!][a-z]{3,6}$/),
  fc.constantFrom('张三丰', 'user1', 'user2', '---', 'order', 'Text', '13812345678', 'a.b@corp.example'),
);
const phone = fc.constantFrom('13912345678', '+86 138 1234 5678', '010-12345678', '(415) 555-0132');
const mail = fc.constantFrom('li.lei@corp.cn', 'x_1@mail.example.co');
const host = fc.constantFrom('chat.corp.com', 'img-7.files.cn');
const piece = fc.oneof(
  fc.constantFrom('Hello', '你好', 'see you', '…', '😀', '👨‍👩‍👧', 'Привет', 'ありがとう', ' ', '5', '!'),
  fc.string({ maxLength: 6 }),
);

/** A list that names those accounts, in members, in plain values, in texts, and in JSON in strings in strings. */
const list = fc
  .record({ accounts: fc.uniqueArray(account, { minLength: 2, maxLength: 5 }) })
  .chain(({ accounts }) => {
    const one = fc.constantFrom(...accounts);
    const address = fc.tuple(host, mail, phone, one).map(([at, ...parts]) => {
      const [m, tel, who] = parts.map(encodeURIComponent);
      return `https://${at}/x?m=${m}&tel=${tel}&who=${who}&back=https://${at}`;
    });
    const words = fc
      .array(fc.oneof(piece, one, phone, mail, host, address), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(' '));
    const { inner } = fc.letrec<{ inner: Json }>((tie) => ({
      inner: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(words, one, phone, mail, host, fc.integer(), fc.constant(null)),
        fc.dictionary(
          fc.constantFrom('who', 'note', 'list', 'order', 'deep', 'user_id', 'To_Account'),
          tie('inner'),
          { maxKeys: 3 },
        ),
        fc.array(tie('inner'), { maxLength: 3 }),
        fc.array(tie('inner'), { maxLength: 2 }).map((value) => JSON.stringify(value)),
      ),
    }));
    const message = fc.record({
      From_Account: one,
      To_Account: one,
      MsgKey: fc.constantFrom('1_2_1700000000', '3_4_1700000001'),
      MsgBody: fc.array(
        fc.oneof(
          words.map((Text) => ({ MsgType: 'TIMTextElem', MsgContent: { Text } })),
          inner.map((value) => ({ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify([value]) } })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      CloudCustomData: inner.map((value) => JSON.stringify({ value })),
    });
    return fc.record({
      accounts: fc.constant(accounts),
      messages: fc.array(message, { minLength: 1, maxLength: 4 }),
      spaces: fc.constantFrom(0, 2),
    });
  });

describe('pseudonyms', () => {
  it('gives an account one neutral name, wherever it stands as one', () => {
    const data = JSON.stringify(JSON.stringify({ from: 'alice', to: ['bob', 'carol'], count: 5 }));
    const [message] = hidden(
      false,
      `{"From_Account":"alice","To_Account":"bob","MsgKey":"1_2_3","MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data}}}]}`,
    );
    assert.equal(
      message,
      `{"From_Account":"user1","To_Account":"user2","MsgKey":"1_2_3","MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data
        .replace('alice', 'user1')
        .replace('bob', 'user2')}}}]}`,
    );
  });

  it('takes members of apps that name accounts, numbers and names of members too', () => {
    const inside = { userId: 'carol', uids: [100234, '100234'], read: { carol: true }, price: 100234 };
    const [message = ''] = hidden(false, JSON.stringify({ CloudCustomData: JSON.stringify(inside) }));
    const { CloudCustomData } = JSON.parse(message) as { CloudCustomData: string };
    assert.deepEqual(JSON.parse(CloudCustomData), {
      userId: 'user1',
      uids: [100002, '100002'],
      read: { user1: true },
      price: 100002,
    });
  });

  it('hides telephones, mails, hosts and ids of media in what stays otherwise as it is', () => {
    const text =
      'Call 13812345678 or +86 139-0000-1111, mail li.lei@corp.cn, see https://a.corp.cn/x?y=1 (42)';
    const [first, second] = hidden(
      false,
      JSON.stringify({ MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }] }),
      JSON.stringify({ UUID: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F', URL: 'https://A.corp.cn/f/1' }),
    );
    assert.deepEqual(JSON.parse(first ?? ''), {
      MsgBody: [
        {
          MsgType: 'TIMTextElem',
          MsgContent: {
            Text: 'Call 10000000001 or +80 000-0000-0002, mail mail1@example.com, see https://host1.example.com/x?y=1 (42)',
          },
        },
      ],
    });
    const media = JSON.parse(second ?? '') as { UUID: string; URL: string };
    assert.match(media.UUID, /^[0-9A-F]{40}$/);
    assert.notEqual(media.UUID, '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F');
    assert.equal(media.URL, 'https://host1.example.com/f/1');
  });

  it('hides what names somebody behind the host of an address too, encoded or not', () => {
    const addresses: Readonly<Record<string, string>> = {
      'https://oa.corp.cn/call?tel=13812345678&m=li.lei@corp.cn&back=https://hr.corp.cn/x':
        'https://host1.example.com/call?tel=10000000001&m=mail1@example.com&back=https://host2.example.com/x',
      'https://oa.corp.cn/?m=li.lei%40corp.cn&tel=%2B86%2013812345678&back=https%3A%2F%2Fhr.intern%2Fu%2Falice&q=a%20b':
        'https://host1.example.com/?m=mail1%40example.com&tel=%2B80%2000000000002&back=https%3A%2F%2Fhost3.example.com%2Fu%2Fuser1&q=a%20b',
      'https://oa.corp.cn/u/a%40corp.example/%E5%BC%A0%E4%B8%89%E4%B8%B0?back=http://bob@hr.intern:80/x%7E1&x=1':
        'https://host1.example.com/u/user2/user3?back=http://???@host3.example.com:80/x%7E1&x=1',
      'https://oa.corp.cn/100%?back=https%253A%252F%252Fhr.corp.cn%252Falice':
        'https://host1.example.com/100%?back=https%253A%252F%252Fhost2.example.com%252Fuser1',
    };
    const messages = Object.keys(addresses).map((text) => JSON.stringify({ Text: text }));
    const accounts = '{"To_Account":["alice","a@corp.example","张三丰"]}';
    const made = hidden(false, ...messages, accounts).slice(0, -1);
    assert.deepEqual(
      made.map((text) => (JSON.parse(text) as { Text: string }).Text.replace(/\w{3}(?=@host)/, '???')),
      Object.values(addresses),
    );
    assert.deepEqual(hidden(false, ...messages, accounts).slice(0, -1), made);
    for (const deep of ['https://c.corpnet/'.repeat(2000), `https://c.corpnet/%${'25'.repeat(5000)}41`])
      assert.ok(
        !hidden(false, JSON.stringify({ Text: deep }))
          .join('')
          .includes('corpnet'),
      );
  });

  it('takes accounts of few digits that apps write as numbers', () => {
    const inside = '{"userId":1001,"to_user_ids":[7,-1,0],"price":1001,"read":"1001"}';
    const [message = ''] = hidden(false, JSON.stringify({ From_Account: '1001', CloudCustomData: inside }));
    assert.deepEqual(JSON.parse(message), {
      From_Account: 'user1',
      CloudCustomData: '{"userId":"user1","to_user_ids":["user2",-1,0],"price":1001,"read":"user1"}',
    });
  });

  it('leaves a list without anything of that as it is, byte for byte', () => {
    const text = String.raw`{ "MsgTimeStamp":1700000000, "MsgBody" : [ {"MsgType":"TIMCustomElem","MsgContent":{"Data":"{ \"id\":12345678901234567, \"s\":\"\/\u4f60\" }","Desc":"at 3.5 o\u0027clock"}} ] }`;
    assert.deepEqual(hidden(false, text), [text]);
  });

  it('keeps the escapes of a string beside what it changes', () => {
    const text = String.raw`{"From_Account":"alice","CloudCustomData":"{ \"s\":\"\/\u4f60\", \"who\":\"alice\", \"n\":1.50 }"}`;
    const [message] = hidden(false, text);
    assert.equal(message, text.replaceAll('alice', 'user1'));
  });

  it('makes other texts of the same length and script, and keeps emoji and what programs read', () => {
    const [message = ''] = hidden(
      true,
      JSON.stringify({
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello 世界, 42 😀!' } }],
        CloudCustomData: JSON.stringify({ type: 'order_paid', note: 'Hello' }),
      }),
    );
    const { MsgBody, CloudCustomData } = JSON.parse(message) as {
      MsgBody: { MsgType: string; MsgContent: { Text: string } }[];
      CloudCustomData: string;
    };
    const text = MsgBody[0]?.MsgContent.Text ?? '';
    assert.equal(MsgBody[0]?.MsgType, 'TIMTextElem');
    assert.match(text, /^[A-Z][a-z]{4} \p{Script=Han}{2}, \d{2} 😀!$/u);
    const words = text.split(' ');
    assert.ok(words[0] !== 'Hello' && words[1] !== '世界,' && words[2] !== '42', text);
    const { type, note } = JSON.parse(CloudCustomData) as { type: string; note: string };
    assert.equal(type, 'order_paid');
    assert.equal(note, words[0], 'the same word is the same word everywhere');
  });

  it('gives the names it gave before, and none that somebody has', () => {
    const names = book();
    const first = new Pseudonyms(names, { texts: false });
    first.learn('{"From_Account":"alice"}');
    assert.equal(first.hide('{"From_Account":"alice"}'), '{"From_Account":"user1"}');
    const again = NameBook.fromRecord(
      JSON.parse(JSON.stringify(names.toRecord())) as Record<string, unknown>,
    );
    assert.ok(again);
    const second = new Pseudonyms(again, { texts: false });
    const text = '{"From_Account":"bob","To_Account":"alice"}';
    second.learn(text);
    assert.equal(second.hide(text), '{"From_Account":"user2","To_Account":"user1"}');
    const third = new Pseudonyms(again, { texts: false });
    const real = '{"From_Account":"user1","To_Account":"alice"}';
    third.learn(real);
    const made = JSON.parse(third.hide(real)) as { From_Account: string; To_Account: string };
    assert.ok(
      !['user1', 'alice'].includes(made.From_Account) && !['user1', 'alice'].includes(made.To_Account),
    );
    assert.notEqual(made.From_Account, made.To_Account);
  });

  for (const texts of [false, true]) {
    it(`leaves no original behind, equal stays equal, and JSON stays JSON${texts ? ', with texts' : ''}`, () => {
      fc.assert(
        fc.property(list, ({ messages, spaces }) => {
          const before = messages.map((message) => JSON.stringify(message, null, spaces));
          const after = hidden(texts, ...before);
          const named = new Set<string>();
          const known = new Set<string>(
            before.flatMap((text) =>
              strings(JSON.parse(text) as Json)
                .filter(({ member }) => /_Account$|^user_id$/.test(member))
                .filter(({ value }) => /^[^\s[\]{}"]{1,64}$/.test(value))
                .map(({ value }) => value),
            ),
          );
          const became = new Map<string, string>();
          after.forEach((text, index) => {
            const was = strings(JSON.parse(before[index] ?? '') as Json);
            const is = strings(JSON.parse(text) as Json);
            assert.equal(skeleton(text), skeleton(before[index] ?? ''));
            assert.equal(is.length, was.length);
            is.forEach(({ member, value }, at) => {
              const original = was[at]?.value ?? '';
              if (member === 'MsgType' || member === 'MsgKey') {
                assert.equal(value, original);
                return;
              }
              assert.ok(!known.has(value), `${value} is left, of ${original}`);
              const kind = known.has(original) ? 'account' : member;
              const key = JSON.stringify([kind, original]);
              assert.equal(became.get(key) ?? value, value, `${original} became two things`);
              became.set(key, value);
              if (kind === 'account') named.add(value);
              if (!texts || kind === 'account' || /account|user_id/i.test(member)) return;
              for (const word of wordsOf(value))
                assert.ok(word.length < 3 || !known.has(word), `${word} is left in ${value}`);
              if (/^[+\d(][\d ()-]+$|@|^https:|\.(com|cn|co)$/.test(original)) return;
              assert.equal(Array.from(value).length, Array.from(original).length, `${original} → ${value}`);
              assert.deepEqual(emojiOf(value), emojiOf(original));
            });
            for (const secret of ['13912345678', '+86 138 1234 5678', 'li.lei@corp.cn', 'img-7.files.cn'])
              for (const written of [secret, encodeURIComponent(secret)])
                if (!known.has(secret)) assert.ok(!text.includes(written), `${written} is left`);
            for (const one of known)
              if (one.length > 2)
                assert.ok(!text.includes(`who=${encodeURIComponent(one)}&`), `${one} is left in an address`);
          });
          const originals = [...became.keys()].filter((key) => key.startsWith('["account"'));
          assert.equal(named.size, originals.length, 'two accounts have one name');
        }),
        runs(60, 20_000),
      );
    });
  }
});
