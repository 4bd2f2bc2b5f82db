import type { Journal } from '../journal/journal';
import { intendedContent, type RevisionConnection } from '../journal/revision';
import { pickMembers } from '../modify/checkedText';
import { isCarriedOut } from '../modify/undoable';
import { changedMembers } from '../message/changes';
import { newPlan, type Plan } from './plan';

/** A plan that takes another one back, and what it cannot take back. */
export interface Rollback {
  readonly plan: Plan;
  /** Messages that had no member of that name before: the service knows no call that takes one away. */
  readonly cannot: number;
}

/**
 * Makes the plan that gives each message that a plan changed the content from before, where it is still what the plan
 * left. It is a plan like any other, so that it can be rolled back, too.
 */
export async function rollbackOf(
  of: string,
  connection: RevisionConnection,
  journal: Pick<Journal, 'list'>,
  now: number,
): Promise<Rollback> {
  const revisions = (await journal.list({ connectionId: connection.id, plan: of }))
    .filter(isCarriedOut)
    .reverse();
  let cannot = 0;
  const wanted = revisions.flatMap(({ address, before, intent }) => {
    if (!before) return [];
    // Not what was read back: what differs there somebody may have made since, and is to be asked about.
    const base = intendedContent({ before, intent });
    const members = changedMembers(base, before);
    const names = (['MsgBody', 'CloudCustomData'] as const).filter((name) => {
      const member = name === 'MsgBody' ? 'msgBody' : 'cloudCustomData';
      return base[member] !== undefined && before[member] === undefined;
    });
    if (names.length > 0) cannot += 1;
    return [{ address, base, mine: pickMembers(before, members) }];
  });
  return { plan: newPlan(connection, { kind: 'rollback', of }, wanted, now), cannot };
}
