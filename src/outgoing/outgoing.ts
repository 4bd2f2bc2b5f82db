import type { Node } from 'jsonc-parser';
import type { GroupChat } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { minify } from '../json/layout';
import { isStrict, memberNode, nodeText, parseJson, propertyNode } from '../json/tree';
import { valueOfJson } from '../json/values';
import { membersOf, WRITTEN, type SendKind } from './members';

/**
 * A message that is not sent yet, as its document says it: a `MsgBody` with receivers and options beside it, by the
 * names of the calls that send.
 */
export interface Outgoing {
  readonly kind: SendKind;
  /** Undefined for the administrator. */
  readonly from: string | undefined;
  /** Receivers, each once; of a group's message the members it is for, none for all. */
  readonly to: readonly string[];
  /** The group it goes to, of a group's message. */
  readonly chat: GroupChat | undefined;
  readonly content: MessageContent;
  /** Unix seconds; of an import only. */
  readonly time: number | undefined;
  /** The members that are sent, by name, as JSON texts of exactly their tokens. */
  readonly members: ReadonlyMap<string, string>;
}

/**
 * Which call a document is for, by what stands in it: `GroupId` makes it a group's, `SendTime` or `SyncFromOldSystem` an
 * import, a list of receivers one to many.
 */
export function kindOf(root: Node | undefined): SendKind {
  const has = (name: string): boolean => propertyNode(root, name) !== undefined;
  if (has('GroupId')) return has('SendTime') ? 'import_group_msg' : 'send_group_msg';
  if (has('SyncFromOldSystem')) return 'importmsg';
  return memberNode(root, 'To_Account')?.type === 'array' ? 'batchsendmsg' : 'sendmsg';
}

/** Reads the document of a message that is not sent yet; undefined while it is not strict JSON, or no object. */
export function outgoingOf(text: string): Outgoing | undefined {
  const { root, errors } = parseJson(text);
  if (!isStrict(errors) || root?.type !== 'object') return undefined;
  const kind = kindOf(root);
  const members = new Map<string, string>();
  for (const name of Object.keys(membersOf(kind))) {
    const node = memberNode(root, name);
    // Null counts as absent, as everywhere in a request.
    if (node && node.type !== 'null' && !WRITTEN.has(name)) members.set(name, minify(nodeText(text, node)));
  }
  const value = (name: string): unknown => valueOfJson(members.get(name) ?? 'null');
  const from = value('From_Account');
  const to = value('To_Account');
  const group = value('GroupId');
  const topic = value('TopicId');
  const time = value(kind === 'importmsg' ? 'MsgTimeStamp' : 'SendTime');
  const receivers: readonly unknown[] = Array.isArray(to) ? to : [to];
  return {
    kind,
    members,
    from: typeof from === 'string' && from !== '' ? from : undefined,
    to: [...new Set(receivers.filter((one): one is string => typeof one === 'string'))],
    chat: typeof group === 'string' ? groupChat(group, topic) : undefined,
    content: {
      ...(members.has('MsgBody') && { msgBody: members.get('MsgBody') }),
      ...(members.has('CloudCustomData') && { cloudCustomData: members.get('CloudCustomData') }),
    },
    time: typeof time === 'number' ? time : undefined,
  };
}

/** The group that a message goes to, or one of its topics; a topic that is empty, or no text, is none. */
export function groupChat(group: string, topic: unknown): GroupChat {
  return { chat: 'group', group, ...(typeof topic === 'string' && topic !== '' && { topic }) };
}
