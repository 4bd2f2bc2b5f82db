import { skipValue } from '../../json/strictScanner';
import { outcomeOf } from '../catalogue';
import { ChatNetworkError, ChatServiceError } from '../errors';
import { Fields, malformed, readAnswer, readFields, ShapeError } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { inParts, requestBody } from '../wire/request';
import { sleep } from '../wire/sleep';

/** What is known of a group; what the service did not say is absent. Times are Unix seconds. */
export interface GroupInfo {
  /** `GroupId`. */
  readonly id: string;
  /** Empty when it has none. */
  readonly name: string;
  /** As the service names it: `Public`, `Private` or `Work`, `ChatRoom` or `Meeting`, `AVChatRoom`, `Community`. */
  readonly type: string;
  /** `MemberNum`; not told of an AVChatRoom. */
  readonly memberCount?: number;
  readonly owner?: string;
  readonly createTime?: number;
  readonly lastMessageTime?: number;
  /** `NextMsgSeq`: one above the newest MsgSeq. */
  readonly nextSeq?: number;
  /** A community whose messages lie in topics; absent where the service does not tell. */
  readonly supportsTopics?: boolean;
}

/** What became of the question about one group: `group` when `code` is 0. */
export interface GroupLookup {
  readonly id: string;
  /** 10010 says that there is no such group, 10015 that it cannot be its GroupId. */
  readonly code: number;
  /** `ErrorInfo` beside the group. */
  readonly info: string;
  readonly group?: GroupInfo;
}

/** A topic of a community. */
export interface TopicInfo {
  /** `TopicId`. */
  readonly id: string;
  readonly name: string;
  readonly lastMessageTime?: number;
  readonly nextSeq?: number;
}

/** A page of the app's groups. */
export interface AppGroupsPage {
  readonly ids: readonly string[];
  /** Groups of the app in all. */
  readonly total: number;
  /** Where to go on, as the digits of an unsigned 64-bit number; absent on the last page. */
  readonly next?: string;
}

export interface AppGroupsRequest {
  /** `Public`, `Private`, `ChatRoom`, `AVChatRoom` or `Community`; all when absent. */
  readonly type?: string;
  /** Groups a page; default and most 10,000. */
  readonly pageSize?: number;
  /** Continues where an earlier reading stopped. */
  readonly after?: string;
}

/** The most groups that `get_group_info` takes (269/1616). */
const INFOS = 50;
/** Groups a page of those that a user joined: an answer may have 1 MB (10018), and 5,000 groups. */
const JOINED_PAGE = 500;
const APP_PAGE = 10_000;
/** `get_appid_group_list` may be called once a second (269/1614). */
const APP_PAUSE_MS = 1_050;

const BASE_FIELDS = ['Type', 'Name', 'Owner_Account', 'CreateTime', 'LastMsgTime', 'NextMsgSeq', 'MemberNum'];

