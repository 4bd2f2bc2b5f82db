import { member } from '../../../json/values';
import { Refusal } from '../../requestBody';
import type { Group } from '../../store/groups/groups';
import { field, seconds, type Call, type CallContext, type Success } from '../call';
import { described } from '../described';
import { accountExists, isUserId, optionalInteger, requiredUint32 } from '../fields';
import {
  GROUP_CODES,
  groupIdOf,
  groupOf,
  integerIn,
  memberItems,
  optionalText,
  optionalTexts,
  refuseTypes,
  requiredTexts,
} from './groupFields';
import { askToAdd, tellAdded, tellRemoved } from './groupEvents';
import { memberInfos } from './groupInfo';

const MOST_ADDED = 300;
const MOST_REMOVED = 100;
const MOST_ASKED = 500;
const MOST_LISTED = 6000;
/** Nobody more fits in. */
const FULL = 10_014;
const FOR_EVER = 4_294_967_295;

/** `Result` of one member that is added. */
const FAILED = 0;
const ADDED = 1;
const WAS_IN = 2;

/**
 * `group_open_http_svc/add_group_member` (269/1621): each member has a `Result`. When none of them exists it is 10019, and
 * when none fits in 10014. That whom the app's webhook refuses has the result of one who failed is inferred.
 */
export const addGroupMember: Call = {
  ...described('group_open_http_svc/add_group_member'),
  run(body, context) {
    const id = groupIdOf(body);
    const users = memberItems(body, MOST_ADDED).map((item) => String(member(item, 'Member_Account')));
    optionalInteger(body, 'Silence', GROUP_CODES.parameter, 0, 1);
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom']);
    const known = users.filter((userId) => accountExists(context, userId));
    if (known.length === 0) throw new Refusal(GROUP_CODES.noAccount, 'none of the accounts exists');
    const isFull = group.members.size >= group.facts.maxMembers;
    if (isFull && !known.some((userId) => group.members.has(userId))) {
      tellAdded(context, group, [], true);
      throw new Refusal(FULL, 'the group is full');
    }
    const fresh = known.filter((userId) => !group.members.has(userId));
    return askToAdd(context, group, fresh, (refused) => {
      // While the app was asked the group may have gone.
      groupOf(context, id);
      const joinTime = seconds(context);
      const results = users.map((userId) => {
        const result = refused.has(userId) ? FAILED : add(context, group, userId, { joinTime });
        return [userId, result] as const;
      });
      const joined = results.filter(([, result]) => result === ADDED).map(([userId]) => userId);
      tellAdded(context, group, joined, fresh.length > 0 && group.members.size >= group.facts.maxMembers);
      return added(results);
    });
  },
};

/**
 * `group_open_http_svc/import_group_member` (269/1636): who joined before the group was made, or after now, fails.
 */
export const importGroupMember: Call = {
  ...described('group_open_http_svc/import_group_member'),
  run(body, context) {
    const id = groupIdOf(body);
    const items = memberItems(body, MOST_ADDED);
    const times = items.map((item) => integerIn(item, 'JoinTime') ?? seconds(context));
    for (const item of items) integerIn(item, 'UnreadMsgNum');
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom']);
    return added(
      items.map((item, index) => {
        const userId = String(member(item, 'Member_Account'));
        const joinTime = times[index] ?? 0;
        const isInTime = joinTime >= group.facts.createTime && joinTime <= seconds(context);
        const role = member(item, 'Role') === 'Admin' ? ('Admin' as const) : ('Member' as const);
        return [userId, isInTime ? add(context, group, userId, { joinTime, role }) : FAILED];
      }),
    );
  },
};

