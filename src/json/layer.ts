import { Mapping } from './mapping';
import type { TextEdit, TextRange } from './text';

/** A text that was made of another one, with the way back. */
export interface Layer {
  readonly text: string;
  /** Where a stretch of this text stands in the text that everything was made of. */
  readonly toOriginal: (range: TextRange) => TextRange;
}

/** A text that nothing was done to. */
export function originalLayer(text: string): Layer {
  return { text, toOriginal: (range) => range };
}

/** A stretch of a layer. */
export function sliceLayer(layer: Layer, from: number, to: number): Layer {
  return {
    text: layer.text.slice(from, to),
    toOriginal: ({ offset, length }) => layer.toOriginal({ offset: offset + from, length }),
  };
}

/** A stretch of a layer with other text in some places. */
export function editedLayer(layer: Layer, from: number, to: number, edits: readonly TextEdit[]): Layer {
  if (edits.length === 0) return sliceLayer(layer, from, to);
  const mapping = new Mapping(from);
  let text = '';
  let at = from;
  for (const edit of edits) {
    text += layer.text.slice(at, edit.offset) + edit.text;
    mapping.add(edit.offset - at, edit.offset - at);
    mapping.add(edit.text.length, edit.length);
    at = edit.offset + edit.length;
  }
  text += layer.text.slice(at, to);
  mapping.add(to - at, to - at);
  return {
    text,
    toOriginal: ({ offset, length }) => layer.toOriginal(mapping.toSource(offset, offset + length)),
  };
}
