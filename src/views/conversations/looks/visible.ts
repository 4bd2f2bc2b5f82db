/** A text in which spaces at the ends and an empty name can be seen. */
export function visible(text: string): string {
  return /^\s|\s$|^$/.test(text) ? `“${text}”` : text;
}

/** A text that keeps its direction to itself, so that Arabic or Hebrew does not turn the time around. */
export function isolated(text: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;
}
