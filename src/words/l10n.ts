/** Puts texts into a person's language; `vscode.l10n` in the extension. */
export interface L10n {
  /** The text in the person's language, `{0}`, `{1}`, … being the arguments. */
  t(message: string, ...args: (string | number | boolean)[]): string;
  /** Of numbers: a language tag. */
  readonly language: string;
}

/** For a command line: the texts as they stand in the code. */
export const english: L10n = {
  language: 'en',
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};
