import type { MessageContent } from '../chat/chatMessage';
import type { Journal } from '../journal/journal';
import type { Revision, RevisionOutcome } from '../journal/revision';
import { standingOfContent } from './readBack';
import type { Seen } from './seenMessage';

/** What a reading of the message says about a revision whose end nobody knows; undefined when it says nothing. */
export function judge(revision: Revision, seen: Seen): RevisionOutcome | undefined {
  switch (seen.kind) {
    case 'recalled':
      return revision.action === 'recall' ? { state: 'done' } : { state: 'foreign', info: 'recalled' };
    case 'gone':
      return { state: 'foreign', info: 'gone' };
    case 'content':
      return judgeContent(revision, seen.content);
    case 'unreadable':
    case 'refused':
    case 'unreachable':
    case 'aborted':
      return undefined;
  }
}

function judgeContent(revision: Revision, readBack: MessageContent): RevisionOutcome {
  if (revision.action === 'recall') return { state: 'notDone', readBack };
  const states = { done: 'done', before: 'notDone', other: 'foreign' } as const;
  const attempt = { before: revision.before, sent: revision.intent };
  return { state: states[standingOfContent(readBack, attempt)], readBack };
}

/**
 * Settles unfinished revisions of one message by what it shows now. An older one is judged by what the next newer
 * one saw before it began, which is nearer to it.
 *
 * @param revisions oldest first, all of one message
 */
export async function settleBy(
  journal: Journal,
  revisions: readonly Revision[],
  seen: Seen,
): Promise<Revision[]> {
  const settled: Revision[] = [];
  let evidence = seen;
  for (const revision of [...revisions].reverse()) {
    const outcome = judge(revision, evidence);
    if (outcome) settled.push(await journal.settle(revision, outcome));
    if (revision.before) evidence = { kind: 'content', content: revision.before };
  }
  return settled.reverse();
}
