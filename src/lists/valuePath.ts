/** One step of a path into a message. */
export type ValueStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number }
  /** Every item of an array. */
  | { readonly kind: 'each' }
  /** Into the JSON that a string holds. */
  | { readonly kind: 'open' };

/** A path that cannot be read, and where. */
export interface PathError {
  readonly wrongAt: number;
}

/**
 * Reads a path such as `MsgBody[*].MsgContent.Data ▸ order.status`: members joined by full stops, `[0]` an item, `[*]`
 * each of them, and `▸` or `>` into the JSON that a string holds. A name with signs of the path in it stands in quotes.
 */
export function parseValuePath(text: string): readonly ValueStep[] | PathError {
  const steps: ValueStep[] = [];
  const token = /\s*(?:"((?:[^"\\]|\\.)*)"|\[(\d+)\]|\[(\*)\]|(▸|>)|(\.)|([^\s.[\]▸>"]+))\s*/uy;
  let mayName = true;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) return { wrongAt: at };
    const [, quoted, index, each, open, dot, name] = match;
    if (dot !== undefined) {
      if (mayName) return { wrongAt: at };
      mayName = true;
      continue;
    }
    if (open !== undefined) {
      if (steps.length === 0 || (mayName && steps.at(-1)?.kind !== 'open')) return { wrongAt: at };
      steps.push({ kind: 'open' });
      mayName = true;
      continue;
    }
    if (index !== undefined || each !== undefined) {
      if (mayName && steps.length > 0 && steps.at(-1)?.kind !== 'open') return { wrongAt: at };
      steps.push(index === undefined ? { kind: 'each' } : { kind: 'item', index: Number(index) });
      mayName = false;
      continue;
    }
    if (!mayName) return { wrongAt: at };
    steps.push({
      kind: 'member',
      name: quoted === undefined ? (name ?? '') : (JSON.parse(`"${quoted}"`) as string),
    });
    mayName = false;
  }
  // A full stop that nothing follows; opening alone names the whole of what the string holds.
  if (steps.length === 0 || (mayName && steps.at(-1)?.kind !== 'open')) return { wrongAt: text.length };
  return steps;
}
