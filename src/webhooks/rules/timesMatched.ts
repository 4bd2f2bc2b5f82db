import type { AnsweredEvent } from '../store/records';
import type { Rule } from './rule';

/** How many of some webhooks each rule decided; of rules that do the same, the first of them did. */
export function timesMatched(
  rules: readonly Rule[],
  events: readonly { readonly answered: AnsweredEvent | undefined }[],
): number[] {
  const counts = new Map<string, number>();
  for (const { answered } of events) {
    const key = answered?.ruleKey;
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return rules.map(({ key }) => {
    const count = counts.get(key) ?? 0;
    counts.delete(key);
    return count;
  });
}