/** `group_open_http_svc/delete_group_member` (269/1622): who is no member is no error; an AVChatRoom is (10004). */
export const deleteGroupMember: Call = {
  ...described('group_open_http_svc/delete_group_member'),
  run(body, context) {
    const id = groupIdOf(body);
    const users = requiredTexts(body, 'MemberToDel_Account', MOST_REMOVED);
    optionalInteger(body, 'Silence', GROUP_CODES.parameter, 0, 1);
    optionalText(body, 'Reason');
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom'], GROUP_CODES.parameter);
    const gone = users.filter((userId) => group.members.has(userId));
    for (const userId of gone) context.store.change({ kind: 'groupMemberGone', group: id, userId });
    tellRemoved(context, group, gone);
    return {};
  },
};

/** `group_open_http_svc/forbid_send_msg` (269/1627): for so many seconds; 0 lifts it, 4294967295 is for ever. */
export const forbidSendMsg: Call = {
  ...described('group_open_http_svc/forbid_send_msg'),
  run(body, context) {
    const id = groupIdOf(body);
    const users = requiredTexts(body, 'Members_Account', MOST_ASKED);
    if (!users.every(isUserId))
      throw new Refusal(GROUP_CODES.parameter, 'Members_Account has an item that is not a UserID');
    const time = requiredUint32(body, 'ShutUpTime', GROUP_CODES.parameter);
    refuseTypes(groupOf(context, id), ['Private']);
    const until = time === 0 ? 0 : Math.min(time === FOR_EVER ? FOR_EVER : seconds(context) + time, FOR_EVER);
    for (const userId of users) context.store.change({ kind: 'groupMuted', group: id, userId, until });
    return {};
  },
};

/** `group_open_http_svc/get_role_in_group` (269/1626). */
export const getRoleInGroup: Call = {
  ...described('group_open_http_svc/get_role_in_group'),
  run(body, context) {
    const id = groupIdOf(body);
    const users = requiredTexts(body, 'User_Account', MOST_ASKED);
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom']);
    const list = users.map((userId) => ({
      Member_Account: userId,
      Role: group.members.get(userId)?.role ?? 'NotMember',
    }));
    return { fields: field('UserIdList', list) };
  },
};

/** `group_open_http_svc/get_group_member_info` (269/1617): by `Offset`, and for a community by `Next`. */
export const getGroupMemberInfo: Call = {
  ...described('group_open_http_svc/get_group_member_info'),
  run(body, context) {
    const id = groupIdOf(body);
    const limit = optionalInteger(body, 'Limit', GROUP_CODES.parameter, 0, MOST_LISTED) ?? MOST_LISTED;
    const offset = optionalInteger(body, 'Offset', GROUP_CODES.parameter) ?? 0;
    const next = optionalInteger(body, 'Next', GROUP_CODES.parameter) ?? 0;
    const names = optionalTexts(body, 'MemberInfoFilter');
    const roles = optionalTexts(body, 'MemberRoleFilter');
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom']);
    const isCommunity = group.facts.type === 'Community';
    const first = isCommunity ? next : offset;
    const wanted = [...group.members.values()].filter(({ role }) => !roles || roles.includes(role));
    const page = wanted.slice(first, first + limit);
    const end = first + page.length;
    const list = memberInfos(
      group,
      page.map(({ userId }) => userId),
      context,
      names,
    );
    return {
      fields:
        field('MemberNum', group.members.size) +
        field('MemberList', list) +
        (isCommunity ? field('Next', end < wanted.length ? end : 0) : ''),
    };
  },
};

function add(
  context: CallContext,
  group: Group,
  userId: string,
  { joinTime, role = 'Member' }: { readonly joinTime: number; readonly role?: 'Admin' | 'Member' },
): number {
  if (!accountExists(context, userId)) return FAILED;
  if (group.members.has(userId)) return WAS_IN;
  if (group.members.size >= group.facts.maxMembers) return FAILED;
  context.store.change({ kind: 'groupMember', group: group.id, member: { userId, role, joinTime } });
  return ADDED;
}

function added(results: readonly (readonly [userId: string, result: number])[]): Success {
  const list = results.map(([Member_Account, Result]) => ({ Member_Account, Result }));
  return { fields: field('MemberList', list) };
}
