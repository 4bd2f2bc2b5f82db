import { member } from '../../../json/values';
import { Refusal, type RequestBody } from '../../requestBody';
import type { GroupFacts, GroupMember, GroupType } from '../../store/groups/groupRecords';
import { field, seconds, type Call, type CallContext } from '../call';
import { described } from '../described';
import { isInteger, optionalInteger } from '../fields';
import { askToCreate, tellChanged, tellCreated, tellDestroyed, tellOwner } from './groupEvents';
import { customIn, factsIn, newFacts } from './groupFacts';
import {
  checkGroupAccount,
  GROUP_CODES,
  groupIdOf,
  groupOf,
  isGroupId,
  memberItems,
  optionalText,
  refuseTypes,
  requiredText,
} from './groupFields';
import { typeOf } from './groupTypes';
import { newId } from './newId';

const MOST_MEMBERS = 100;
const TRIAL_GROUPS = 100;
/** The GroupId is another one's; it is the same owner's. */
const TAKEN = 10_021;
const OWN = 10_025;
const TRIAL_FULL = 10_058;

/**
 * `group_open_http_svc/create_group` (269/1615). Owner and members must have been imported; the page lists no code for
 * one who was not, so that of `add_group_member` stands in (10019).
 */
export const createGroup: Call = {
  ...described('group_open_http_svc/create_group'),
  run(body, context) {
    const { type, owner, id, given } = wishOf(body);
    const members = body.get('MemberList') === undefined ? [] : membersOf(body, seconds(context));
    if (type === 'AVChatRoom' && members.length > 0)
      throw new Refusal(GROUP_CODES.notAllowed, 'nobody can be put into an AVChatRoom');
    const supportsTopics = topicsIn(body, type);
    const custom = customIn(body, {});
    for (const { userId } of members) checkGroupAccount(context, userId, 'Member_Account');
    checkOwner(context, owner);
    checkFree(context, id, owner);
    const users = members.map(({ userId }) => userId);
    return askToCreate(context, { owner, type, name: given.name ?? '', users }, () => {
      // While the app was asked another may have taken the id.
      checkFree(context, id, owner);
      const createTime = seconds(context);
      const facts = newFacts(
        { id: id ?? madeId(context, type), type, owner, createTime, supportsTopics, custom },
        given,
      );
      make(context, facts, members);
      tellCreated(context, facts, users);
      return { fields: field('GroupId', facts.id) };
    });
  },
};

/** `group_open_http_svc/import_group` (tencentyun/qcloud-documents, 导入群基础资料.md@c4c591f): as `create_group`, with the time when it was made. */
export const importGroup: Call = {
  ...described('group_open_http_svc/import_group'),
  run(body, context) {
    const { type, owner, id, given } = wishOf(body);
    const now = seconds(context);
    const createTime = optionalInteger(body, 'CreateTime', GROUP_CODES.parameter, 0, now) ?? now;
    const supportsTopics = topicsIn(body, type);
    const custom = customIn(body, {});
    if (type === 'AVChatRoom') throw new Refusal(GROUP_CODES.notAllowed, 'an AVChatRoom cannot be imported');
    checkOwner(context, owner);
    if (id !== undefined && context.store.groups.get(id)) throw new Refusal(TAKEN, 'the GroupId is used');
    const facts = newFacts(
      { id: id ?? madeId(context, type), type, owner, createTime, supportsTopics, custom },
      given,
    );
    make(context, facts, []);
    return { fields: field('GroupId', facts.id) };
  },
};

/** `group_open_http_svc/destroy_group` (269/1624). */
export const destroyGroup: Call = {
  ...described('group_open_http_svc/destroy_group'),
  run(body, context) {
    const group = groupOf(context, groupIdOf(body));
    context.store.change({ kind: 'groupDestroyed', group: group.id });
    tellDestroyed(context, group);
    return {};
  },
};

/** `group_open_http_svc/modify_group_base_info` (269/1620). */
export const modifyGroupBaseInfo: Call = {
  ...described('group_open_http_svc/modify_group_base_info'),
  run(body, context) {
    const id = groupIdOf(body);
    const given = factsIn(body, 'MaxMemberNum');
    const silence = optionalText(body, 'ShutUpAllMember');
    if (silence !== undefined && silence !== 'On' && silence !== 'Off')
      throw new Refusal(GROUP_CODES.parameter, 'ShutUpAllMember is neither On nor Off');
    const group = groupOf(context, id);
    const { facts } = group;
    const custom = customIn(body, facts.custom);
    context.store.change({
      kind: 'group',
      facts: {
        ...facts,
        ...given,
        custom,
        lastInfoTime: seconds(context),
        ...(silence !== undefined && { shutUpAll: silence === 'On' }),
      },
    });
    tellChanged(context, group, facts);
    return {};
  },
};

