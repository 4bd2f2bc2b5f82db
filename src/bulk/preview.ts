import { addressKey } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { readMany, type ManyReader } from './pageReading';
import { whyLeftOut, type Plan, type PlanItem } from './plan';

/** A message that a plan leaves out, and why. `content`: what the service shows. */
export interface LeftOut {
  readonly item: PlanItem;
  readonly why:
    'broken' | 'problem' | 'unmerged' | 'conflict' | 'nothingToDo' | 'recalled' | 'gone' | 'unreadable';
  readonly content?: MessageContent;
}

/** What a plan will modify as far as the service can be read now, and what it leaves out. */
export interface Preview {
  readonly plan: Plan;
  readonly left: readonly LeftOut[];
}

/** Messages that are read before one is told how far it is. */
const AT_ONCE = 200;

/**
 * Reads the messages of a plan and leaves out those that cannot be modified as they are.
 *
 * @param onProgress told how many were read
 * @returns undefined when the signal was aborted
 */
export async function previewOf(
  plan: Plan,
  reader: ManyReader,
  onProgress: (read: number) => void = () => undefined,
): Promise<Preview | undefined> {
  const items: PlanItem[] = [];
  const left: LeftOut[] = [];
  for (let from = 0; from < plan.items.length; from += AT_ONCE) {
    const some = plan.items.slice(from, from + AT_ONCE);
    const read = await readMany(
      reader,
      some.map(({ address }) => address),
    );
    if (reader.signal?.aborted) return undefined;
    for (const item of some) {
      const seen = read.get(addressKey(item.address))?.seen;
      if (seen?.kind !== 'content') {
        const why = seen?.kind === 'recalled' || seen?.kind === 'gone' ? seen.kind : 'unreadable';
        left.push({ item, why });
        continue;
      }
      const { content } = seen;
      const why = whyLeftOut(item, content);
      if (why) left.push({ item, why, content });
      else items.push(item);
    }
    onProgress(from + some.length);
  }
  return { plan: { ...plan, items }, left };
}

/** True for what a person may take in all the same. Of a recalled message, or one that is gone, nothing can be modified. */
export function mayBeTakenIn({ why }: LeftOut): boolean {
  return why === 'problem' || why === 'unmerged' || why === 'conflict' || why === 'unreadable';
}

/** The plan with what a person took in: a message that was changed meanwhile is overwritten as the service shows it. */
export function withTakenIn({ plan, left }: Preview, taken: ReadonlySet<LeftOut>): Preview {
  const items = left
    .filter((one) => taken.has(one))
    .map(({ item, content }) => (content ? { ...item, base: content } : item));
  return {
    plan: { ...plan, items: [...plan.items, ...items] },
    left: left.filter((one) => !taken.has(one)),
  };
}
