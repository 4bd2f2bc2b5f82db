import type { Node } from 'jsonc-parser';
import { c2cAddress, groupAddress, type MessageAddress } from '../chat/address';
import { chatCalls } from '../chat/chats/chatCalls';
import { nodeText, parseStrict } from '../json/tree';

/** A body that overwrites a message. */
export interface Modification {
  readonly address: MessageAddress;
  /** The members that are overwritten, as one message document. */
  readonly text: string;
}

/** Why the message that a body overwrites cannot be told for certain. */
export type ModificationProblem =
  /** The body is no JSON object: whoever reads it more leniently may still find a message in it. */
  | 'notJson'
  /** A member stands there twice, and which one counts is not known. */
  | 'doubled'
  /** What names the message is of another type than documented; a lenient reader may understand it. */
  | 'addressType'
  /** A member that names the message is missing, so that none is named. */
  | 'noAddress';

const C2C = chatCalls.c2c.modify;
const CONTENT = ['MsgBody', 'CloudCustomData'];

/**
 * Finds out which message a body of `modify_c2c_msg` or `modify_group_msg` overwrites, and with what.
 *
 * @param body as it is sent
 */
export function modificationOf(
  command: string,
  body: string,
): Modification | { readonly problem: ModificationProblem } {
  const root = parseStrict(body);
  if (root?.type !== 'object') return { problem: 'notJson' };
  const members = new Map<string, Node>();
  for (const { children: [key, value] = [] } of root.children ?? []) {
    if (!key || !value) return { problem: 'notJson' };
    // Names that differ in their letters' case only are one to a reader that is not strict.
    const name = String(key.value);
    if ([...members.keys()].some((known) => known.toLowerCase() === name.toLowerCase()))
      return { problem: 'doubled' };
    members.set(name, value);
  }
  const address = addressIn(command, members);
  if (!address) {
    const needed = command === C2C ? ['From_Account', 'To_Account', 'MsgKey'] : ['GroupId', 'MsgSeq'];
    return { problem: needed.every((name) => members.has(name)) ? 'addressType' : 'noAddress' };
  }
  const content = CONTENT.flatMap((name) => {
    const node = members.get(name);
    return node ? [`${JSON.stringify(name)}:${nodeText(body, node)}`] : [];
  });
  return { address, text: `{${content.join(',')}}` };
}

function addressIn(command: string, members: ReadonlyMap<string, Node>): MessageAddress | undefined {
  const value = (name: string): unknown => members.get(name)?.value;
  if (command === C2C) {
    const [from, to, key] = [value('From_Account'), value('To_Account'), value('MsgKey')];
    if (!isName(from) || !isName(to) || !isName(key)) return undefined;
    return c2cAddress(from, to, key);
  }
  const [group, seq, topic] = [value('GroupId'), value('MsgSeq'), value('TopicId')];
  if (!isName(group) || typeof seq !== 'number' || !Number.isSafeInteger(seq)) return undefined;
  if (topic !== undefined && topic !== '' && !isName(topic)) return undefined;
  return groupAddress(group, seq, topic === '' ? undefined : topic);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