/** `group_open_http_svc/change_group_owner` (tencentyun/qcloud-documents, 转让群主.md@522988d): the new owner is a member already. */
export const changeGroupOwner: Call = {
  ...described('group_open_http_svc/change_group_owner'),
  run(body, context) {
    const id = groupIdOf(body);
    const userId = requiredText(body, 'NewOwner_Account');
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom']);
    const next = group.members.get(userId);
    if (!next) throw new Refusal(GROUP_CODES.parameter, 'NewOwner_Account is not a member of the group');
    const { owner } = group.facts;
    const last = group.members.get(owner);
    const facts = { ...group.facts, owner: userId, lastInfoTime: seconds(context) };
    context.store.change({ kind: 'group', facts });
    if (last && last !== next)
      context.store.change({ kind: 'groupMember', group: id, member: { ...last, role: 'Member' } });
    context.store.change({ kind: 'groupMember', group: id, member: { ...next, role: 'Owner' } });
    tellOwner(context, group, owner);
    return {};
  },
};

interface Wish {
  readonly type: GroupType;
  readonly owner: string;
  readonly id: string | undefined;
  readonly given: Partial<GroupFacts>;
}

/** What creating and importing have in common. */
function wishOf(body: RequestBody): Wish {
  const owner = optionalText(body, 'Owner_Account') ?? '';
  const type = typeOf(body.get('Type'));
  const id = optionalText(body, 'GroupId');
  if (id !== undefined && !isGroupId(id))
    throw new Refusal(GROUP_CODES.badGroupId, 'GroupId is not a group id');
  requiredText(body, 'Name');
  return { type, owner, id, given: factsIn(body, 'MaxMemberCount') };
}

/** `SupportTopic`, which communities alone can have. */
function topicsIn(body: RequestBody, type: GroupType): boolean {
  const topics = optionalInteger(body, 'SupportTopic', GROUP_CODES.parameter, 0, 1) === 1;
  if (topics && type !== 'Community')
    throw new Refusal(GROUP_CODES.parameter, 'SupportTopic is for Communities');
  return topics;
}

function membersOf(body: RequestBody, joinTime: number): GroupMember[] {
  return memberItems(body, MOST_MEMBERS).map((item) => ({
    userId: String(member(item, 'Member_Account')),
    role: member(item, 'Role') === 'Admin' ? 'Admin' : 'Member',
    joinTime,
  }));
}

function checkOwner(context: CallContext, owner: string): void {
  if (owner !== '') checkGroupAccount(context, owner, 'Owner_Account');
}

function checkFree({ store, settings }: CallContext, id: string | undefined, owner: string): void {
  const known = id === undefined ? undefined : store.groups.get(id);
  if (known)
    throw new Refusal(owner !== '' && known.facts.owner === owner ? OWN : TAKEN, 'the GroupId is used');
  const count = [...store.groups.all()].length;
  if (settings.edition === 'trial' && isInteger(count, TRIAL_GROUPS))
    throw new Refusal(TRIAL_FULL, `the trial edition has ${TRIAL_GROUPS} groups`);
}

/** A GroupId as the service makes them: those of communities have a prefix of their own. */
function madeId({ store }: CallContext, type: GroupType): string {
  const prefix = type === 'Community' ? '@TGS#_@TGS#c' : type === 'AVChatRoom' ? '@TGS#a' : '@TGS#2';
  return newId(prefix, (id) => store.groups.get(id) !== undefined || store.groups.wasDestroyed(id));
}

/** The owner is a member too. */
function make({ store }: CallContext, facts: GroupFacts, members: readonly GroupMember[]): void {
  const group = facts.id;
  store.change({ kind: 'group', facts });
  const { owner, createTime } = facts;
  if (owner !== '')
    store.change({
      kind: 'groupMember',
      group,
      member: { userId: owner, role: 'Owner', joinTime: createTime },
    });
  for (const item of members) {
    if (item.userId !== owner) store.change({ kind: 'groupMember', group, member: item });
  }
}
