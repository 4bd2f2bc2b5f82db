import { addressKey } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import type { RevisionOutcome } from '../journal/revision';
import { standingOfContent } from '../modify/readBack';
import { readMany, type ManyReader } from './pageReading';
import type { Called } from './stages';
import type { Stopping } from './stopping';

/** Waited before what does not show yet is read back again. */
const readBackPauses = [300, 700, 1_500];

/** Reads what was carried out, by pages, until it shows; what does not in time is done all the same. */
export async function readBack(
  called: readonly Called[],
  reader: ManyReader,
  stopping: Stopping,
): Promise<Called[]> {
  const shown = new Map<string, MessageContent>();
  let left = called.filter(({ end: { outcome } }) => outcome.state === 'done' && !outcome.readBack);
  for (const pause of readBackPauses) {
    // Whoever called wants to know what came of it, also when nothing more is to leave.
    const read = await readMany(
      { ...reader, signal: undefined },
      left.map(({ ready }) => ready.item.address),
    );
    left = left.filter(({ ready: { item, before, sent } }) => {
      const key = addressKey(item.address);
      const seen = read.get(key)?.seen;
      if (seen?.kind !== 'content') return seen?.kind === 'unreadable';
      if (standingOfContent(seen.content, { before, sent }) === 'before') return true;
      shown.set(key, seen.content);
      return false;
    });
    if (left.length === 0 || stopping.stopped) break;
    await reader.timing.sleep(pause, stopping.signal);
  }
  return called.map((one) => {
    const content = shown.get(addressKey(one.ready.item.address));
    if (!content) return one;
    const outcome: RevisionOutcome = { ...one.end.outcome, readBack: content };
    return { ...one, end: { ...one.end, outcome } };
  });
}
