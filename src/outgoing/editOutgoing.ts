import type { ChatAddress } from '../chat/address';
import { addProperty, removeMembers } from '../json/memberEdits';
import { prettyPrint } from '../json/layout';
import { applyEdits } from '../json/text';
import { parseJson, propertyNode } from '../json/tree';

/** Members of a message that is not sent yet, as JSON texts. */
export type OutgoingMembers = Readonly<Record<string, string | undefined>>;

/** The document of a message that is not sent yet. */
export function formatOutgoing(members: OutgoingMembers): string {
  const given = Object.entries(members).flatMap(([name, json]) =>
    json === undefined ? [] : [`${JSON.stringify(name)}:${json}`],
  );
  return `${prettyPrint(`{${given.join('\n,')}\n}`)}\n`;
}

/**
 * The members that say who writes to whom: of two users the one who sees the conversation to the other.
 *
 * @param sender who writes to a group; an empty one is none
 */
export function receiversOf(chat: ChatAddress, sender?: string): OutgoingMembers {
  if (chat.chat === 'c2c') return { From_Account: json(chat.user), To_Account: json(chat.peer) };
  return {
    GroupId: json(chat.group),
    TopicId: json(chat.topic),
    From_Account: json(sender === '' ? undefined : sender),
  };
}

/** The text with a member set to a JSON text, or without it; nothing else of it changes. */
export function withMember(text: string, name: string, json: string | undefined): string {
  const { root } = parseJson(text);
  if (root?.type !== 'object') return text;
  const property = propertyNode(root, name);
  const value = property?.children?.[1];
  if (json === undefined) return property ? applyEdits(text, removeMembers(root, [property])) : text;
  const edit = value
    ? { offset: value.offset, length: value.length, text: json }
    : addProperty(text, root, name, json);
  return applyEdits(text, [edit]);
}

function json(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}
