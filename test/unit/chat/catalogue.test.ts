import assert from 'node:assert/strict';
import {
  advisesRetry,
  allCodes,
  lookUpCode,
  meaningOf,
  outcomeOf,
  type CodeAction,
  type CodeOutcome,
  type CodePlace,
} from '../../../src/chat/catalogue';
import { pageIn } from '../../../src/chat/docPages';
import { explainedClientCodes } from '../../../src/chat/clientCodes';
import { wording } from '../../../src/chat/codes.json';
import english from '../../../l10n/codes.json';
import chinese from '../../../l10n/codes.zh-cn.json';

/** By hand, from both versions of trtc.io/document/47722 and the general table (trtc.io/document/34348). */
const expected: [number, CodePlace, CodeAction | undefined, CodeOutcome][] = [
  // The fourteen codes of modify_c2c_msg.
  [20001, 'document', undefined, 'refused'],
  [20002, 'document', 'signAgain', 'refused'],
  [20003, 'document', 'importAccount', 'refused'],
  [20004, 'document', 'retry', 'doubt'],
  [20005, 'document', 'retry', 'doubt'],
  [90001, 'document', undefined, 'refused'],
  [90002, 'element', undefined, 'refused'],
  [90003, 'document', 'importAccount', 'refused'],
  [90007, 'MsgBody', undefined, 'refused'],
  [90009, 'document', 'editConnection', 'refused'],
  [90010, 'element', undefined, 'refused'],
  [90012, 'document', 'importAccount', 'refused'],
  [91000, 'document', 'retry', 'doubt'],
  [90992, 'document', 'retry', 'doubt'],
  // Conflicts: looking comes before doing it again.
  [20026, 'document', 'reload', 'refused'],
  [20027, 'document', 'compare', 'notDone'],
  [20028, 'document', 'compare', 'notDone'],
  // The front door.
  [60004, 'document', 'signAgain', 'refused'],
  [60007, 'document', 'retry', 'notDone'],
  [60008, 'document', 'retry', 'doubt'],
  [60010, 'document', 'editConnection', 'refused'],
  [60012, 'document', 'editConnection', 'refused'],
  [60026, 'document', 'changeRegion', 'refused'],
  [70001, 'document', 'signAgain', 'refused'],
  [70003, 'document', 'signAgain', 'refused'],
  [70009, 'document', 'editConnection', 'refused'],
  [70013, 'document', 'editConnection', 'refused'],
  [70014, 'document', 'editConnection', 'refused'],
  [70020, 'document', 'changeRegion', 'refused'],
  // Content and size.
  [80001, 'MsgBody', undefined, 'refused'],
  [80002, 'MsgBody', undefined, 'refused'],
  [90048, 'document', 'importAccount', 'refused'],
  [90054, 'document', undefined, 'refused'],
  [93000, 'MsgBody', undefined, 'refused'],
  [125000, 'document', undefined, 'refused'],
];

/**
 * By hand, from the groups' part of trtc.io/document/34348 and the pages of their calls: the code, what is to be in the
 * first sentence that a person reads of it, and what became of the call.
 */
