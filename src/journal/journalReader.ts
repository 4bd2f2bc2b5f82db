import { exportLine } from './exportLine';
import { groupIds } from './groupFolder';
import type { Place } from './journalFile';
import { revisionIds, type JournalFolder } from './journalFolder';
import type { PlanRevisions } from './planRevisions';
import type { Revision } from './revision';
import { idMayMatch, isRevisionId, matches, planOfGroup, timeOfId, type RevisionFilter } from './revisionId';

/** What the journal has of a plan. */
export interface PlanEntries {
  readonly plan: string;
  /** Revisions, tries that came to nothing included. */
  readonly count: number;
  /** The id of the newest of them. */
  readonly newest: string;
}

interface IndexEntry {
  readonly folder: string;
  readonly id: string;
  readonly place: Place;
  /** The group it is in, of a revision of a plan. */
  readonly group?: string;
}

/** Reads what the journal has: single revisions and those of plans alike. */
export class JournalReader {
  constructor(
    protected readonly files: JournalFolder,
    protected readonly plans: PlanRevisions,
  ) {}

  /** Newest first. Reads no more files than it must. */
  async list(filter: RevisionFilter = {}): Promise<Revision[]> {
    const limit = filter.limit ?? Number.POSITIVE_INFINITY;
    const found: Revision[] = [];
    for (const entry of (await this.index(filter)).reverse()) {
      if (found.length >= limit) break;
      const revision = await this.read(entry);
      if (revision && matches(revision, filter)) found.push(revision);
    }
    return found;
  }

  /** The plans that have revisions, the newest first, without reading more than which revisions each has. */
  async listPlans(filter: RevisionFilter = {}): Promise<PlanEntries[]> {
    const plans = new Map<string, PlanEntries>();
    for (const folder of await this.files.connectionFolders(filter.connectionId)) {
      const names = await this.files.names(folder);
      for (const { id, group } of await this.plans.index(folder, names, filter)) {
        const plan = planOfGroup(group) ?? '';
        const { count = 0, newest = '' } = plans.get(plan) ?? {};
        plans.set(plan, { plan, count: count + 1, newest: id > newest ? id : newest });
      }
    }
    return [...plans.values()].sort((one, other) => (one.newest < other.newest ? 1 : -1));
  }

  /** The revision of this id. */
  async get(id: string): Promise<Revision | undefined> {
    if (!isRevisionId(id)) return undefined;
    const entry = (await this.index({})).find((candidate) => candidate.id === id);
    return entry && this.read(entry);
  }

  /** Those that changed messages and that nobody knows the end of, oldest first. */
  async unfinished(filter: RevisionFilter = {}): Promise<Revision[]> {
    return (await this.inDoubt(filter)).filter(({ action }) => action === 'modify' || action === 'recall');
  }

  /** Those that sent messages and that nobody knows the end of, oldest first. */
  async unfinishedSends(filter: RevisionFilter = {}): Promise<Revision[]> {
    return (await this.inDoubt(filter)).filter(({ action }) => action === 'send');
  }

  /** Those that imported messages and that nobody knows the end of, oldest first. */
  async unfinishedImports(filter: RevisionFilter = {}): Promise<Revision[]> {
    return (await this.inDoubt(filter)).filter(({ action }) => action === 'import');
  }

  private async inDoubt(filter: RevisionFilter): Promise<Revision[]> {
    const found: Revision[] = [];
    // Every modify asks this, so the finished ones, of which there may be many, are not even listed.
    for (const folder of await this.files.connectionFolders(filter.connectionId)) {
      for (const id of await this.files.ids(folder, 'unfinished')) {
        if (!idMayMatch(id, filter) || (await this.files.has(folder, id, 'finished'))) continue;
        const revision = await this.files.read(folder, id, 'unfinished');
        if (revision && matches(revision, filter)) found.push(revision);
      }
      found.push(...(await this.plans.unfinished(folder, filter)));
    }
    return found.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** JSON Lines, oldest first: one revision a line, each line ending in a line feed. */
  async *exportLines(filter: RevisionFilter = {}): AsyncGenerator<string> {
    for (const entry of await this.index(filter)) {
      const revision = await this.read(entry);
      if (revision && matches(revision, filter)) yield exportLine(revision);
    }
  }

  /** The time in the newest id of all; 0 when there is none. */
  protected async newestTime(): Promise<number> {
    let newest = 0;
    for (const folder of await this.files.connectionFolders()) {
      for (const names of Object.values(await this.files.names(folder))) {
        for (const ids of [revisionIds(names), groupIds(names)]) {
          const last = ids.at(-1);
          newest = Math.max(newest, (last === undefined ? undefined : timeOfId(last)) ?? 0);
        }
      }
    }
    return newest;
  }

  private read({ folder, id, place, group }: IndexEntry): Promise<Revision | undefined> {
    return group === undefined
      ? this.files.read(folder, id, place)
      : this.plans.read(folder, group, id, place);
  }

  /** Which files may hold what is asked for, oldest first; each revision once. */
  private async index(filter: RevisionFilter): Promise<IndexEntry[]> {
    const entries: IndexEntry[] = [];
    for (const folder of await this.files.connectionFolders(filter.connectionId)) {
      const names = await this.files.names(folder);
      const finished = revisionIds(names.finished);
      const settled = new Set(finished);
      const add = (id: string, place: Place): void => void entries.push({ folder, id, place });
      if (filter.plan === undefined) {
        for (const id of finished) add(id, 'finished');
        for (const id of revisionIds(names.unfinished)) if (!settled.has(id)) add(id, 'unfinished');
      }
      if (filter.alone !== true) entries.push(...(await this.plans.index(folder, names, filter)));
    }
    const wanted = entries.filter(({ id }) => idMayMatch(id, filter));
    return wanted.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}
