/**
 * The bytes of a text in UTF-8, one character for each. Strings of bytes are put together and written without being
 * encoded anew, and cost the garbage collector less than buffers do: a page of history is made of a hundred.
 */
export type Wire = string & { readonly wire: never };

/** Encodes a text. */
export function toWire(text: string): Wire {
  const plain = Buffer.byteLength(text) === text.length;
  return (plain ? text : Buffer.from(text).toString('latin1')) as Wire;
}

/** The text again. */
export function fromWire(wire: Wire): string {
  return /[\x80-\xff]/.test(wire) ? Buffer.from(wire, 'latin1').toString('utf8') : wire;
}

/** Items with commas between them, and what stands before and behind; put together at once, since pages are long. */
export function joinWire(before: Wire, items: readonly Wire[], behind: Wire): Wire {
  const [first = '', ...others] = items;
  const last = others.pop();
  const pieces = last === undefined ? [before + first + behind] : [before + first, ...others, last + behind];
  return pieces.join(',') as Wire;
}
