import { chatKey, type GroupChat } from '../chat/address';
import type { ChatClient } from '../chat/client';
import { chatText } from '../ui/addressTexts';

/** The part of a client that tells what groups and topics are called. */
type NameSource = Pick<ChatClient, 'groupInfos' | 'groupTopics'>;

/** What groups and topics are called: as the tree knows it, else as the service was asked. */
export class GroupNames {
  private readonly told = new Map<string, string>();

  constructor(
    private readonly inTree: (connectionId: string, chat: GroupChat) => string | undefined,
    private readonly client: (connectionId: string) => Promise<NameSource>,
  ) {}

  /** As far as it is known. */
  get(connectionId: string, chat: GroupChat): string | undefined {
    return this.inTree(connectionId, chat) ?? this.told.get(`${connectionId} ${chatKey(chat)}`);
  }

  /** Asks the service what nobody knows yet. @returns whether there is a name now that was not known */
  async ask(connectionId: string, chat: GroupChat): Promise<boolean> {
    if (this.get(connectionId, chat) !== undefined) return false;
    const client = await this.client(connectionId);
    const { group, topic } = chat;
    const [found] = await client.groupInfos([group]);
    const topics = topic === undefined ? [] : await client.groupTopics(group);
    const names = [found?.group?.name, topics.find(({ id }) => id === topic)?.name].map((name) =>
      name === '' ? undefined : name,
    );
    if (names.every((name) => name === undefined)) return false;
    const named = {
      ...chat,
      group: names[0] ?? group,
      ...(topic !== undefined && { topic: names[1] ?? topic }),
    };
    this.told.set(`${connectionId} ${chatKey(chat)}`, chatText(named));
    return true;
  }
}
