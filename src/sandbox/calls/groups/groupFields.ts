import { isRecord, member } from '../../../json/values';
import { Refusal, type RequestBody } from '../../requestBody';
import type { GroupMessages } from '../../store/groups/groupMessages';
import type { Group } from '../../store/groups/groups';
import type { GroupPlace, GroupType } from '../../store/groups/groupRecords';
import type { CallContext } from '../call';
import { accountExists, isInteger, requiredList } from '../fields';

/** Codes that the calls of groups share (1047/34348). */
export const GROUP_CODES = {
  /** A parameter is missing or not valid; `ErrorInfo` names it. */
  parameter: 10004,
  /** More members than one call takes. */
  tooMany: 10005,
  /** The group's type, or the caller, does not allow it. */
  notAllowed: 10007,
  noGroup: 10010,
  /** No text that a GroupId can have. */
  badGroupId: 10015,
  /** An account that was never imported. */
  noAccount: 10019,
} as const;

const GROUP_ID = /^[\x20-\x7e]{1,48}$/;

/** True for a GroupId: printable ASCII, at most 48 bytes (code 8501 of the same page). */
export function isGroupId(text: string): boolean {
  return GROUP_ID.test(text);
}

/** A required text that is not empty. */
export function requiredText(body: RequestBody, name: string, code: number = GROUP_CODES.parameter): string {
  const value = body.get(name);
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(code, value === undefined ? `${name} is missing` : `${name} is not a text`);
}

/** An optional text of so many bytes of UTF-8 at most. */
export function optionalText(body: RequestBody, name: string, most = Infinity): string | undefined {
  const value = body.get(name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new Refusal(GROUP_CODES.parameter, `${name} is not a text`);
  if (Buffer.byteLength(value) > most) throw new Refusal(GROUP_CODES.parameter, `${name} is too long`);
  return value;
}

/** A required list of texts. */
export function requiredTexts(body: RequestBody, name: string, most: number): string[] {
  const list = requiredList(body, name, most, GROUP_CODES.parameter);
  if (list.every((item): item is string => typeof item === 'string')) return list;
  throw new Refusal(GROUP_CODES.parameter, `${name} has an item that is not a text`);
}

/** An optional list of texts. */
export function optionalTexts(body: RequestBody, name: string): string[] | undefined {
  return body.get(name) === undefined ? undefined : requiredTexts(body, name, Infinity);
}

/** The list of members of a call that brings some. */
export function memberItems(body: RequestBody, most: number): Record<string, unknown>[] {
  return requiredList(body, 'MemberList', most, GROUP_CODES.parameter, GROUP_CODES.tooMany).map((item) => {
    if (isRecord(item) && typeof member(item, 'Member_Account') === 'string') return item;
    throw new Refusal(GROUP_CODES.parameter, 'Member_Account is not a text');
  });
}

/** `GroupId` of a request. */
export function groupIdOf(body: RequestBody, missing?: number): string {
  const id = requiredText(body, 'GroupId', missing);
  if (!isGroupId(id)) throw new Refusal(GROUP_CODES.badGroupId, 'GroupId is not a group id');
  return id;
}

/** The group of that id. */
export function groupOf({ store }: CallContext, id: string, code: number = GROUP_CODES.noGroup): Group {
  const group = store.groups.get(id);
  if (group) return group;
  throw new Refusal(
    code,
    store.groups.wasDestroyed(id) ? 'the group was dismissed' : 'the group does not exist',
  );
}

/** Refuses for groups of the types named. */
export function refuseTypes(
  { facts }: Group,
  types: readonly GroupType[],
  code: number = GROUP_CODES.notAllowed,
): void {
  if (types.includes(facts.type)) throw new Refusal(code, `a group of type ${facts.type} cannot do this`);
}

/** `TopicId`; an empty one is none, as webhooks write it. */
export function topicIdOf(body: RequestBody): string | undefined {
  const topic = optionalText(body, 'TopicId');
  return topic === '' ? undefined : topic;
}

/** The place of a request's messages, and what stands there. */
export function messagesAt(
  group: Group,
  topic: string | undefined,
  code: number = GROUP_CODES.noGroup,
): { readonly place: GroupPlace; readonly messages: GroupMessages } {
  const messages = group.messagesIn(topic);
  if (!messages) throw new Refusal(code, 'the topic does not exist');
  return { place: { group: group.id, ...(topic !== undefined && { topic }) }, messages };
}

/** Refuses an account that was never imported. */
export function checkGroupAccount(context: CallContext, userId: string, name: string): void {
  if (!accountExists(context, userId)) throw new Refusal(GROUP_CODES.noAccount, `${name} does not exist`);
}

/** An integer of a list's item. */
export function integerIn(
  item: Record<string, unknown>,
  name: string,
  max = 4_294_967_295,
): number | undefined {
  const value = member(item, name);
  if (value === undefined || value === null) return undefined;
  if (isInteger(value, 0, max)) return value;
  throw new Refusal(GROUP_CODES.parameter, `${name} is not an integer`);
}
