import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { checkMessage } from '../../../src/message/checks';
import { meantType } from '../../../src/message/checks/names';
import { formatMessage } from '../../../src/message/document';
import { elements } from '../../../src/message/elements';
import { previewOf, pushText } from '../../../src/message/preview';
import { messageSchema, type SchemaTexts } from '../../../src/message/schema';
import { summarize } from '../../../src/message/summary';
import { runs } from '../../support/runs';
import { anyText, jsonText } from './arbitraries';

const body = (...list: [type: string, content: unknown][]) => ({
  msgBody: JSON.stringify(list.map(([MsgType, MsgContent]) => ({ MsgType, MsgContent }))),
});

describe('summarize', () => {
  it('says in a line what a message is', () => {
    const table: [content: { msgBody?: string }, kind: string, text: string][] = [
      [body(['TIMTextElem', { Text: ' a\n\tb\u202e ' }]), 'TIMTextElem', 'a b'],
      [body(['TIMTextElem', { Text: '😀'.repeat(70) }]), 'TIMTextElem', `${'😀'.repeat(59)}…`],
      [body(['TIMCustomElem', { Data: '{"a":1}', Desc: '' }]), 'TIMCustomElem', '{"a":1}'],
      [body(['TIMFileElem', { FileName: 'file:///private/tmp/a b.mov' }]), 'TIMFileElem', 'a b.mov'],
      [
        body(['TIMImageElem', { ImageInfoArray: [{ Width: 2448, Height: 3264 }] }]),
        'TIMImageElem',
        '2448×3264',
      ],
      [body(['TIMSoundElem', { Second: 3 }]), 'TIMSoundElem', '3″'],
      [body(['TIMFaceElem', { Index: 7 }]), 'TIMFaceElem', '#7'],
      [
        body(['TIMTextElem', { Text: 'a' }], ['TIMFaceElem', { Index: 1 }], ['TIMTextElem', { Text: 'b' }]),
        'mixed',
        'a #1 b',
      ],
      [{ msgBody: '[]' }, 'none', ''],
      [{ msgBody: '[' }, 'other', ''],
      [{}, 'none', ''],
    ];
    for (const [content, kind, text] of table) assert.deepEqual(summarize(content), { kind, text });
  });

  it('never throws and stays on one short line', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          jsonText,
          anyText.map((Text) => body(['TIMTextElem', { Text }]).msgBody),
        ),
        (msgBody) => {
          const { text } = summarize({ msgBody });
          assert.ok(Array.from(text).length <= 60);
          assert.ok(!/[\p{Cc}\u2028]/u.test(text));
          previewOf({ msgBody }, 'en');
          pushText({ msgBody }, 'en');
        },
      ),
      runs(200, 10_000),
    );
  });
});

describe('previewOf', () => {
  it('shows each type of element', () => {
    const content = body(
      ['TIMTextElem', { Text: 'hi' }],
      [
        'TIMImageElem',
        {
          ImageFormat: 3,
          ImageInfoArray: [
            { Type: 3, Width: 1, Height: 1, URL: 't' },
            { Type: 1, Width: 20, Height: 10, Size: 5, URL: 'o' },
          ],
        },
      ],
      ['TIMCustomElem', { Data: 'd', Desc: 'e' }],
      ['TIMRelayElem', { Title: 'T', MsgNum: 2, AbstractList: ['a', 1, 'b'] }],
      ['TIMSoundElem', { Second: 4 }],
      ['Other', {}],
    );
    assert.deepEqual(previewOf(content, 'en'), {
      readable: true,
      parts: [
        { kind: 'text', text: 'hi', label: 'Text' },
        { kind: 'image', width: 20, height: 10, size: 5, format: 'png', url: 'o', label: 'Image' },
        { kind: 'custom', desc: 'e', data: 'd', ext: '', label: 'Custom message' },
        { kind: 'forward', title: 'T', lines: ['a', 'b'], count: 2, label: 'Chat history' },
        { kind: 'sound', seconds: 4, label: 'Voice message' },
        { kind: 'unknown', msgType: 'Other' },
      ],
    });
    assert.deepEqual(previewOf({ msgBody: '{' }, 'en'), { readable: false, parts: [] });
  });

  it('puts push texts together without anything between, and pushes no mute custom element', () => {
    const mixed = body(
      ['TIMTextElem', { Text: 'a' }],
      ['TIMLocationElem', { Desc: 'x' }],
      ['TIMCustomElem', { Desc: 'b' }],
    );
    assert.equal(pushText(mixed, 'en'), 'a[Location]b');
    assert.equal(pushText(mixed, 'zh'), 'a[位置]b');
    assert.equal(pushText(body(['TIMCustomElem', { Data: 'd' }]), 'en'), undefined);
  });
});