const ofGroups: [number, string, CodeOutcome][] = [
  [10002, 'internal error', 'doubt'],
  [10004, 'parameter', 'refused'],
  [10005, 'Too many accounts', 'refused'],
  [10006, 'too often', 'notDone'],
  [10007, 'permission', 'refused'],
  [10008, 'signature', 'refused'],
  [10009, 'owner', 'refused'],
  [10010, 'does not exist', 'refused'],
  [10012, 'UserID', 'refused'],
  [10013, 'member', 'refused'],
  [10014, 'full', 'refused'],
  [10015, 'GroupId', 'refused'],
  [10017, 'muted', 'refused'],
  [10018, '1 MB', 'refused'],
  [10020, 'too long', 'refused'],
  [10021, 'GroupId', 'refused'],
  [10023, '40 messages', 'notDone'],
  [10024, 'dealt with', 'refused'],
  [10030, 'does not exist', 'refused'],
  [10034, 'deleted', 'refused'],
  [10035, 'AVChatRoom', 'refused'],
  [10036, 'live groups', 'refused'],
  [10037, 'too many groups', 'refused'],
  [10038, 'members', 'refused'],
  [10044, 'history', 'refused'],
  [10045, '32 bytes', 'refused'],
  [10046, '4,000 bytes', 'refused'],
  [10047, '16 attributes', 'refused'],
  [10048, '16,000 bytes', 'refused'],
  [10049, 'too often', 'notDone'],
  [10050, 'no such attribute', 'refused'],
  [10051, 'too far apart', 'refused'],
  [10052, 'not in the group', 'refused'],
  [10053, '30 mentions', 'refused'],
  [10054, 'too many members', 'refused'],
  [10056, 'Somebody else', 'notDone'],
  [10058, '100 groups', 'refused'],
  [10059, 'plan', 'refused'],
  [10060, 'read receipts', 'refused'],
  [10061, 'read receipts', 'refused'],
  [10063, '20 counters', 'refused'],
  [10070, 'pinned', 'refused'],
  [10150, 'webhook', 'refused'],
  [11000, 'Communities', 'refused'],
  [110003, 'topic', 'refused'],
  [110006, 'permission group', 'refused'],
  [110007, 'could not be deleted', 'doubt'],
  [110008, 'permission group', 'refused'],
  [110010, 'already', 'refused'],
  [110011, 'not in the permission group', 'refused'],
  [110012, 'too many members', 'refused'],
  [110013, 'TopicId', 'refused'],
  [110014, 'deleted', 'refused'],
];

/** By hand, from the relationship chain's part of the same page; 31211 from the sample answer of trtc.io/document/34910. */
const ofRelations: [number, string, CodeOutcome][] = [
  [30009, 'friend requests', 'refused'],
  [30010, 'too many friends', 'refused'],
  [30011, 'lists of friends', 'refused'],
  [30012, 'wait for an answer', 'refused'],
  [30013, 'block list', 'refused'],
  [30014, 'The other has too many friends', 'refused'],
  [30515, 'own block list', 'refused'],
  [30516, 'nobody', 'refused'],
  [30525, 'on the block list', 'refused'],
  [30539, 'until the other agrees', 'doubt'],
  [30614, 'no such friend request', 'refused'],
  [31211, 'no friend', 'refused'],
  [31704, 'no friend', 'refused'],
  [31804, 'no such waiting request', 'refused'],
  [38000, 'webhook', 'refused'],
  [38500, 'webhook', 'refused'],
];

