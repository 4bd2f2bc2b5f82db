/** A group for a test. */
export interface TestGroup {
  readonly id: string;
  readonly type?: string;
  readonly name?: string;
  /** Makes it a community with these topics, by their ids. */
  readonly topics?: readonly string[];
}

/** The `MsgBody` of a text. */
export function textBody(text: string): string {
  return JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }]);
}

/** A message of a seed: what it says, how many seconds ago, and what history has instead of it (`IsPlaceMsg`). */
export interface SeededMessage {
  readonly seq: number;
  readonly ago: number;
  readonly topic?: string;
  readonly place?: 1 | 2;
}

/** A sandbox's seed with one group by alice, with bob in it. */
export function groupSeed(
  { id, type = 'Public', name = id, topics }: TestGroup,
  messages: readonly SeededMessage[] = [],
): string {
  const oldest = Math.max(0, ...messages.map(({ ago }) => ago));
  const CreateTime = -oldest - 3600;
  return JSON.stringify({
    Format: 1,
    Accounts: [{ UserID: 'alice' }, { UserID: 'bob' }],
    Messages: [],
    Contacts: [],
    Groups: [
      {
        ...{ GroupId: id, Type: topics ? 'Community' : type, Name: name, Owner_Account: 'alice', CreateTime },
        MemberList: [
          { Member_Account: 'alice', Role: 'Owner', JoinTime: CreateTime },
          { Member_Account: 'bob', Role: 'Member', JoinTime: CreateTime },
        ],
        ...(topics && {
          SupportTopic: 1,
          TopicList: topics.map((topic) => ({ TopicId: topic, TopicName: `Topic ${topic}`, CreateTime })),
        }),
      },
    ],
    GroupMessages: messages.map(({ seq, ago, topic, place }) => ({
      GroupId: id,
      ...(topic !== undefined && { TopicId: topic }),
      ...{ From_Account: 'alice', MsgSeq: seq, MsgRandom: seq, MsgTimeStamp: -ago },
      ...(place !== undefined && { IsPlaceMsg: place }),
      MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: `text ${seq}` } }],
      NoContact: 1,
    })),
  });
}
