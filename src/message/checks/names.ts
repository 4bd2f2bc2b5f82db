import { elementOf, elements, type FieldSpec, type MsgType } from '../elements';

/** A name without case, underscores and hyphens: what different spellings share. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** The field that a wrong name of an element's content means; undefined when none is near. */
export function meantField(
  msgType: MsgType,
  fields: readonly FieldSpec[],
  name: string,
): FieldSpec | undefined {
  // The C SDK puts the element's word before each name: `text_elem_content`, `sound_elem_file_size`.
  const plain = normalised(name).replace(/^[a-z]+elem(?=.)/, '');
  const alias = elementOf(msgType)?.aliases[plain];
  return fields.find((field) => normalised(field.name) === plain || field.name === alias);
}

/** The one of some names that a wrong name means; undefined when none is near. */
export function meantName(names: readonly string[], name: string): string | undefined {
  const plain = normalised(name);
  return names.find((one) => normalised(one) === plain);
}

/**
 * The element type that a wrong `MsgType` means: another case, without `TIM` or `Elem`, with one letter wrong, or a word
 * of its own; undefined when unclear.
 */
export function meantType(msgType: string): MsgType | undefined {
  const plain = normalised(msgType);
  const short = shortType(plain);
  const found =
    elements.find(
      ({ type, otherTypes }) => shortType(normalised(type)) === short || otherTypes.includes(plain),
    ) ??
    elements.find(({ otherTypes }) => otherTypes.some((word) => shortType(word) === short)) ??
    nearestType(plain);
  return found?.type;
}

/** What is left of a type's name without what all of them have, or have in other SDKs. */
function shortType(plain: string): string {
  return plain.replace(/^(v2)?tim/, '').replace(/(elem|element|message|msg)$/, '');
}

/** The one type that is a slip of a finger or two away; short words are too near to each other for that. */
function nearestType(plain: string) {
  if (plain.length < 9) return undefined;
  const near = elements.filter(({ type }) => slipsBetween(normalised(type), plain) <= 2);
  return near.length === 1 ? near[0] : undefined;
}

/** Letters left out, put in, replaced or swapped between two short words. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + same,
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
