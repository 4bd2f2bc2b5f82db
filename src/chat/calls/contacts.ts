import { ChatNetworkError } from '../errors';
import { readFields, readSuccess, ShapeError } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { inParts, requestBody } from '../wire/request';

/** A conversation in a user's list: with a peer, or of a group. */
export interface RecentContact {
  readonly type: 'c2c' | 'group';
  /** UserID of the other one; c2c only. */
  readonly peer?: string;
  readonly groupId?: string;
  /** Unix seconds of the conversation's last change. */
  readonly time: number;
  readonly pinned: boolean;
}

export interface RecentDelete {
  readonly userId: string;
  readonly peer: string;
  /** Clears what `userId` sees of the conversation's history, too. */
  readonly clearHistory?: boolean;
}

export interface SetRead {
  readonly reader: string;
  readonly peer: string;
  /** Unix seconds; everything before counts as read. Default: now. */
  readonly time?: number;
}

export interface Unread {
  /** In all conversations; absent when peers were asked for. */
  readonly total?: number;
  readonly peers: readonly { readonly peer: string; readonly count: number }[];
  readonly failed: readonly { readonly peer: string; readonly code: number }[];
}

interface Cursor {
  readonly TimeStamp: number;
  readonly StartIndex: number;
  readonly TopTimeStamp: number;
  readonly TopStartIndex: number;
}

/** Support pinned ones (1), return empty ones (2), page the pinned ones (4). */
const ASSIST_FLAGS = 7;
/** The most peers that `get_c2c_unread_msg_num` takes. */
const UNREAD_PEERS = 10;

export async function* recentContacts(
  call: Caller,
  userId: string,
  signal?: AbortSignal,
): AsyncGenerator<RecentContact[], void, undefined> {
  const command = 'recentcontact/get_list';
  const seen = new Set<string>();
  let cursor: Cursor = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0 };
  for (;;) {
    const body = requestBody({ From_Account: userId, ...cursor, AssistFlags: ASSIST_FLAGS });
    const page = await call(command, body, readContactPage(command), signal);
    // A conversation that moves while we read comes again on a later page.
    const contacts = page.contacts.filter((contact) => {
      const id = contact.type === 'c2c' ? `u${contact.peer}` : `g${contact.groupId}`;
      return !seen.has(id) && seen.add(id);
    });
    if (contacts.length > 0) yield contacts;
    if (page.complete) return;
    if (contacts.length === 0 && JSON.stringify(page.cursor) === JSON.stringify(cursor)) {
      throw new ChatNetworkError({ reason: 'noProgress', command, outcomeUnknown: false });
    }
    cursor = page.cursor;
  }
}

function readContactPage(command: string) {
  return readFields(command, (fields) => ({
    complete: fields.integer('CompleteFlag') === 1,
    cursor: {
      TimeStamp: fields.integer('TimeStamp', 0),
      StartIndex: fields.integer('StartIndex', 0),
      TopTimeStamp: fields.integer('TopTimeStamp', 0),
      TopStartIndex: fields.integer('TopStartIndex', 0),
    },
    contacts: fields.objects('SessionItem').map((item): RecentContact => {
      const rest = { time: item.integer('MsgTime', 0), pinned: item.integer('TopFlag', 0) === 1 };
      const type = item.integer('Type');
      if (type === 1) return { type: 'c2c', peer: item.string('To_Account'), ...rest };
      if (type === 2) return { type: 'group', groupId: item.string('GroupId'), ...rest };
      throw new ShapeError('Type is neither 1 nor 2');
    }),
  }));
}

export function recentDelete(call: Caller, request: RecentDelete, signal?: AbortSignal): Promise<void> {
  const command = 'recentcontact/delete';
  const body = requestBody({
    From_Account: request.userId,
    Type: 1,
    To_Account: request.peer,
    ClearRamble: request.clearHistory ? 1 : 0,
  });
  return call(command, body, readSuccess(command), signal);
}

export function setRead(call: Caller, request: SetRead, signal?: AbortSignal): Promise<void> {
  const command = 'openim/admin_set_msg_read';
  const body = requestBody({
    Report_Account: request.reader,
    Peer_Account: request.peer,
    // The page types it String, a client of others Integer; a number is what its siblings are.
    MsgReadTime: request.time,
  });
  return call(command, body, readSuccess(command), signal);
}

export async function unread(
  call: Caller,
  userId: string,
  peers: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<Unread> {
  const command = 'openim/get_c2c_unread_msg_num';
  if (!peers) {
    const read = readFields(command, (fields) => fields.integer('AllC2CUnreadMsgNum'));
    const total = await call(command, requestBody({ To_Account: userId }), read, signal);
    return { total, peers: [], failed: [] };
  }
  const counts: { peer: string; count: number }[] = [];
  const failed: { peer: string; code: number }[] = [];
  const read = readFields(command, (fields) => {
    for (const item of fields.objects('C2CUnreadMsgNumList')) {
      counts.push({ peer: item.string('Peer_Account'), count: item.integer('C2CUnreadMsgNum') });
    }
    for (const item of fields.objects('ErrorList')) {
      failed.push({ peer: item.string('Peer_Account'), code: item.integer('ErrorCode') });
    }
  });
  for (const part of inParts(peers, UNREAD_PEERS)) {
    await call(command, requestBody({ To_Account: userId, Peer_Account: part }), read, signal);
  }
  return { peers: counts, failed };
}
