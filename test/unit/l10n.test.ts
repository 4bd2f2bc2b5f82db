import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { scanSources } from '../support/sourceTexts';

/** All that words anything for a person; what the service knows and says (`chat`, `sandbox`, …) has tables of its own. */
const SHELL = [
  'src/words',
  'src/ui',
  'src/localSandbox',
  'src/signatures',
  'src/requestDocuments',
  'src/inbox',
  'src/conversationPage',
  'src/connections',
  'src/documents',
  'src/diagnostics',
  'src/editor',
  'src/views',
  'src/modifying',
  'src/listEditing',
  'src/planning',
  'src/unsent',
  'src/languageModels',
  'src/commands',
  'src/app',
  'src/app.ts',
  'src/extension.ts',
  'webview',
];

/** Words that are the same in both languages: names, units, formats. */
const SAME_IN_CHINESE = new Set([
  'UserSig',
  'MsgKey',
  'MsgBody',
  'CloudCustomData',
  'SDKAppID',
  '{0} → {1}',
  '{0} #{1}',
  '{0} / {1} #{2}',
  '{0} / {1}',
]);

/** Literals that a person sees and that are the same in every language. */
const NOT_PROSE = new Set([
  'Tencent Chat',
  'Tencent Chat Sandbox',
  'MsgKey',
  '中文',
  'http://127.0.0.1:8080/callback',
]);

const sources = scanSources('.', SHELL);
const chinese = table('l10n/bundle.l10n.zh-cn.json');

describe('texts a person reads', () => {
  it('stand in the string tables, not in the code', () => {
    assert.deepEqual(
      sources.bare.filter(({ text }) => !NOT_PROSE.has(text)).map(({ place, text }) => `${place} ${text}`),
      [],
    );
    assert.deepEqual(sources.computed, []);
  });

  it('have a Chinese translation each, and no translation is left over', () => {
    const english = new Set(sources.localised.map(({ text }) => text));
    assert.deepEqual(
      [...english].filter((text) => chinese[text] === undefined),
      [],
      'missing',
    );
    assert.deepEqual(
      Object.keys(chinese).filter((text) => !english.has(text)),
      [],
      'left over',
    );
  });

  for (const [name, english, translated] of [
    ['code', Object.fromEntries(Object.keys(chinese).map((text) => [text, text])), chinese],
    ['manifest', table('package.nls.json'), table('package.nls.zh-cn.json')],
    ['error catalogue', flat('l10n/codes.json'), flat('l10n/codes.zh-cn.json')],
  ] as const) {
    it(`say the same in both languages: ${name}`, () => {
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
      for (const [key, text] of Object.entries(english)) {
        const other = translated[key] ?? '';
        assert.deepEqual(placeholders(other), placeholders(text), key);
        if (text === '' || SAME_IN_CHINESE.has(text) || text.startsWith('./dist/')) continue;
        assert.notEqual(other, text, `${key} is not translated`);
        assert.notEqual(other.trim(), '', `${key} is empty`);
      }
    });
  }

  it('are all used in the manifest, and all there', () => {
    const manifest = readFileSync('package.json', 'utf8');
    const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...used].sort(), Object.keys(table('package.nls.json')).sort());
  });
});

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\d+\}|\$\([\w~-]+\)/g)].map(([placeholder]) => placeholder).sort();
}

function table(file: string): Record<string, string> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** Two levels of names as one. */
function flat(file: string): Record<string, string> {
  const nested = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  return Object.fromEntries(
    Object.entries(nested).flatMap(([key, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${key}.${name}`, text] as const),
    ),
  );
}
