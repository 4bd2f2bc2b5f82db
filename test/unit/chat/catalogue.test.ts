import assert from 'node:assert/strict';
import { allCodes, lookUpCode, type CodeAction, type CodePlace } from '../../../src/chat/catalogue';
import { wording } from '../../../src/chat/codes.json';
import english from '../../../l10n/codes.json';
import chinese from '../../../l10n/codes.zh-cn.json';

/** By hand, from both versions of trtc.io/document/47722 and the general table (trtc.io/document/34348). */
const expected: [number, CodePlace, CodeAction | undefined, 'safe' | 'never'][] = [
  // The fourteen codes of modify_c2c_msg.
  [20001, 'document', undefined, 'never'],
  [20002, 'document', 'signAgain', 'never'],
  [20003, 'document', 'importAccount', 'never'],
  [20004, 'document', 'retry', 'safe'],
  [20005, 'document', 'retry', 'safe'],
  [90001, 'document', undefined, 'never'],
  [90002, 'element', undefined, 'never'],
  [90003, 'document', 'importAccount', 'never'],
  [90007, 'MsgBody', undefined, 'never'],
  [90009, 'document', 'editConnection', 'never'],
  [90010, 'element', undefined, 'never'],
  [90012, 'document', 'importAccount', 'never'],
  [91000, 'document', 'retry', 'safe'],
  [90992, 'document', 'retry', 'safe'],
  // Conflicts: looking comes before doing it again.
  [20026, 'document', 'reload', 'never'],
  [20027, 'document', 'compare', 'never'],
  [20028, 'document', 'compare', 'never'],
  // The front door.
  [60004, 'document', 'signAgain', 'never'],
  [60007, 'document', 'retry', 'safe'],
  [60008, 'document', 'retry', 'never'],
  [60010, 'document', 'editConnection', 'never'],
  [60012, 'document', 'editConnection', 'never'],
  [60026, 'document', 'changeRegion', 'never'],
  [70001, 'document', 'signAgain', 'never'],
  [70003, 'document', 'signAgain', 'never'],
  [70009, 'document', 'editConnection', 'never'],
  [70013, 'document', 'editConnection', 'never'],
  [70014, 'document', 'editConnection', 'never'],
  [70020, 'document', 'changeRegion', 'never'],
  // Content and size.
  [80001, 'MsgBody', undefined, 'never'],
  [80002, 'MsgBody', undefined, 'never'],
  [90048, 'document', 'importAccount', 'never'],
  [90054, 'document', undefined, 'never'],
  [93000, 'MsgBody', undefined, 'never'],
  [125000, 'document', undefined, 'never'],
];

describe('chat: catalogue of codes', () => {
  it('says of the important ones where they point, what helps, and whether to retry', () => {
    for (const [code, place, action, retry] of expected) {
      const entry = lookUpCode(code);
      assert.ok(entry, `${code} is missing`);
      assert.deepEqual([code, entry.place, entry.retry], [code, place, retry]);
      if (action) assert.ok(entry.actions.includes(action), `${code} lacks ${action}`);
      else assert.ok(!entry.actions.includes('retry'), `${code} offers a retry`);
    }
  });

  it('names every call that can modify a message for the fourteen codes', () => {
    for (const [code] of expected.slice(0, 14)) {
      assert.ok(lookUpCode(code)?.apis.includes('openim/modify_c2c_msg'), String(code));
    }
  });

  it('holds 164 entries, each once, by rising code, with an own link', () => {
    const codes = allCodes();
    assert.equal(codes.length, 164);
    codes.forEach(({ code, link, source, apis }, i) => {
      assert.ok(i === 0 || code > (codes[i - 1]?.code ?? 0), String(code));
      assert.ok(code === 0 || /^https:\/\/trtc\.io\/document\/\d+$/.test(link ?? ''), String(code));
      assert.ok(source.length > 0 && apis.length > 0, String(code));
      assert.ok(!source.some((text) => /^[a-z-]+$/.test(text)), `${code}: a source without its name`);
    });
  });

  it('finds every code of the range that webhooks choose from, and nothing beside it', () => {
    for (const code of [120001, 125000, 130000]) assert.equal(lookUpCode(code)?.code, 120001);
    for (const code of [120000, 130001, -1, 1, Number.NaN]) assert.equal(lookUpCode(code), undefined);
  });

  it('offers a retry wherever one is safe', () => {
    for (const { code, retry, actions } of allCodes()) {
      if (retry === 'safe') assert.ok(actions.includes('retry'), String(code));
    }
  });

  it('has meaning and remedy in both languages, and the wording of the source, for every entry', () => {
    const keys = allCodes().map(({ code }) => String(code));
    const texts: [string, Record<string, { meaning: string; remedy: string }>][] = [
      ['en', english],
      ['zh-cn', chinese],
    ];
    for (const [language, table] of texts) {
      assert.deepEqual(Object.keys(table).sort(), [...keys].sort(), language);
      for (const key of keys) {
        assert.ok(table[key]?.meaning.trim() && table[key].remedy.trim(), `${language} ${key}`);
      }
    }
    for (const key of keys) {
      const zh = (chinese as Record<string, { meaning: string; remedy: string }>)[key];
      assert.match(zh?.meaning ?? '', /\p{Script=Han}/u, key);
      assert.match(zh?.remedy ?? '', /\p{Script=Han}/u, key);
    }
    assert.deepEqual(Object.keys(wording).sort(), [...keys].sort());
  });
});