describe('chat: catalogue of codes', () => {
  it('says of the important ones where they point, what helps, and what became of the call', () => {
    for (const [code, place, action, outcome] of expected) {
      const entry = lookUpCode(code);
      assert.ok(entry, `${code} is missing`);
      assert.deepEqual([code, entry.place, entry.outcome], [code, place, outcome]);
      if (action) assert.ok(entry.actions.includes(action), `${code} lacks ${action}`);
      else assert.ok(!entry.actions.includes('retry'), `${code} offers a retry`);
    }
  });

  it('knows the codes of groups and topics, and doubts one that a webhook chose after a modification', () => {
    for (const [code, words, outcome] of ofGroups) {
      const entry = lookUpCode(code);
      assert.ok(entry, `${code} is missing`);
      const texts = english as Record<string, { meaning: string }>;
      assert.ok(texts[String(entry.code)]?.meaning.includes(words), `${code}: ${words}`);
      assert.equal(outcomeOf({ command: 'group_open_http_svc/send_group_msg', code }), outcome, String(code));
      assert.equal(entry.place, code === 10020 ? 'MsgBody' : 'document', String(code));
    }
    assert.equal(outcomeOf({ command: 'openim/modify_group_msg', code: 10150 }), 'doubt');
    for (const code of [10099, 10201]) assert.equal(lookUpCode(code), undefined);
  });

  it('knows the codes of friends and block lists', () => {
    const texts = english as Record<string, { meaning: string }>;
    for (const [code, words, outcome] of ofRelations) {
      const entry = lookUpCode(code);
      assert.ok(entry && texts[String(entry.code)]?.meaning.includes(words), `${code}: ${words}`);
      assert.equal(outcomeOf({ command: 'sns/friend_add', code }), outcome, String(code));
    }
    for (const code of [37999, 39001]) assert.equal(lookUpCode(code), undefined);
  });

  it('leads to the page in the reader’s language where one is known', () => {
    assert.equal(pageIn('https://trtc.io/document/34348', 'en'), 'https://trtc.io/document/34348');
    const pages: [string, string][] = [
      ['34348', '1671'],
      ['34971', '2738'],
      ['34965', '12341'],
      ['47722', '74740'],
      ['34919', '2282'],
    ];
    for (const [number, zh] of pages) {
      const page = `https://cloud.tencent.com/document/product/269/${zh}`;
      assert.equal(pageIn(`https://trtc.io/document/${number}`, 'zh'), page);
    }
    assert.equal(pageIn('https://trtc.io/document/1', 'zh'), 'https://trtc.io/document/1');
  });

  it('names every call that can modify a message for the fourteen codes', () => {
    for (const [code] of expected.slice(0, 14)) {
      assert.ok(lookUpCode(code)?.apis.includes('openim/modify_c2c_msg'), String(code));
    }
  });

  it('holds 229 entries, each once, by rising code, with an own link', () => {
    const codes = allCodes();
    assert.equal(codes.length, 229);
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

  it('says what became of a call for every code, and doubts what nobody documented', () => {
    const command = 'openim/modify_c2c_msg';
    for (const { code, outcome } of allCodes()) assert.equal(outcome === undefined, code === 0, String(code));
    for (const code of [1, 19_999, 424_242])
      assert.equal(outcomeOf({ command, code }), 'doubt', String(code));
    // Time-outs and internal errors; what the issue of it names is among them.
    for (const code of [60008, 60014, 90994, 90995, 91000, 20005, 30007, 70169])
      assert.equal(outcomeOf({ command, code }), 'doubt', String(code));
    // What above a limit is not even looked at.
    for (const code of [60007, 60011, 60018, 10023, 90057])
      assert.equal(outcomeOf({ command, code }), 'notDone', String(code));
  });

  it('tells calls apart: a webhook that stands before a sending comes after a modification', () => {
    for (const code of [20006, 80001, 80003, 80004, 120001, 125000]) {
      assert.equal(outcomeOf({ command: 'openim/sendmsg', code }), 'refused', String(code));
      assert.equal(outcomeOf({ command: 'openim/modify_c2c_msg', code }), 'doubt', String(code));
      assert.equal(outcomeOf({ command: 'constructor', code }), 'refused', String(code));
    }
  });

  it('knows what programs need to know of a code', () => {
    const meant = allCodes().flatMap(({ code }) => {
      const means = meaningOf(code);
      return means === undefined ? [] : [`${code} ${means}`];
    });
    assert.deepEqual(meant, [
      '10010 noSuchGroup',
      '10030 notFound',
      '20002 expiredUserSig',
      '20003 noSuchUser',
      '20022 notFound',
      '20023 alreadyRecalled',
      '20026 notFound',
      '70001 expiredUserSig',
      '70052 expiredUserSig',
      '90003 noSuchUser',
      '90008 noSuchUser',
      '90012 noSuchUser',
      '90048 noSuchUser',
    ]);
    assert.equal(meaningOf(424_242), undefined);
  });

  it('advises to do the same again only where that may help', () => {
    for (const code of [60007, 60008, 91000, 20028]) assert.ok(advisesRetry(code), String(code));
    for (const code of [90007, 70009, 20026, 424_242]) assert.ok(!advisesRetry(code), String(code));
    // Above a limit, waiting is the remedy.
    for (const { code, outcome } of allCodes()) {
      if (outcome === 'notDone' && code !== 20027 && code !== 2480 && code !== 30008 && code !== 72010)
        assert.ok(advisesRetry(code), String(code));
    }
  });

  it('has meaning and remedy in both languages, and the wording of the source, for every entry', () => {
    const codes = allCodes().map(({ code }) => String(code));
    // What differs by call has texts of its own.
    const keys = [
      ...codes,
      ...['20003 read', '90003 read', '90008 read', 'client'],
      ...explainedClientCodes.map((code) => `client ${code}`),
    ];
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
    assert.deepEqual(Object.keys(wording).sort(), [...codes].sort());
  });
});
