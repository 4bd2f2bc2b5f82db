import * as path from 'node:path';
import { fromRecord, toRecord } from '../chat/address';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, isNewer, setAside, toCheckedJson } from '../files/checkedJson';
import { DurableFolders } from '../files/durableFolders';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { isRecord } from '../json/values';
import { isPlanId } from '../journal/revisionId';
import type { RevisionConnection } from '../journal/revision';
import { importOf, type Plan, type PlanItem, type PlanNote, type PlanOrigin, type PlanState } from './plan';

/** A plan as far as one needs to know it to name it. */
export interface PlanHead {
  readonly id: string;
  readonly at: number;
  readonly connection: RevisionConnection;
  readonly origin: PlanOrigin;
  readonly count: number;
  readonly state: PlanState;
}

/** What ended longer ago is not kept for its own sake. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

const FORMAT = 1;
/** Of an import, which a version before would take for changes. */
const IMPORT_FORMAT = 2;
const PLAN = '.plan.json';
const STATE = '.state.json';
const NOTES = '.notes.json';

/**
 * Plans on disk:
 *
 *     <folder>/<id>.plan.json    what is to be done; written once, before the first call (its connection may move)
 *     <folder>/<id>.state.json   where it stands, and what one needs to name it
 *     <folder>/<id>.notes.json   what reading said of messages to which nothing was sent
 *
 * Without secrets. What became of the calls stands in the journal, and nowhere else.
 */
export class PlanStore {
  private readonly folders: DurableFolders;

  /** @param onChange told after everything that changes what {@link list} gives */
  constructor(
    private readonly folder: string,
    private readonly layer: FileLayer = nodeFiles,
    private readonly onChange: () => void = () => undefined,
  ) {
    this.folders = new DurableFolders(folder, layer);
  }

  /**
   * Writes a new plan down, for good when this returns.
   * @throws the file system's error; then nothing may be sent
   */
  async add(plan: Plan): Promise<void> {
    await this.folders.make(this.folder);
    await this.write(plan);
    await this.setState(plan, { kind: 'ready' });
  }

  private async write(plan: Plan): Promise<void> {
    const { id, items, accounts, leftOut } = plan;
    const record = {
      ...namedRecord(plan),
      items: items.map(({ address, base, content, source }) => ({
        ...toRecord(address),
        ...{ base, content },
        ...(source && { source }),
      })),
      ...(accounts && { accounts }),
      ...(leftOut && { leftOut }),
    };
    await writeFileAtomic(this.file(id, PLAN), toCheckedJson(record), this.layer);
  }

  /** The whole plan; undefined when there is none, or its file is damaged, which is then set aside. */
  async get(id: string): Promise<Plan | undefined> {
    if (!isPlanId(id)) return undefined;
    const file = this.file(id, PLAN);
    const text = await readIfThere(file, this.layer);
    if (text === undefined) return undefined;
    const record = fromCheckedJson(text);
    const plan = planFrom(record);
    if (plan?.id !== id && !isNewer(record, IMPORT_FORMAT)) await setAside(file, this.layer);
    return plan?.id === id ? plan : undefined;
  }

  /** Where a plan stands now. */
  async setState(plan: Plan, state: PlanState): Promise<void> {
    const head = { ...namedRecord(plan), count: plan.items.length };
    const text = toCheckedJson({ ...head, state: { ...state } });
    await writeFileAtomic(this.file(plan.id, STATE), text, this.layer);
    this.onChange();
  }

  /** What one needs to name a plan, and where it stands. A plan whose state was lost stands where a crash leaves it. */
  async head(id: string): Promise<PlanHead | undefined> {
    const text = await readIfThere(this.file(id, STATE), this.layer);
    const head = text === undefined ? undefined : headFrom(fromCheckedJson(text));
    if (head?.id === id) return head;
    const plan = await this.get(id);
    return plan && { ...plan, count: plan.items.length, state: { kind: 'running' } };
  }

  /** All plans, the newest first. */
  async list(): Promise<PlanHead[]> {
    const names = await namesIn(this.folder, this.layer);
    const ids = names.filter((name) => name.endsWith(PLAN)).map((name) => name.slice(0, -PLAN.length));
    const heads = await Promise.all(ids.filter(isPlanId).map((id) => this.head(id)));
    return heads.filter((head) => head !== undefined).sort((one, other) => other.at - one.at);
  }

