import { chatter } from './sampleChatter';
import { sampleGroupMessages, sampleGroups } from './sampleGroups';
import type { SampleMessage } from './sampleMessage';
import { elementMessages, embeddedMessages } from './sampleElements';

const accounts = [
  { UserID: 'alice', Nick: 'Alice Chen', Profile: { Tag_Profile_IM_Language: 2 } },
  { UserID: 'bob', Nick: 'Bob Müller', Profile: { Tag_Profile_IM_SelfSignature: 'Ships on Fridays' } },
  { UserID: 'carol', Nick: '卡罗尔' },
  { UserID: 'dave', Nick: 'داود' },
  { UserID: 'support-bot', Nick: 'Support 🤖' },
];

/**
 * The data that a sandbox starts with when none is given, in the seed format. The content is always the same; times
 * count back from the start, so that everything lies in the 7 days of history.
 */
export function sampleSeed(): string {
  const messages = [...chatter(), ...elementMessages(), ...embeddedMessages()];
  const lists = [
    `"Accounts": ${JSON.stringify(accounts)}`,
    `"Messages": [\n${messages.map(messageText).join(',\n')}\n]`,
    `"Groups": [\n${sampleGroups().join(',\n')}\n]`,
    `"GroupMessages": [\n${sampleGroupMessages().join(',\n')}\n]`,
    '"Contacts": []',
  ];
  return `{\n"Format": 1,\n${lists.join(',\n')}\n}\n`;
}

/** The numbers of a MsgKey come from the message's place, so that they are the same at each start. */
function messageText(message: SampleMessage, index: number): string {
  const facts = {
    From_Account: message.from,
    To_Account: message.to,
    MsgSeq: 100_000 + index * 37,
    MsgRandom: (index * 2_654_435_761 + 12_345) % 4_294_967_296,
    MsgTimeStamp: -message.ago,
    ...(message.recalled && { MsgFlagBits: 8 }),
    ...(message.peerRead && { IsPeerRead: 1 }),
    ...(message.unread && { Unread: 1 }),
  };
  const cloud = message.cloud === undefined ? '' : `,"CloudCustomData":${JSON.stringify(message.cloud)}`;
  return `${JSON.stringify(facts).slice(0, -1)},"MsgBody":${message.body}${cloud}}`;
}
