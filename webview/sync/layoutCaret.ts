/**
 * Where a caret goes when only the white space of a text changed: to the same letter. VS Code does so when it formats.
 *
 * @returns undefined when more than white space changed
 */
export function throughLayout(before: string, after: string, caret: number): number | undefined {
  if (letters(before) !== letters(after)) return undefined;
  const passed = letters(before.slice(0, caret)).length;
  const places = [...after.matchAll(/\S/g)];
  const behindLetter = /\S$/.test(before.slice(0, caret));
  const place = places[behindLetter ? passed - 1 : passed];
  return place === undefined ? after.length : place.index + (behindLetter ? 1 : 0);
}

function letters(text: string): string {
  return text.replace(/\s+/g, '');
}
