import { c2cAddress, groupAddress, type ChatAddress, type MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { parseMsgKey } from '../chat/msgKey';
import { contentOf, MEMBERS, parseMessage } from '../message/document';
import { optional, readInput, text, whole, type InputOf, type ReadInput, type Shape } from './shape';

/** Messages that one call reads at most. */
const MOST_MESSAGES = 50;
/** Messages that one call reads unless it says how many. */
export const USUAL_MESSAGES = 20;

/** Names of connections, users, groups and topics: more than the service takes, so that it says what is wrong. */
const NAME = 128;
/** Unix seconds that fit into the 32 bits of the service's own. */
const LAST_SECOND = 4_294_967_295;

const ofConnection = { connection: text(NAME) };
const ofGroup = { GroupId: optional(text(NAME)), TopicId: optional(text(NAME)) };

/**
 * What each tool takes; `inputSchema` in the manifest says the same to language models, and a test compares the two. Texts
 * to check hold 100,000 characters at most, UserSigs with what is around them 20,000; a message document 20,000, which is
 * more than the 12 KB that the service takes of one.
 */
export const shapes = {
  tencentChat_listConversations: { connection: optional(text(NAME)), user: optional(text(NAME)) },
  tencentChat_readMessages: {
    ...ofConnection,
    user: optional(text(NAME)),
    peer: optional(text(NAME)),
    ...ofGroup,
    limit: optional(whole(1, MOST_MESSAGES)),
    before: optional(whole(0, LAST_SECOND)),
  },
  tencentChat_checkMessage: { text: text(100_000) },
  tencentChat_explainCode: { code: whole(-9_999_999, 99_999_999), call: optional(text(NAME)) },
  tencentChat_examineUserSig: { userSig: text(20_000) },
  tencentChat_proposeDraft: {
    ...ofConnection,
    From_Account: optional(text(NAME)),
    To_Account: optional(text(NAME)),
    MsgKey: optional(text(NAME)),
    ...ofGroup,
    MsgSeq: optional(whole(0, LAST_SECOND)),
    message: text(20_000),
  },
} as const satisfies Record<string, Shape>;

/** Name of a tool for language models, as the manifest has it. */
export type ToolName = keyof typeof shapes;

/** What is read of a tool's input. */
export type ToolInput<Name extends ToolName> = InputOf<(typeof shapes)[Name]>;

/** Reads the input of a tool; what members say together is not looked at. */
export function inputOf<Name extends ToolName>(name: Name, value: unknown): ReadInput<ToolInput<Name>> {
  return readInput(shapes[name], value);
}

/** The conversation that *read messages* is asked for. */
export function chatOfInput({
  user,
  peer,
  GroupId: group,
  TopicId: topic,
}: ToolInput<'tencentChat_readMessages'>): ReadInput<ChatAddress> {
  if (user !== undefined && peer !== undefined && group === undefined && topic === undefined)
    return { input: { chat: 'c2c', user, peer } };
  if (group !== undefined && user === undefined && peer === undefined)
    return { input: { chat: 'group', group, ...(topic !== undefined && { topic }) } };
  return { wrong: 'A conversation is either user and peer, or GroupId with TopicId where there is one.' };
}

/** The message that *propose a draft* is about. */
export function addressOfInput({
  From_Account: from,
  To_Account: to,
  MsgKey: key,
  GroupId: group,
  TopicId: topic,
  MsgSeq: seq,
}: ToolInput<'tencentChat_proposeDraft'>): ReadInput<MessageAddress> {
  const ofTwo = [from, to, key];
  if (group !== undefined && seq !== undefined && ofTwo.every((member) => member === undefined))
    return { input: groupAddress(group, seq, topic) };
  if (from === undefined || to === undefined || key === undefined || group !== undefined || seq !== undefined)
    return { wrong: 'A message is either From_Account, To_Account and MsgKey, or GroupId and MsgSeq.' };
  if (topic !== undefined) return { wrong: 'TopicId belongs to a GroupId.' };
  if (!parseMsgKey(key)) return { wrong: 'MsgKey is three numbers: MsgSeq_MsgRandom_MsgTimeStamp.' };
  return { input: c2cAddress(from, to, key) };
}

/** The content that *propose a draft* is to write: strict JSON, and nothing but what a message document has. */
export function contentOfInput(message: string): ReadInput<MessageContent> {
  const parsed = parseMessage(message);
  const content = contentOf(parsed);
  if (!content) return { wrong: 'message is the JSON text of an object.' };
  const names = (parsed.root?.children ?? []).map(({ children }) => String(children?.[0]?.value));
  const known = names.length > 0 && names.every((name) => MEMBERS.some((member) => member === name));
  if (!known || new Set(names).size < names.length)
    return { wrong: 'message has MsgBody, CloudCustomData or both, each once, and nothing else.' };
  return { input: content };
}
