/** What is looked for: a text as it is, whichever case, or a regular expression. */
export type Wanted =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly flags: string };

/** Reads what a person typed: `/expression/flags`, else a text. Throws SyntaxError for an expression that is none. */
export function readWanted(typed: string): Wanted {
  const match = /^\/(.+)\/([dimsuv]*)$/s.exec(typed);
  if (!match) return { kind: 'text', text: typed };
  const [, source = '', flags = ''] = match;
  // Throws where it is none.
  new RegExp(source, flags);
  return { kind: 'expression', source, flags };
}
