import fc from 'fast-check';

/** Texts made of these characters only, so that chance meets the interesting ones often. */
export function textOf(characters: string): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(characters)) });
}
