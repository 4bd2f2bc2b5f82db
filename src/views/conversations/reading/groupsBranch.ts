import type { AppGroupsPage, AppGroupsRequest, GroupInfo, TopicInfo } from '../../../chat/client';
import type { Source } from './conversationBranch';
import type { GroupInfoSource } from './groupInfos';

/** The part of a client that lists groups. */
export interface GroupSource extends GroupInfoSource {
  /** Pages of the groups of the app; no faster than the service lets them be read. */
  appGroups(request: AppGroupsRequest, signal?: AbortSignal): AsyncIterable<AppGroupsPage>;
  /** Pages of the groups that a user joined. */
  joinedGroups(userId: string, signal?: AbortSignal): AsyncIterable<GroupInfo[]>;
  /** The topics of a community. */
  groupTopics(group: string, signal?: AbortSignal): Promise<readonly TopicInfo[]>;
}

/** Communities may have topics, unless they are known to have been made without; no other group has. */
export function mayHaveTopics(info: GroupInfo | undefined): boolean {
  return info?.type === 'Community' && info.supportsTopics !== false;
}

/** Groups of this type are for live streams; the service keeps nothing of what is written there. */
export function keepsNothing(info: GroupInfo | undefined): boolean {
  return info?.type === 'AVChatRoom';
}

/** The groups of an app as far as they were loaded: an app can have millions, so nobody loads them unasked. */
export class GroupsBranch {
  private ids: readonly string[] = [];
  private complete = false;
  private abort = new AbortController();

  constructor(private readonly source: Source<GroupSource>) {}

  /** Those that were loaded, in the order of the service. */
  get loaded(): readonly string[] {
    return this.ids;
  }

  /** Whether all were loaded. */
  get done(): boolean {
    return this.complete;
  }

  /**
   * Loads the groups anew. What came stays when it is stopped or fails; what was there before until more have come.
   *
   * @param onPage told how many have come, and how many there are
   */
  async load(signal: AbortSignal, onPage: (count: number, total: number) => void): Promise<void> {
    const both = AbortSignal.any([signal, this.abort.signal]);
    const client = await this.source(both);
    const found = new Set<string>();
    this.complete = false;
    for await (const { ids, total } of client.appGroups({}, both)) {
      for (const id of ids) found.add(id);
      if (found.size >= this.ids.length) this.ids = [...found];
      onPage(found.size, total);
    }
    this.ids = [...found];
    this.complete = true;
  }

  /** The list stays: reading it takes a second a page, so a person asks for it. */
  invalidate(): void {
    this.complete = false;
  }

  dispose(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }
}