/** `get_group_info` for any number of groups, in their order. */
export async function groupInfos(
  call: Caller,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<GroupLookup[]> {
  const command = 'group_open_http_svc/get_group_info';
  const found = new Map<string, GroupLookup>();
  const read = readFields(command, (fields) => fields.objects('GroupInfo').map(lookupOf));
  for (const part of inParts(ids, INFOS)) {
    const body = requestBody({ GroupIdList: part, ResponseFilter: { GroupBaseInfoFilter: BASE_FIELDS } });
    for (const lookup of await call(command, body, read, signal)) found.set(lookup.id, lookup);
  }
  return ids.map((id) => found.get(id) ?? { id, code: 10010, info: '' });
}

/**
 * Pages of the groups that a user joined, by `get_joined_group_list`: first all but communities with topics, then those,
 * which the service tells only when it is asked for them (269/1625). AVChatRooms are not among them.
 */
export async function* joinedGroups(
  call: Caller,
  userId: string,
  signal?: AbortSignal,
): AsyncGenerator<GroupInfo[], void, undefined> {
  const seen = new Set<string>();
  yield* joinedPages(
    call,
    { Member_Account: userId, WithHugeGroups: 1, WithNoActiveGroups: 1 },
    seen,
    signal,
  );
  try {
    const topics = { Member_Account: userId, GroupType: 'Community', SupportTopic: 1 };
    yield* joinedPages(call, topics, seen, signal);
  } catch (error) {
    // An app whose plan has no topics may refuse to be asked for them: then the user has joined none.
    if (!ChatServiceError.is(error) || outcomeOf(error) !== 'refused') throw error;
  }
}

async function* joinedPages(
  call: Caller,
  fields: Readonly<Record<string, unknown>>,
  seen: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<GroupInfo[], void, undefined> {
  const supportsTopics = fields.SupportTopic === 1;
  const command = 'group_open_http_svc/get_joined_group_list';
  const read = readFields(command, (answer) => ({
    total: answer.integer('TotalCount'),
    groups: answer.objects('GroupIdList').map((item) => ({ ...groupOf(item), supportsTopics })),
  }));
  for (let offset = 0; ;) {
    const page = { Limit: JOINED_PAGE, Offset: offset };
    const filter = { ResponseFilter: { GroupBaseInfoFilter: BASE_FIELDS } };
    const { total, groups } = await call(
      command,
      requestBody({ ...fields, ...page, ...filter }),
      read,
      signal,
    );
    // A group that is joined or left while we read moves the others from page to page.
    const fresh = groups.filter(({ id }) => !seen.has(id) && seen.add(id));
    if (fresh.length > 0) yield fresh;
    offset += groups.length;
    if (groups.length === 0 || offset >= total) return;
  }
}

/**
 * Pages of all groups of the app, by `get_appid_group_list`, no faster than the service allows.
 *
 * @throws ChatNetworkError `noProgress` when a page would have us ask the same again
 */
export async function* appGroups(
  call: Caller,
  { type, pageSize = APP_PAGE, after = '0' }: AppGroupsRequest,
  signal?: AbortSignal,
): AsyncGenerator<AppGroupsPage, void, undefined> {
  const command = 'group_open_http_svc/get_appid_group_list';
  for (let next = after; ;) {
    const asked = performance.now();
    const body = requestBody({ Limit: Math.min(pageSize, APP_PAGE), GroupType: type }, { Next: next });
    const page = await call(command, body, readAppGroups, signal);
    yield page;
    if (page.next === undefined) return;
    if (page.next === next)
      throw new ChatNetworkError({ reason: 'noProgress', command, outcomeUnknown: false });
    ({ next } = page);
    const early = asked + APP_PAUSE_MS - performance.now();
    if (early > 0) await sleep(early, signal);
  }
}

/** `Next` is an unsigned 64-bit number, so its digits are kept as they came. */
function readAppGroups(text: string): AppGroupsPage {
  const command = 'group_open_http_svc/get_appid_group_list';
  let next = '0';
  const values: Record<string, unknown> = {};
  readAnswer(command, text, (key, start) => {
    const end = skipValue(text, start);
    const raw = text.slice(start, end);
    if (key !== 'Next') values[key] = JSON.parse(raw);
    else if (/^\d{1,20}$/.test(raw)) next = raw;
    else throw new ShapeError('Next is no unsigned integer');
    return end;
  });
  try {
    const fields = new Fields(values);
    const ids = fields.objects('GroupIdList').map((item) => item.string('GroupId'));
    const total = fields.integer('TotalCount', ids.length);
    return next === '0' ? { ids, total } : { ids, total, next };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw malformed(command, error.message);
  }
}

/**
 * The topics of a community, by `get_topic`, as a user sees them.
 *
 * @param userId the call wants one; the administrator will do
 */
export async function groupTopics(
  call: Caller,
  group: string,
  userId: string,
  signal?: AbortSignal,
): Promise<TopicInfo[]> {
  const command = 'million_group_open_http_svc/get_topic';
  const read = readFields(command, (fields) =>
    fields
      .objects('TopicAndSelfInfo')
      .filter((item) => item.integer('ErrorCode', 0) === 0)
      .map((item) => topicOf(item.object('TopicInfo'))),
  );
  return call(command, requestBody({ GroupId: group, From_Account: userId }), read, signal);
}

function lookupOf(item: Fields): GroupLookup {
  const id = item.string('GroupId');
  const code = item.integer('ErrorCode', 0);
  const info = item.get('ErrorInfo');
  const result = { id, code, info: typeof info === 'string' ? info : '' };
  return code === 0 ? { ...result, group: groupOf(item) } : result;
}

function groupOf(item: Fields): GroupInfo {
  // Older servers write MemberCount.
  const memberCount = optionalInteger(item, 'MemberNum') ?? optionalInteger(item, 'MemberCount');
  const owner = item.get('Owner_Account');
  return {
    id: item.string('GroupId'),
    name: textOr(item, 'Name'),
    type: textOr(item, 'Type'),
    ...(memberCount !== undefined && { memberCount }),
    ...(typeof owner === 'string' && owner !== '' && { owner }),
    ...optional(item, 'createTime', 'CreateTime'),
    ...optional(item, 'lastMessageTime', 'LastMsgTime'),
    ...optional(item, 'nextSeq', 'NextMsgSeq'),
    ...(item.get('SupportTopic') !== undefined && { supportsTopics: item.integer('SupportTopic') === 1 }),
  };
}

function topicOf(item: Fields): TopicInfo {
  return {
    id: item.string('TopicId'),
    name: textOr(item, 'TopicName'),
    ...optional(item, 'lastMessageTime', 'LastMsgTime'),
    ...optional(item, 'nextSeq', 'NextMsgSeq'),
  };
}

function textOr(item: Fields, name: string): string {
  return item.get(name) === undefined ? '' : item.string(name);
}

function optionalInteger(item: Fields, name: string): number | undefined {
  return item.get(name) === undefined ? undefined : item.integer(name);
}

function optional<Name extends string>(
  item: Fields,
  name: Name,
  wire: string,
): Partial<Record<Name, number>> {
  const value = optionalInteger(item, wire);
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}
