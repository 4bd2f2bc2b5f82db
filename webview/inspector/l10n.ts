import { filled } from '../dom';

/** Chinese by English, of the texts of this page: put in when the page is built, from the extension's own table. */
declare const CHINESE: Readonly<Record<string, string>>;

/** Texts of the service's codes in both languages, put in when the page is built. */
declare const CODE_TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>>;

export type Language = 'en' | 'zh';

const KEPT_AS = 'tencent-chat-sandbox.language';

let chosen: Language = kept() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** The language of the page: that of the browser, or the one that was chosen. */
export function language(): Language {
  return chosen;
}

/** Chooses a language, for later visits too. */
export function chooseLanguage(wanted: Language): void {
  chosen = wanted;
  try {
    localStorage.setItem(KEPT_AS, wanted);
  } catch {
    // A browser that keeps nothing shows the language for this visit.
  }
}

/** As `vscode.l10n`: the text in the language of the page, with values where `{0}`, `{1}` … stand. */
export const l10n = {
  t(text: string, ...values: readonly (string | number)[]): string {
    return filled(chosen === 'zh' ? (CHINESE[text] ?? text) : text, ...values);
  },
};

/** What a code means, in the language of the page; undefined for one that nobody documented. */
export function codeText(code: number, command: string | undefined): string | undefined {
  const own = CODE_TEXTS[chosen];
  return own[`${code} ${command ?? ''}`] ?? own[String(code)] ?? CODE_TEXTS.en[String(code)];
}

function kept(): Language | undefined {
  try {
    const value = localStorage.getItem(KEPT_AS);
    return value === 'en' || value === 'zh' ? value : undefined;
  } catch {
    return undefined;
  }
}
