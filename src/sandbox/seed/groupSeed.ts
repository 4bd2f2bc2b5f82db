import { isRecord, member } from '../../json/values';
import { isUserId } from '../calls/fields';
import type { GroupMessage } from '../store/groups/groupMessages';
import type { Group, Groups } from '../store/groups/groups';
import type {
  GroupChange,
  GroupMember,
  GroupMessageRecord,
  GroupPlace,
  GroupRole,
  GroupType,
  TopicFacts,
} from '../store/groups/groupRecords';
import { numberOf, optionalNumber, optionalText, userIdOf } from './seedFields';

const types: readonly GroupType[] = ['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community'];
const roles: readonly GroupRole[] = ['Owner', 'Admin', 'Member'];

/**
 * An item of `Groups` as the changes that make it: facts, members, topics, in the names of `get_group_info` and
 * `get_topic`. Times stay as they are written.
 *
 * @throws {Error} that names what is wrong
 */
export function groupsOf(item: Record<string, unknown>, where: string): GroupChange[] {
  const group = textOf(item, 'GroupId', where);
  const createTime = optionalNumber(item, 'CreateTime', where) ?? 0;
  const type = types.find((name) => name === member(item, 'Type'));
  if (!type) throw new Error(`${where}.Type is not one of ${types.join(', ')}.`);
  const members = list(item, 'MemberList', where).map(([value, at]) => memberOf(value, createTime, at));
  const owner = optionalText(item, 'Owner_Account', where) ?? '';
  const facts = {
    id: group,
    type,
    name: textOf(item, 'Name', where),
    owner,
    introduction: optionalText(item, 'Introduction', where) ?? '',
    notification: optionalText(item, 'Notification', where) ?? '',
    faceUrl: optionalText(item, 'FaceUrl', where) ?? '',
    createTime,
    lastInfoTime: optionalNumber(item, 'LastInfoTime', where) ?? createTime,
    maxMembers: optionalNumber(item, 'MaxMemberNum', where) ?? 2000,
    applyJoin: optionalText(item, 'ApplyJoinOption', where) ?? 'NeedPermission',
    shutUpAll: member(item, 'ShutUpAllMember') === 'On',
    supportsTopics: member(item, 'SupportTopic') === 1,
    custom: customOf(item, where),
  };
  const nextSeq = optionalNumber(item, 'NextMsgSeq', where) ?? 1;
  const lastTime = optionalNumber(item, 'LastMsgTime', where) ?? 0;
  return [
    { kind: 'group', facts },
    ...members.map((value): GroupChange => ({ kind: 'groupMember', group, member: value })),
    ...mutedOf(item, group, where),
    ...list(item, 'TopicList', where).flatMap(([value, at]) => topicsOf(value, group, at)),
    ...(nextSeq > 1 ? [{ kind: 'groupSeq' as const, group, seq: nextSeq - 1, time: lastTime }] : []),
  ];
}

/** An item of `GroupMessages`: one of `RspMsgList` with its GroupId. */
export function groupMessageOf(
  item: Record<string, unknown>,
  texts: ReadonlyMap<string, string>,
  where: string,
): GroupChange {
  const place = placeOf(item, where);
  const body = texts.get('MsgBody');
  const cloud = texts.get('CloudCustomData');
  if (body === undefined) throw new Error(`${where}.MsgBody is missing.`);
  if (cloud !== undefined) optionalText(item, 'CloudCustomData', where);
  const isPlace = optionalNumber(item, 'IsPlaceMsg', where);
  const priority = optionalNumber(item, 'MsgPriority', where);
  const message: GroupMessageRecord = {
    seq: numberOf(item, 'MsgSeq', where),
    from: textOf(item, 'From_Account', where),
    // Items of lists have none: what names a message of a group is its MsgSeq.
    random: optionalNumber(item, 'MsgRandom', where) ?? 0,
    time: numberOf(item, 'MsgTimeStamp', where),
    body,
    ...(cloud !== undefined && { cloud }),
    ...(priority !== undefined && { priority }),
    ...((isPlace === 1 || isPlace === 2) && { place: isPlace }),
    ...(member(item, 'IsSystemMsg') === 1 && { system: true }),
    ...(member(item, 'NoContact') === 1 && { quiet: true }),
  };
  return { kind: 'groupMessage', ...place, message };
}

/** Items of `Groups`, a text each. */
export function groupTexts(groups: Groups): string[] {
  return [...groups.all()].map(groupText);
}

/** Items of `GroupMessages`, a text each. */
export function groupMessageTexts(groups: Groups): string[] {
  const texts: string[] = [];
  for (const { id, messages, topics } of groups.all()) {
    for (const message of messages.all()) texts.push(messageText({ group: id }, message));
    for (const [topic, { messages: own }] of topics) {
      for (const message of own.all()) texts.push(messageText({ group: id, topic }, message));
    }
  }
  return texts;
}

