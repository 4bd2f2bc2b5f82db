import { randomBytes } from 'node:crypto';
import { c2cAddress, groupAddress, type GroupChat, type MessageAddress } from '../chat/address';
import { formatMsgKey } from '../chat/msgKey';
import { requestBody } from '../chat/wire/request';
import type { Revision } from '../journal/revision';
import { isItemMember, sendCalls, type SendKind } from '../outgoing/members';
import { groupChat, type Outgoing } from '../outgoing/outgoing';
import { isRecord, valueOfJson } from '../json/values';

/** What a message is found again by: written by us, never by the service. Both unsigned 32-bit; groups have no `seq`. */
export interface Identity {
  readonly seq: number;
  readonly random: number;
}

/** A message on its way: what has to be known to find it again. */
export interface Attempt extends Identity {
  readonly kind: SendKind;
  readonly from: string;
  /** Receivers of a one-to-one message; empty for a group's. */
  readonly to: readonly string[];
  /** Of a group's message. */
  readonly place?: GroupChat;
  /** Unix seconds; of an import only. */
  readonly time: number | undefined;
  /** When it left at the earliest, Unix seconds by this machine's clock. */
  readonly since: number;
  /**
   * Whether history shows it when it was sent. `maybe`: what is not there may have been sent all the same; `never`: it is
   * for who is online only.
   */
  readonly shows: 'always' | 'maybe' | 'never';
}

/**
 * A new identity. History orders what one second holds by MsgSeq (269/2568), so that rises with the time: what was sent
 * first stands first. MsgRandom is by chance.
 *
 * @param now Unix milliseconds
 */
export function newIdentity(now = Date.now()): Identity {
  return { seq: now % 2 ** 32, random: randomBytes(4).readUInt32BE() };
}

/** The request that sends a message. @throws TypeError when a member is no JSON value */
export function requestOf({ kind, members }: Outgoing, { seq, random }: Identity): string {
  if (kind === 'import_group_msg') {
    const pick = (ofItem: boolean) =>
      Object.fromEntries([...members].filter(([name]) => isItemMember(name) === ofItem));
    const item = requestBody({ Random: random }, pick(true));
    return requestBody({}, { ...pick(false), MsgList: `[${item}]` });
  }
  const own = kind === 'send_group_msg' ? { Random: random } : { MsgSeq: seq, MsgRandom: random };
  return requestBody(own, Object.fromEntries(members));
}

/** What is known of a message before it is sent: the time in its MsgKey, or its MsgSeq, is 0 where the service gives it. */
export function provisionalAddress({ kind, from, to, place, time, ...id }: Attempt): MessageAddress {
  if (place) return groupAddress(place.group, 0, place.topic);
  const known = kind === 'importmsg' ? (time ?? 0) : 0;
  return c2cAddress(from, to[0] ?? '', formatMsgKey({ ...id, time: known }));
}

/** Reads what was sent from the journal; undefined for a revision that sent nothing. */
export function attemptOf({
  request,
  connection,
  at,
}: Pick<Revision, 'request' | 'connection' | 'at'>): Attempt | undefined {
  const kind = (Object.keys(sendCalls) as SendKind[]).find((one) => sendCalls[one] === request?.command);
  const body = valueOfJson(request?.body ?? '');
  if (!kind || !isRecord(body)) return undefined;
  const list: unknown = Array.isArray(body.MsgList) ? body.MsgList[0] : undefined;
  const fields = isRecord(list) ? { ...body, ...list } : body;
  const { From_Account: from, To_Account: to, GroupId: group, TopicId: topic } = fields;
  const time =
    kind === 'importmsg' ? fields.MsgTimeStamp : kind === 'import_group_msg' ? fields.SendTime : undefined;
  const receivers = (Array.isArray(to) ? to : [to]).filter((one): one is string => typeof one === 'string');
  const isGroups = typeof group === 'string';
  return {
    kind,
    seq: Number(fields.MsgSeq ?? 0),
    random: Number(fields.MsgRandom ?? fields.Random ?? 0),
    from: typeof from === 'string' && from !== '' ? from : connection.administrator,
    to: isGroups ? [] : [...new Set(receivers)],
    ...(isGroups && { place: groupChat(group, topic) }),
    time: typeof time === 'number' ? time : undefined,
    since: Math.floor(at / 1000),
    shows: showsOf(fields, isGroups),
  };
}

/**
 * `OnlineOnlyFlag` keeps a message from being stored (269/2282). A lifetime of 0 is for who is online, and what is for
 * some members of a group need not show to all: that such a message is stored is not documented.
 */
function showsOf(fields: Readonly<Record<string, unknown>>, isGroups: boolean): Attempt['shows'] {
  if (fields.OnlineOnlyFlag === 1) return 'never';
  return fields.MsgLifeTime === 0 || (isGroups && fields.To_Account !== undefined) ? 'maybe' : 'always';
}
