import { GROUP_PAGE, type GroupPage, type GroupPageReader } from './groupPages';

/** A place of a group, and its time where that is known. */
interface Place {
  readonly seq: number;
  readonly time?: number;
}

/**
 * Looks for the newest message up to a time, by a search over MsgSeq: a few pages, whatever the group's length. Times
 * rise with MsgSeq, since the service gives both.
 *
 * @param maxTime Unix seconds, inclusive
 * @returns its MsgSeq, or one above it with nothing in between that is known to be newer; 0 when there is none
 */
export async function lastUpTo(read: GroupPageReader, maxTime: number): Promise<number> {
  /** At or below it nothing is newer than the time. */
  let floor: Place = { seq: 0 };
  /** At or above it everything is newer. */
  let ceiling: Place | undefined;
  let step = GROUP_PAGE;
  let misses = 0;
  for (;;) {
    const range: number = ceiling ? ceiling.seq - floor.seq : Infinity;
    const guesses = floor.seq > 0;
    if (range <= 1) return floor.seq;
    const probe: number | undefined =
      ceiling && (guesses ? probeBetween(floor, ceiling, maxTime, misses) : backBy(step, ceiling));
    const page = await read(GROUP_PAGE, probe);
    const found = look(page, maxTime);
    if (found.newest === undefined) {
      // Nothing there, or nothing that says when it was: what is expired is old.
      if (probe === undefined) return page.messages[0]?.seq ?? 0;
      floor = { seq: probe };
    } else if (found.after === undefined) {
      if (probe === undefined) return page.messages[0]?.seq ?? found.newest.seq;
      floor = { seq: probe, time: found.newest.time };
    } else if (found.upTo !== undefined) {
      // Both on one page, which has no gaps: the edge lies right below the oldest that is too new.
      return found.after.seq - 1;
    } else if (found.after.seq <= 1 || page.expired) return 0;
    else ceiling = found.after;
    step *= 8;
    if (guesses && ceiling && ceiling.seq - floor.seq > range / 2) misses += 1;
  }
}

interface Looked {
  /** The newest whose time is known. */
  readonly newest?: Required<Place>;
  /** The oldest that is newer than the time. */
  readonly after?: Required<Place>;
  /** The newest that is not. */
  readonly upTo?: Required<Place>;
}

function look({ messages }: GroupPage, maxTime: number): Looked {
  const known = messages.filter(({ time }) => time > 0);
  const [newest] = known;
  const after = known.filter(({ time }) => time > maxTime).at(-1);
  const upTo = known.find(({ time }) => time <= maxTime);
  return { ...(newest && { newest }), ...(after && { after }), ...(upTo && { upTo }) };
}

/** Further and further back, as long as nothing was seen that is old enough. */
function backBy(step: number, ceiling: Place): number {
  return Math.max(1, ceiling.seq - (ceiling.seq <= GROUP_PAGE ? 1 : step));
}

/** How often the guess by time may leave more than half of what was left. */
const MISSES = 2;

/** Where the time should be; in the middle, once that guess was bad too often: a busy hour after a quiet month. */
function probeBetween(floor: Place, ceiling: Place, maxTime: number, misses: number): number {
  const most = ceiling.seq - 1;
  if (most - floor.seq <= GROUP_PAGE) return most;
  const share = misses < MISSES ? expectedShare(floor, ceiling, maxTime) : 0.5;
  const probe = Math.floor(floor.seq + share * (ceiling.seq - floor.seq)) + GROUP_PAGE / 2;
  return Math.min(most, Math.max(floor.seq + 1, probe));
}

function expectedShare(floor: Place, ceiling: Place, maxTime: number): number {
  if (floor.time === undefined || ceiling.time === undefined || ceiling.time <= floor.time) return 0.5;
  return Math.max(0, (maxTime - floor.time) / (ceiling.time - floor.time));
}
