import { outcomeOf } from '../../../chat/catalogue';
import type { TopicInfo } from '../../../chat/client';
import { ChatServiceError } from '../../../chat/errors';
import type { Source } from './conversationBranch';
import type { GroupInfos } from './groupInfos';
import type { GroupSource } from './groupsBranch';
import { Pager } from './pager';

/** They come in one answer, and a node bears no more. */
const MOST_TOPICS = 1000;

/** The topics of a community as they are shown. */
export class TopicsBranch {
  readonly pager: Pager<TopicInfo, undefined>;

  /** @param infos what says whether the community was made to have topics; not every answer of the service does */
  constructor(source: Source<GroupSource>, group: string, infos: GroupInfos) {
    const read = async (signal: AbortSignal): Promise<readonly TopicInfo[]> => {
      const client = await source(signal);
      try {
        return await client.groupTopics(group, signal);
      } catch (error) {
        const sure = infos.get(group)?.supportsTopics === true;
        if (sure || !ChatServiceError.is(error) || outcomeOf(error) !== 'refused') throw error;
        return [];
      }
    };
    const page = async (_: undefined, signal: AbortSignal) => ({
      items: await read(signal),
      next: undefined,
    });
    this.pager = new Pager(page, ({ id }) => id, MOST_TOPICS);
  }

  /** What a topic is called; undefined for one that the list does not have. */
  name(topicId: string): string | undefined {
    return this.pager.item(topicId)?.name;
  }

  invalidate(): void {
    this.pager.invalidate();
  }

  dispose(): void {
    this.pager.cancel();
  }
}
