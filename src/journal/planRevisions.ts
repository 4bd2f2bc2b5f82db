import { groupIds, type GroupFolder, type RevisionGroup } from './groupFolder';
import type { Place } from './journalFile';
import type { JournalFolder, PlaceNames } from './journalFolder';
import { isUnfinished, type Revision, type RevisionEntry, type RevisionOutcome } from './revision';
import { plainRevision } from './revisionFile';
import {
  idMayMatch,
  matches,
  newChance,
  newGroupId,
  newRevisionId,
  planOfGroup,
  type RevisionFilter,
} from './revisionId';

/** How a revision ended. */
export interface RevisionEnd {
  readonly revision: Revision;
  readonly outcome: RevisionOutcome;
}

interface PlanEntry {
  readonly folder: string;
  readonly id: string;
  readonly place: Place;
  readonly group: string;
}

/** Carries out work on one group while no other process works on the same. */
export type Exclusively = <T>(group: string, work: () => Promise<T>) => Promise<T>;

/** The revisions of plans: written in groups, read like any others. */
export class PlanRevisions {
  /** Groups are read, changed and written whole, one at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly files: JournalFolder,
    private readonly groups: GroupFolder,
    private readonly exclusively: Exclusively,
  ) {}

  /**
   * Writes down what is about to happen to messages of one connection, in one file.
   *
   * @param at when, and the first of the milliseconds that the ids may have
   */
  async begin(
    plan: string,
    entries: readonly RevisionEntry[],
    { at, first }: { readonly at: number; readonly first: number },
  ): Promise<{ readonly revisions: Revision[]; readonly bytes: number }> {
    const chance = newChance();
    const outcome: RevisionOutcome = { state: 'pending' };
    const revisions = entries.map((entry, index) => {
      const id = newRevisionId(first + index, entry.address, chance);
      // Written down are the members of a revision alone, see `revisionRecord`.
      return { ...entry, plan, id, at, outcome };
    });
    const id = newGroupId(first + entries.length - 1, plan, chance);
    const bytes = await this.inTurn(() => this.groups.write(this.folderOf(revisions), { id, revisions }));
    return { revisions, bytes };
  }

  /** Writes down how revisions ended. @returns bytes written */
  settle(ends: readonly RevisionEnd[], at: number): Promise<number> {
    return this.inTurn(async () => {
      let bytes = 0;
      const left = new Map(ends.map((end) => [end.revision.id, end]));
      for (const { revision } of ends) {
        if (!left.has(revision.id)) continue;
        const folder = this.folderOf([revision]);
        const id = await this.groups.groupOf(folder, revision.id);
        // What another window found out of the group's other messages meanwhile stays.
        if (id !== undefined)
          bytes += await this.exclusively(id, async () => {
            const group = await this.groups.find(folder, id);
            return group ? this.groups.write(folder, settled(group, left, at)) : 0;
          });
        // A plan whose journal was removed meanwhile has nothing to be settled in.
        left.delete(revision.id);
      }
      return bytes;
    });
  }

  /** Which revisions of plans may be meant, of the names that stand in a connection's folder. */
  async index(folder: string, names: PlaceNames, filter: RevisionFilter): Promise<PlanEntry[]> {
    const entries: PlanEntry[] = [];
    const seen = new Set<string>();
    for (const place of ['finished', 'unfinished'] as const) {
      for (const group of groupIds(names[place])) {
        if (seen.has(group) || !mayHold(group, filter)) continue;
        seen.add(group);
        for (const id of await this.groups.membersOf(folder, group, place)) {
          if (idMayMatch(id, filter)) entries.push({ folder, id, place, group });
        }
      }
    }
    return entries;
  }

  async read(folder: string, group: string, id: string, place: Place): Promise<Revision | undefined> {
    const found =
      (await this.groups.read(folder, group, place)) ??
      // Finished since it was listed.
      (place === 'unfinished' ? await this.groups.read(folder, group, 'finished') : undefined);
    return found?.revisions.find((revision) => revision.id === id);
  }

  /** Those of a connection that nobody knows the end of. */
  async unfinished(folder: string, filter: RevisionFilter): Promise<Revision[]> {
    const found: Revision[] = [];
    for (const id of await this.groups.ids(folder, 'unfinished')) {
      if (!mayHold(id, filter) || (await this.groups.has(folder, id, 'finished'))) continue;
      const group = await this.groups.read(folder, id, 'unfinished');
      for (const revision of group?.revisions ?? [])
        if (isUnfinished(revision) && idMayMatch(revision.id, filter) && matches(revision, filter))
          found.push(revision);
    }
    return found;
  }

  /** Gives the groups at one place to another connection. @returns how many revisions were moved */
  async move(folder: string, to: string, place: Place): Promise<number> {
    let moved = 0;
    for (const id of await this.groups.ids(folder, place)) {
      moved += await this.exclusively(id, async () => {
        const group = await this.groups.read(folder, id, place);
        if (!group) return 0;
        const revisions = group.revisions.map((revision) => ({
          ...revision,
          connection: { ...revision.connection, id: to },
        }));
        await this.groups.write(this.files.connectionFolder(to), { id, revisions });
        await this.groups.remove(folder, id, place);
        return revisions.length;
      });
    }
    return moved;
  }

  private folderOf([revision]: readonly Revision[]): string {
    if (!revision) throw new RangeError('a group without revisions');
    return this.files.connectionFolder(revision.connection.id);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work, work);
    this.last = next.catch(() => undefined);
    return next;
  }
}

function mayHold(group: string, { plan }: RevisionFilter): boolean {
  return plan === undefined || planOfGroup(group) === plan;
}

/** The group with the ends that are of it, which are taken off the list. */
function settled(group: RevisionGroup, left: Map<string, RevisionEnd>, at: number): RevisionGroup {
  const revisions = group.revisions.map((revision) => {
    const end = left.get(revision.id);
    left.delete(revision.id);
    if (!end) return revision;
    // What was imported into a group has its MsgSeq only now.
    const { address } = end.revision;
    return plainRevision({ ...revision, address, outcome: { at, ...end.outcome } });
  });
  return { id: group.id, revisions };
}
