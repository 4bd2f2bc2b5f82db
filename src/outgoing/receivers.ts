import { valueOfJson } from '../json/values';

/**
 * Receivers as a person types them: UserIDs with commas between them. A UserID is any printable ASCII, so where one would
 * not come back as it is, they stand there as JSON.
 *
 * @param value of `To_Account`
 */
export function typedReceivers(value: unknown): string {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = given.filter((name) => typeof name === 'string');
  const typed = names.join(', ');
  const back = receiversTyped(typed);
  return back.length === names.length && back.every((name, index) => name === names[index])
    ? typed
    : JSON.stringify(names);
}

/** Reads what a person typed: names with commas between them, or JSON of one or several. */
export function receiversTyped(typed: string): string[] {
  const value = valueOfJson(typed);
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  return typed.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
}
