import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** One thing has one name in Chinese, wherever it is named. */
const terms: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/\bsandbox\b/, '沙箱'],
  [/\bdrafts?\b/, '草稿'],
  [/\bconnections?\b/, '连接'],
  [/\bconversations?\b/, '会话'],
  [/\bmodif(y|ied|ications?)\b/, '修改'],
  [/\bundo(ne)?\b/, '撤销'],
  [/\brecall(ed)?\b/, '撤回'],
  [/\brestored?\b/, '恢复'],
  // What the journal keeps is what the view of that name shows.
  [/\bjournal\b|\bhistory view\b|\bshow history\b/, '历史记录'],
  [/\b(the|a|show|open) log\b/, '日志'],
  [/\bwebhooks?\b/, '回调'],
  [/\binbox\b/, '收件箱'],
  [/\bread-only\b/, '只读'],
  [/\bconflicts?\b/, '冲突'],
  [/\belements?\b/, '元素'],
  [/\bsignatures?\b/, '签名'],
  [/\badministrator\b/, '管理员'],
  [/\bsecret key\b/, '密钥'],
  [/\bendpoint\b/, '接入地址'],
  [/\broll(ed)? back\b/, '回滚'],
];

/** Other words for the same, which nobody is to meet. */
const strangers: readonly (readonly [stranger: RegExp, instead: string])[] = [
  [/帐号|帐户|账户/, '账号'],
  [/沙盒/, '沙箱'],
  [/撤消/, '撤销'],
  [/还原/, '恢复'],
  [/历史(?!记录|消息)/, '历史记录 for what this machine keeps, 历史消息 for what the service keeps'],
  [/修改日志/, '历史记录'],
  [/接收者|收件人/, '接收方'],
  [/发送者|发件人/, '发送方'],
  [/令牌/, 'Token'],
  [/您/, '你'],
];

interface Text {
  readonly place: string;
  readonly english: string;
  readonly chinese: string;
}

/** Texts of every table, with whatever is no word taken out. */
const texts: readonly Text[] = [
  ...Object.entries(table('l10n/bundle.l10n.zh-cn.json')).map(([key, chinese]) => text(key, key, chinese)),
  ...['package.nls', 'l10n/codes', 'l10n/schema'].flatMap((name) => {
    const chinese = table(`${name}.zh-cn.json`);
    return Object.entries(table(`${name}.json`)).map(([key, english]) =>
      text(`${name}: ${key}`, english, chinese[key] ?? ''),
    );
  }),
];

describe('the Chinese texts', () => {
  for (const [english, chinese] of terms) {
    it(`name ${english.source} by ${chinese}`, () => {
      const named = texts.filter((one) => english.test(one.english.toLowerCase()));
      assert.ok(named.length > 0, 'no text has the word');
      assert.deepEqual(
        named.filter((one) => !one.chinese.includes(chinese)),
        [],
      );
    });
  }

  for (const [stranger, instead] of strangers) {
    it(`have ${instead}, not ${stranger.source}`, () => {
      assert.deepEqual(
        texts.filter((one) => stranger.test(one.chinese)),
        [],
      );
    });
  }
});

/** Without placeholders, names of members, addresses and commands. */
function text(place: string, english: string, chinese: string): Text {
  const words = (one: string): string =>
    one.replace(/\{\{.*?\}\}|@\w+|<\w+>|\.\/dist\/\S+|\(command:[^)]*\)|#[\w.]+#|`[^`]*`/g, ' ');
  return { place, english: words(english), chinese: words(chinese) };
}

/** A table of texts with names inside names as one name each. */
function table(file: string): Record<string, string> {
  const flat = (value: object, before: string): (readonly [string, string])[] =>
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
      typeof inner === 'string'
        ? [[`${before}${name}`, inner] as const]
        : flat(inner as object, `${before}${name}.`),
    );
  return Object.fromEntries(flat(JSON.parse(readFileSync(file, 'utf8')) as object, ''));
}
