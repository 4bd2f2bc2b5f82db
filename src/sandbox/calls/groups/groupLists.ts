import type { Group } from '../../store/groups/groups';
import { field, type Call, type CallContext } from '../call';
import { Refusal, type RequestBody } from '../../requestBody';
import { described } from '../described';
import { optionalInteger } from '../fields';
import { baseInfo, filterOf, memberInfos, picked, selfInfo } from './groupInfo';
import { GROUP_CODES, groupOf, isGroupId, optionalText, requiredText, requiredTexts } from './groupFields';
import { typeOf } from './groupTypes';

const MOST_LISTED = 10_000;
const MOST_JOINED = 5_000;
const MOST_INFOS = 50;
/**
 * `Next` is an unsigned 64-bit number for the service. Here it is a place in the list, high enough that a client which
 * reads it as a double asks for another one.
 */
const NEXT_BASE = 9_223_372_036_854_775_808n;

/** `group_open_http_svc/get_appid_group_list` (269/1614): all groups of the app, one call a second. */
export const getAppidGroupList: Call = {
  ...described('group_open_http_svc/get_appid_group_list'),
  run(body, context) {
    const limit = optionalInteger(body, 'Limit', GROUP_CODES.parameter, 0, MOST_LISTED) ?? MOST_LISTED;
    const first = placeOf(body);
    const wanted = typeFilter(body);
    const groups = [...context.store.groups.all()].filter(({ facts }) => !wanted || facts.type === wanted);
    const page = groups.slice(first, first + limit);
    const end = first + page.length;
    const next = end < groups.length && page.length > 0 ? NEXT_BASE + BigInt(end) : 0n;
    return {
      fields:
        field('TotalCount', groups.length) +
        field(
          'GroupIdList',
          page.map(({ id }) => ({ GroupId: id })),
        ) +
        `,"Next":${next}`,
    };
  },
};

/**
 * `group_open_http_svc/get_joined_group_list` (269/1625). Without `WithHugeGroups` no AVChatRooms, and communities with
 * topics only when `SupportTopic` asks for them.
 */
export const getJoinedGroupList: Call = {
  ...described('group_open_http_svc/get_joined_group_list'),
  run(body, context) {
    const userId = requiredText(body, 'Member_Account');
    const huge = optionalInteger(body, 'WithHugeGroups', GROUP_CODES.parameter, 0, 1) === 1;
    optionalInteger(body, 'WithNoActiveGroups', GROUP_CODES.parameter, 0, 1);
    const limit = optionalInteger(body, 'Limit', GROUP_CODES.parameter, 0, MOST_JOINED) ?? MOST_JOINED;
    const offset = optionalInteger(body, 'Offset', GROUP_CODES.parameter) ?? 0;
    const wanted = typeFilter(body);
    const topics = optionalInteger(body, 'SupportTopic', GROUP_CODES.parameter, 0, 1) === 1;
    if (topics && wanted !== 'Community')
      throw new Refusal(GROUP_CODES.parameter, 'SupportTopic is for GroupType Community');
    const base = filterOf(body, 'GroupBaseInfoFilter') ?? [];
    const self = filterOf(body, 'SelfInfoFilter');
    const joined = [...context.store.groups.all()].filter(
      ({ facts, members }) =>
        members.has(userId) &&
        facts.supportsTopics === topics &&
        (!wanted || facts.type === wanted) &&
        (huge || wanted === 'AVChatRoom' || facts.type !== 'AVChatRoom'),
    );
    const items = joined.slice(offset, offset + limit).map((group) => ({
      GroupId: group.id,
      ...picked(baseInfo(group), base),
      ...(self && { SelfInfo: picked(selfInfo(group, userId, context), self) }),
    }));
    return { fields: field('TotalCount', joined.length) + field('GroupIdList', items) };
  },
};

/** `group_open_http_svc/get_group_info` (269/1616): each group has its own code. */
export const getGroupInfo: Call = {
  ...described('group_open_http_svc/get_group_info'),
  run(body, context) {
    const ids = requiredTexts(body, 'GroupIdList', MOST_INFOS);
    const filtered = body.get('ResponseFilter') !== undefined;
    const base = filterOf(body, 'GroupBaseInfoFilter');
    const members = filterOf(body, 'MemberInfoFilter');
    const items = ids.map((id) => {
      try {
        if (!isGroupId(id)) throw new Refusal(GROUP_CODES.badGroupId, 'GroupId is not a group id');
        const group = groupOf(context, id);
        return {
          GroupId: id,
          ErrorCode: 0,
          ErrorInfo: '',
          ...(base || !filtered ? picked(baseInfo(group), base) : {}),
          ...((members ?? !filtered) ? memberList(group, members, context) : {}),
        };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { GroupId: id, ErrorCode: error.code, ErrorInfo: error.info };
      }
    });
    return { fields: field('GroupInfo', items) };
  },
};

function memberList(group: Group, filter: string[] | undefined, context: CallContext) {
  if (group.facts.type === 'AVChatRoom') return {};
  const names = filter?.map((name) => (name === 'Account' ? 'Member_Account' : name));
  return {
    MemberList: memberInfos(group, [...group.members.keys()], context, names),
  };
}

/** `GroupType`; a type that is none is refused. */
function typeFilter(body: RequestBody) {
  const name = optionalText(body, 'GroupType');
  return name === undefined ? undefined : typeOf(name);
}

/** Where a page begins; `Next` is read as digits, never as a double. */
function placeOf(body: RequestBody): number {
  const text = body.get('Next') === undefined ? '0' : (body.textOf('Next') ?? '0');
  if (!/^\d{1,20}$/.test(text)) throw new Refusal(GROUP_CODES.parameter, 'Next is not an integer');
  const next = BigInt(text);
  if (next === 0n) return 0;
  if (next <= NEXT_BASE || next > NEXT_BASE + 10_000_000n)
    throw new Refusal(GROUP_CODES.parameter, 'Next is none that was given');
  return Number(next - NEXT_BASE);
}