  /** Plans that a pause, a crash or another window's run left without an end; the newest first. */
  async left(): Promise<PlanHead[]> {
    return (await this.list()).filter(({ state }) => state.kind === 'paused' || state.kind === 'running');
  }

  /** What reading said of messages to which nothing was sent. */
  async notes(id: string): Promise<PlanNote[]> {
    const text = await readIfThere(this.file(id, NOTES), this.layer);
    const record = text === undefined ? undefined : fromCheckedJson(text);
    return Array.isArray(record?.notes) ? (record.notes as PlanNote[]) : [];
  }

  /** Replaces the notes of a plan. Lost ones are read from the service again, so they need not be durable at once. */
  async setNotes(id: string, notes: readonly PlanNote[]): Promise<void> {
    await writeFileAtomic(this.file(id, NOTES), toCheckedJson({ format: FORMAT, notes }), this.layer);
  }

  async remove(id: string): Promise<void> {
    for (const ending of [NOTES, PLAN, STATE]) await removeFile(this.file(id, ending), this.layer);
    this.onChange();
  }

  /**
   * Removes plans of which nothing is left to be done and nothing can be rolled back: those that ended, or never began,
   * 30 days ago or more.
   *
   * @param inJournal the plans that the journal has revisions of
   */
  async prune(inJournal: ReadonlySet<string>, now: number): Promise<void> {
    for (const { id, at, state } of await this.list()) {
      const over = state.kind === 'ended' || state.kind === 'ready';
      if (over && now - at > keptMs && !inJournal.has(id)) await this.remove(id);
    }
  }

  /** Removes everything of one connection. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const { id, connection } of await this.list())
      if (connection.id === connectionId) await this.remove(id);
  }

  /**
   * Gives all plans of a connection to the one that took its place. What a crash leaves is moved when this is called
   * again.
   */
  async moveConnection(from: string, to: string): Promise<void> {
    for (const { id, connection, state } of await this.list()) {
      const plan = connection.id === from ? await this.get(id) : undefined;
      if (!plan) continue;
      const { origin } = plan;
      const moved: Plan = {
        ...plan,
        connection: { ...plan.connection, id: to },
        origin:
          origin.kind === 'list' ? { ...origin, uri: origin.uri.replace(`/${from}/`, `/${to}/`) } : origin,
      };
      await this.write(moved);
      await this.setState(moved, state);
    }
  }

  private file(id: string, ending: string): string {
    return path.join(this.folder, `${id}${ending}`);
  }
}

function namedRecord(plan: Plan): Readonly<Record<string, unknown>> {
  const { id, at, connection, origin } = plan;
  const format = importOf(plan) ? IMPORT_FORMAT : FORMAT;
  return { format, id, at, connection: { ...connection }, origin: { ...origin } };
}

function planFrom(record: Record<string, unknown> | undefined): Plan | undefined {
  const named = namedFrom(record);
  if (!named || !Array.isArray(record?.items)) return undefined;
  const items = record.items.map(itemFrom);
  const known = items.filter((item) => item !== undefined);
  if (known.length < items.length) return undefined;
  const { accounts, leftOut } = record as Pick<Plan, 'accounts' | 'leftOut'>;
  return { ...named, items: known, ...(accounts && { accounts }), ...(leftOut && { leftOut }) };
}

function headFrom(record: Record<string, unknown> | undefined): PlanHead | undefined {
  const named = namedFrom(record);
  if (!named || typeof record?.count !== 'number' || !isRecord(record.state)) return undefined;
  return { ...named, count: record.count, state: record.state as unknown as PlanState };
}

/** The hash of the file says that it is what was written, so only what another format could have is looked at. */
function namedFrom(
  record: Record<string, unknown> | undefined,
): Pick<Plan, 'id' | 'at' | 'connection' | 'origin'> | undefined {
  if (record?.format !== FORMAT && record?.format !== IMPORT_FORMAT) return undefined;
  if (typeof record.id !== 'string' || typeof record.at !== 'number') return undefined;
  if (!isRecord(record.connection) || !isRecord(record.origin)) return undefined;
  const { id, at } = record;
  return {
    id,
    at,
    connection: record.connection as unknown as RevisionConnection,
    origin: record.origin as unknown as PlanOrigin,
  };
}

function itemFrom(record: unknown): PlanItem | undefined {
  if (!isRecord(record) || !isRecord(record.base) || !isRecord(record.content)) return undefined;
  const address = fromRecord(record);
  const { source } = record as Pick<PlanItem, 'source'>;
  return address && { address, base: record.base, content: record.content, ...(source && { source }) };
}
