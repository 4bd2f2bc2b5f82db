import { addressKey, type ChatAddress } from '../chat/address';
import type { Journal } from '../journal/journal';
import { summaryOf } from '../conversation/messageRow';
import type { MarksView, RowKey } from '../conversation/rowViews';
import { pushText } from '../message/preview';
import { wordsLanguage } from '../ui/language';

type Modified = NonNullable<MarksView['modified']>;

/** More changes of one conversation are not marked; older ones stand in the History view. */
const MOST = 2_000;

/** What this machine modified in a conversation, by message: what the last change of each found. */
export async function ourChanges(
  journal: Journal,
  connectionId: string,
  conversation: ChatAddress,
): Promise<ReadonlyMap<RowKey, Modified>> {
  const changes = new Map<RowKey, Modified>();
  for (const revision of await journal.list({ connectionId, conversation, limit: MOST })) {
    const { address, action, before, outcome, at } = revision;
    const key = addressKey(address);
    if (action !== 'modify' || outcome.state !== 'done' || changes.has(key)) continue;
    const language = wordsLanguage();
    const words = before ? (pushText(before, language) ?? summaryOf(before, language)) : '';
    changes.set(key, { before: words, at });
  }
  return changes;
}
