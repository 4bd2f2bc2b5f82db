import type { RevisionOutcome } from '../journal/revision';
import type { Seen } from './seenMessage';
import type { SendEnd } from './sending';

/** What the journal says of a call that ended so. */
export function revisionOutcome(end: SendEnd<Seen>): RevisionOutcome {
  switch (end.kind) {
    case 'done':
      return { state: 'done', ...contentIn(end.seen) };
    case 'refused':
      return { state: 'refused', code: end.error.code, info: end.error.info };
    case 'changed':
      return { state: 'foreign', ...contentIn(end.seen) };
    case 'gone':
      return { state: 'foreign', info: whyGone(end.seen) };
    case 'unreachable':
    case 'cancelled':
      return { state: 'notDone' };
    case 'unknown':
      return { state: 'unknown' };
  }
}

/** Why a message that one looked at is not there. */
export function whyGone(seen: Seen): 'recalled' | 'gone' {
  return seen.kind === 'recalled' ? 'recalled' : 'gone';
}

function contentIn(seen: Seen | undefined): Pick<RevisionOutcome, 'readBack'> {
  return seen?.kind === 'content' ? { readBack: seen.content } : {};
}