describe('element types', () => {
  it('have a name, an icon and a sample that the check has nothing against', () => {
    for (const { type, name, icon, sample, uncertain } of elements) {
      assert.ok(name.en !== '' && /^[\u4e00-\u9fff]+$/.test(name.zh), type);
      assert.match(icon, /^[a-z-]+$/);
      const problems = checkMessage(formatMessage(body([type, sample])));
      assert.deepEqual(
        problems.map(({ id }) => id),
        uncertain ? ['msgTypeRelay'] : [],
        type,
      );
      const { kind } = summarize(body([type, sample]));
      assert.equal(kind, type);
      assert.ok(previewOf(body([type, sample]), 'en').parts.every((part) => part.kind !== 'unknown'));
    }
  });

  it('have one name each, and one for a wrong name', () => {
    const names = elements.map(({ name }) => name.en);
    assert.equal(new Set(names).size, names.length);
    for (const { type, fields, aliases } of elements) {
      const known = fields.flatMap((field) => [field.name, ...(field.fields ?? []).map((one) => one.name)]);
      for (const [alias, field] of Object.entries(aliases)) {
        assert.ok(known.includes(field), `${type} ${alias}`);
        assert.ok(
          !fields.some((one) => one.name.toLowerCase().replace('_', '') === alias),
          `${type} ${alias}`,
        );
      }
    }
  });

  it('are found under other names, and with a slip of a finger', () => {
    const table: [written: string, type: string | undefined][] = [
      ['TIMTextElm', 'TIMTextElem'],
      ['TIMTextElement', 'TIMTextElem'],
      ['TIMTextMessage', 'TIMTextElem'],
      ['TIMTextMsg', 'TIMTextElem'],
      ['V2TIMTextElem', 'TIMTextElem'],
      ['textElem', 'TIMTextElem'],
      ['TIMTxetElem', 'TIMTextElem'],
      ['TIMVideoElem', 'TIMVideoFileElem'],
      ['TIMVideoMessage', 'TIMVideoFileElem'],
      ['TIMAudioElem', 'TIMSoundElem'],
      ['TIMVoiceMessage', 'TIMSoundElem'],
      ['TIMImgElem', 'TIMImageElem'],
      ['TIMCustomEelm', 'TIMCustomElem'],
      ['TIMMergerElem', 'TIMRelayElem'],
      ['TIMGroupTipElm', undefined],
      ['TIMElem', undefined],
      ['order', undefined],
      ['', undefined],
    ];
    for (const [written, type] of table) assert.equal(meantType(written), type, written);
  });
});

describe('messageSchema', () => {
  const texts = (file: string) => JSON.parse(readFileSync(`l10n/${file}`, 'utf8')) as SchemaTexts;

  /** Every key of every object in a value. */
  function keysOf(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(keysOf);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
  }

  it('serves completion and hover only', () => {
    const schema = messageSchema(texts('schema.json'), 'en');
    const { definitions } = schema as { definitions: Record<string, unknown> };
    for (const word of ['type', 'required', 'enum', 'const', 'additionalProperties']) {
      assert.ok(!keysOf(schema).includes(word), word);
    }
    assert.deepEqual(
      Object.keys(definitions).sort(),
      ['element', ...elements.map(({ type }) => type)].sort(),
    );
  });

  it('has every text in both languages, none left over, and none the same', () => {
    const english = texts('schema.json');
    const chinese = texts('schema.zh-cn.json');
    assert.deepEqual(Object.keys(chinese), Object.keys(english));
    const used = new Set<string>();
    const noting = (words: SchemaTexts) =>
      new Proxy(words, {
        get: (target, key) => {
          used.add(String(key));
          return target[String(key)];
        },
      });
    messageSchema(noting(english), 'en');
    messageSchema(noting(chinese), 'zh');
    assert.deepEqual([...used].sort(), Object.keys(english).sort());
    assert.deepEqual(
      Object.keys(english).filter((key) => english[key] === chinese[key]),
      [],
    );
  });

  it('refuses a table with texts missing, and names them all', () => {
    const { 'TIMFaceElem.Data': data, link, ...rest } = texts('schema.json');
    assert.ok(data !== undefined && link !== undefined);
    assert.throws(() => messageSchema(rest, 'en'), {
      message: 'the schema has no text for link, TIMFaceElem.Data',
    });
  });
});