function groupText({ facts, members, muted, messages, topics }: Group): string {
  return JSON.stringify({
    GroupId: facts.id,
    Type: facts.type,
    Name: facts.name,
    Owner_Account: facts.owner,
    Introduction: facts.introduction,
    Notification: facts.notification,
    FaceUrl: facts.faceUrl,
    CreateTime: facts.createTime,
    LastInfoTime: facts.lastInfoTime,
    MaxMemberNum: facts.maxMembers,
    ApplyJoinOption: facts.applyJoin,
    ShutUpAllMember: facts.shutUpAll ? 'On' : 'Off',
    SupportTopic: facts.supportsTopics ? 1 : 0,
    AppDefinedData: Object.entries(facts.custom).map(([Key, Value]) => ({ Key, Value })),
    NextMsgSeq: messages.nextSeq,
    LastMsgTime: messages.lastTime,
    MemberList: [...members.values()].map(({ userId, role, joinTime, nameCard }) => ({
      Member_Account: userId,
      Role: role,
      JoinTime: joinTime,
      NameCard: nameCard,
    })),
    MutedList: [...muted].map(([Member_Account, ShutUpUntil]) => ({ Member_Account, ShutUpUntil })),
    TopicList: [...topics.values()].map((topic) => ({
      TopicId: topic.facts.id,
      TopicName: topic.facts.name,
      CreateTime: topic.facts.createTime,
      Introduction: topic.facts.introduction,
      Notification: topic.facts.notification,
      FaceUrl: topic.facts.faceUrl,
      CustomString: topic.facts.custom,
      NextMsgSeq: topic.messages.nextSeq,
      LastMsgTime: topic.messages.lastTime,
    })),
  });
}

function messageText({ group, topic }: GroupPlace, message: GroupMessage): string {
  const facts = {
    GroupId: group,
    TopicId: topic,
    From_Account: message.from,
    MsgSeq: message.seq,
    MsgRandom: message.random,
    MsgTimeStamp: message.time,
    MsgPriority: message.priority,
    ...(message.place !== 0 && { IsPlaceMsg: message.place }),
    ...(message.system && { IsSystemMsg: 1 }),
    NoContact: 1,
  };
  const cloud = message.cloud === undefined ? '' : `,"CloudCustomData":${message.cloud}`;
  return `${JSON.stringify(facts).slice(0, -1)},"MsgBody":${message.body}${cloud}}`;
}

function memberOf(item: Record<string, unknown>, createTime: number, where: string): GroupMember {
  const role = roles.find((name) => name === (member(item, 'Role') ?? 'Member'));
  if (!role) throw new Error(`${where}.Role is not one of ${roles.join(', ')}.`);
  const nameCard = optionalText(item, 'NameCard', where);
  return {
    userId: userIdOf(item, 'Member_Account', where),
    role,
    joinTime: optionalNumber(item, 'JoinTime', where) ?? createTime,
    ...(nameCard !== undefined && { nameCard }),
  };
}

function mutedOf(item: Record<string, unknown>, group: string, where: string): GroupChange[] {
  return (
    list(item, 'MutedList', where)
      // Earlier versions muted, and wrote down, names that no user can have.
      .filter(([value]) => isUserId(String(member(value, 'Member_Account'))))
      .map(([value, at]) => ({
        kind: 'groupMuted',
        group,
        userId: userIdOf(value, 'Member_Account', at),
        until: numberOf(value, 'ShutUpUntil', at),
      }))
  );
}

function topicsOf(item: Record<string, unknown>, group: string, where: string): GroupChange[] {
  const id = textOf(item, 'TopicId', where);
  const topic: TopicFacts = {
    id,
    name: textOf(item, 'TopicName', where),
    createTime: optionalNumber(item, 'CreateTime', where) ?? 0,
    introduction: optionalText(item, 'Introduction', where) ?? '',
    notification: optionalText(item, 'Notification', where) ?? '',
    faceUrl: optionalText(item, 'FaceUrl', where) ?? '',
    custom: optionalText(item, 'CustomString', where) ?? '',
  };
  const nextSeq = optionalNumber(item, 'NextMsgSeq', where) ?? 1;
  const time = optionalNumber(item, 'LastMsgTime', where) ?? 0;
  return [
    { kind: 'topic', group, topic },
    ...(nextSeq > 1 ? [{ kind: 'groupSeq' as const, group, topic: id, seq: nextSeq - 1, time }] : []),
  ];
}

function customOf(item: Record<string, unknown>, where: string): Record<string, string> {
  const pairs = list(item, 'AppDefinedData', where)
    // Earlier versions took, and wrote down, an empty key.
    .filter(([value]) => member(value, 'Key') !== '')
    .map(([value, at]) => [textOf(value, 'Key', at), optionalText(value, 'Value', at) ?? '']);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function placeOf(item: Record<string, unknown>, where: string): GroupPlace {
  const group = textOf(item, 'GroupId', where);
  const topic = optionalText(item, 'TopicId', where);
  return { group, ...(topic !== undefined && topic !== '' && { topic }) };
}

function textOf(item: Record<string, unknown>, name: string, where: string): string {
  const value = optionalText(item, name, where);
  if (value === undefined || value === '') throw new Error(`${where}.${name} is missing.`);
  return value;
}

function list(
  item: Record<string, unknown>,
  name: string,
  where: string,
): [Record<string, unknown>, string][] {
  const values = member(item, name) ?? [];
  if (!Array.isArray(values)) throw new Error(`${where}.${name} is not a list.`);
  return (values as unknown[]).map((value, index) => {
    if (!isRecord(value)) throw new Error(`${where}.${name}[${index}] is not an object.`);
    return [value, `${where}.${name}[${index}]`];
  });
}
