/* eslint-disable no-control-regex -- control characters are what this is about */
/** Between two signs that VS Code would read as one mark, this keeps them apart and is not seen. */
const WORD_JOINER = '\u2060';

/** How much of a text is shown where. Longer ones end in `…`. */
export const textLimits = {
  /** A notice, a question, a line below it, a prompt, a tooltip's line. VS Code itself cuts notices at 1,000. */
  sentence: 800,
  /** A row of a list or a tree, a title, the status bar. */
  line: 200,
  /** A tooltip of several lines, the text of a view without rows. */
  lines: 4_000,
  /** An entry of the log, with stacks and bodies. */
  log: 100_000,
} as const;

/**
 * Text for one line of VS Code's own surfaces that shows as what it is. VS Code makes links of `[x](command:…)` in
 * notices, progress and prompts, and icons of `$(x)` in prompts, lists and the status bar; no backslash stops it.
 * Signs that turn the direction of what follows, control characters and broken surrogates are spelled out, so that
 * nothing stands at another place than it is read.
 */
export function plainText(text: string, limit: number = textLimits.sentence): string {
  return defused(spelledOut(cut(text, limit).replace(/\s*[\r\n\u2028\u2029]+\s*|\t/g, ' ')));
}

/** As {@link plainText}, with its line breaks. */
export function plainLines(text: string, limit: number = textLimits.lines): string {
  return defused(
    spelledOut(
      cut(text, limit)
        .replace(/\r\n?|[\u2028\u2029]/g, '\n')
        .replace(/\t/g, ' '),
    ),
  );
}

/**
 * Text for the log: no terminal sequence works in it, and what continues a line is indented, so that nobody else's
 * text can look like an entry of its own.
 */
export function logText(text: string): string {
  return withoutControls(cut(text, textLimits.log)).replace(/\n/g, '\n    ');
}

/** Lines of another process in which no terminal sequence works. */
export function withoutControls(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  return spelledOut(lines, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g);
}

/** Text that Markdown makes no link of by itself, as it does of an address. */
export function withoutAddresses(text: string): string {
  return text.replace(/:(?=\/\/)|www(?=\.)|@/gi, `$&${WORD_JOINER}`);
}

function defused(text: string): string {
  return text.replace(/\](?=\()|\$(?=\()/g, `$&${WORD_JOINER}`);
}

/** Left-to-right, right-to-left and Arabic letter mark, embeddings, overrides, isolates; a byte order mark. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067\ufeff]/g;
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function spelledOut(text: string, controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g): string {
  const spelled = text.replace(HALF_PAIR, '\ufffd').replace(controls, escaped).replace(DIRECTION, escaped);
  return isolatesEnd(spelled) ? spelled : spelled.replace(/[\u2068\u2069]/g, escaped);
}

/** First-strong isolates keep to themselves what is right to left, as we do in rows; they must end where they began. */
function isolatesEnd(text: string): boolean {
  let open = 0;
  for (const sign of text.match(/[\u2068\u2069]/g) ?? []) {
    open += sign === '\u2068' ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
