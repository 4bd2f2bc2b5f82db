/**
 * Whether the host said the same again: what it sends of a thing has its fields in one order, so that two are the same if
 * their JSON is.
 */
export function isSameData(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
