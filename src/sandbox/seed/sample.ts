import type { Change, MessageRecord } from '../store/storedMessage';
import { chatter } from './sampleChatter';
import { elementMessages, embeddedMessages } from './sampleElements';
import { sampleGroupMessages, sampleGroups } from './sampleGroups';
import type { SampleMessage } from './sampleMessage';

const accounts: readonly [userId: string, nick: string, more?: Record<string, string | number>][] = [
  ['alice', 'Alice Chen', { Tag_Profile_IM_Language: 2 }],
  ['bob', 'Bob Müller', { Tag_Profile_IM_SelfSignature: 'Ships on Fridays' }],
  ['carol', '卡罗尔'],
  ['dave', 'داود'],
  ['support-bot', 'Support 🤖'],
];

/**
 * The data that a sandbox starts with when none is given, as a seed would make them. The content is always the same; times
 * count back from the start, so that everything lies in the 7 days of history.
 */
export function sampleData(): Change[] {
  return [
    ...accounts.map(([userId, nick, more]): Change => ({
      kind: 'account',
      userId,
      profile: { ...more, Tag_Profile_IM_Nick: nick },
    })),
    ...[...chatter(), ...elementMessages(), ...embeddedMessages()].map(messageOf),
    ...sampleGroups(),
    ...sampleGroupMessages(),
  ];
}

/** The numbers of a MsgKey come from the message's place, so that they are the same at each start. */
function messageOf({ ago, cloud, recalled, ...message }: SampleMessage, index: number): Change {
  const record: MessageRecord = {
    ...message,
    seq: 100_000 + index * 37,
    random: (index * 2_654_435_761 + 12_345) % 4_294_967_296,
    time: -ago,
    ...(cloud !== undefined && { cloud: JSON.stringify(cloud) }),
    ...(recalled && { flags: 8 }),
  };
  return { kind: 'message', message: record };
}
