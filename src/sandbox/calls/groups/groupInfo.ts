import { isRecord } from '../../../json/values';
import { Refusal, type RequestBody } from '../../requestBody';
import type { Group } from '../../store/groups/groups';
import { seconds, type CallContext } from '../call';
import { GROUP_CODES } from './groupFields';

/** Basic information of a group, in the names of `get_group_info` (269/1616). An AVChatRoom has no member count. */
export function baseInfo({ facts, members, messages }: Group): Record<string, unknown> {
  return {
    Type: facts.type,
    Name: facts.name,
    Introduction: facts.introduction,
    Notification: facts.notification,
    FaceUrl: facts.faceUrl,
    Owner_Account: facts.owner,
    CreateTime: facts.createTime,
    LastInfoTime: facts.lastInfoTime,
    LastMsgTime: messages.lastTime,
    NextMsgSeq: messages.nextSeq,
    ...(facts.type !== 'AVChatRoom' && { MemberNum: members.size, MaxMemberNum: facts.maxMembers }),
    ApplyJoinOption: facts.applyJoin,
    ShutUpAllMember: facts.shutUpAll ? 'On' : 'Off',
    AppDefinedData: Object.entries(facts.custom).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** What members are in a group, one by one. @param names members of each that are wanted; all when left out */
export function memberInfos(
  group: Group,
  userIds: readonly string[],
  context: CallContext,
  names: readonly string[] | undefined,
): Record<string, unknown>[] {
  // Gone through once for all of them: the last one that somebody sent stays.
  const last = new Map<string, number>();
  for (const { from, time } of group.messages.all()) last.set(from, time);
  return userIds.map((userId) => ({
    Member_Account: userId,
    ...picked(selfInfo(group, userId, context, last.get(userId) ?? 0), names),
  }));
}

/**
 * What a member is in a group, in the names of `get_group_member_info` (269/1617).
 * @param last time of the last message that the member sent, 0 for none
 */
export function selfInfo(
  group: Group,
  userId: string,
  context: CallContext,
  last = lastSent(group, userId),
): Record<string, unknown> {
  const { members, muted, messages } = group;
  const member = members.get(userId);
  const until = muted.get(userId) ?? 0;
  return {
    Role: member?.role ?? 'NotMember',
    JoinTime: member?.joinTime ?? 0,
    MsgSeq: messages.nextSeq - 1,
    MsgFlag: 'AcceptAndNotify',
    LastSendMsgTime: last,
    ShutUpUntil: until > seconds(context) ? until : 0,
    NameCard: member?.nameCard ?? '',
  };
}

/** A list of names in `ResponseFilter`; undefined when there is none. */
export function filterOf(body: RequestBody, name: string): string[] | undefined {
  const filter = body.get('ResponseFilter');
  if (filter === undefined) return undefined;
  if (!isRecord(filter)) throw new Refusal(GROUP_CODES.parameter, 'ResponseFilter is not an object');
  const value = body.within(filter, name);
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new Refusal(GROUP_CODES.parameter, `${name} is not a list of texts`);
}

/** The members of an object that a filter names, all without one. */
export function picked(info: Record<string, unknown>, names: readonly string[] | undefined) {
  if (!names) return info;
  return Object.fromEntries(Object.entries(info).filter(([name]) => names.includes(name)));
}

function lastSent({ messages }: Group, userId: string): number {
  const all = messages.all();
  for (let index = all.length - 1; index >= 0; index--) {
    if (all[index]?.from === userId) return all[index]?.time ?? 0;
  }
  return 0;
}
