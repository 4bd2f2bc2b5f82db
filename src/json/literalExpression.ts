/** A text as the source of a regular expression that finds just this text, with the flag `u` too. */
export function literalExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
