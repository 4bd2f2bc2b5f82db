import pLimit from 'p-limit';
import type { GroupInfo, GroupLookup } from '../../../chat/client';
import { inParts } from '../../../chat/wire/request';
import type { Source } from './conversationBranch';

/** The part of a client that tells of groups. */
export interface GroupInfoSource {
  /** What the service says of each group. */
  groupInfos(ids: readonly string[], signal?: AbortSignal): Promise<GroupLookup[]>;
}

/** Groups that are asked for at once: what `get_group_info` takes (269/1616). */
const AT_ONCE = 50;
/** Calls under way at once. */
const CALLS = 4;

/** Names, types and sizes of the groups of an app, as far as somebody looked at them. */
export class GroupInfos {
  private readonly known = new Map<string, GroupInfo>();
  /** Those that the service knows nothing of. */
  private readonly unknown = new Set<string>();
  private readonly asked = new Map<string, Promise<void>>();
  private abort = new AbortController();

  /** @param onError told when groups have to stand there without their names. */
  constructor(
    private readonly source: Source<GroupInfoSource>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** What is known of a group. */
  get(groupId: string): GroupInfo | undefined {
    return this.known.get(groupId);
  }

  /** Takes note of what another list told. */
  learn(infos: readonly GroupInfo[]): void {
    for (const info of infos) this.known.set(info.id, info);
  }

  /** Asks for what is not known of these groups yet. What cannot be had does no harm: they are shown by their ids. */
  async ensure(groupIds: readonly string[]): Promise<void> {
    const missing = groupIds.filter(
      (id) => !this.known.has(id) && !this.unknown.has(id) && !this.asked.has(id),
    );
    const failures: unknown[] = [];
    const limit = pLimit(CALLS);
    const calls = [...inParts(missing, AT_ONCE)].map((part) =>
      limit(async () => {
        // What failed for some fails for all, and nobody waits for a call after the other to say so.
        if (failures.length > 0) return;
        await this.ask(part).catch((error: unknown) => failures.push(error));
      }),
    );
    const asking = Promise.all(calls).then(() => {
      for (const id of missing) this.asked.delete(id);
      if (failures.length > 0) this.onError(failures[0]);
    });
    for (const id of missing) this.asked.set(id, asking);
    await Promise.all(new Set(groupIds.flatMap((id) => this.asked.get(id) ?? [])));
  }

  /** Asks anew when somebody looks again. */
  invalidate(): void {
    this.known.clear();
    this.unknown.clear();
  }

  dispose(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }

  private async ask(groupIds: readonly string[]): Promise<void> {
    const { signal } = this.abort;
    const client = await this.source(signal);
    for (const { id, group } of await client.groupInfos(groupIds, signal)) {
      if (group === undefined) this.unknown.add(id);
      else this.known.set(id, group);
    }
  }
}
