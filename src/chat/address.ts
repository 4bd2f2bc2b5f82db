import { isCount } from '../json/values';

/**
 * What identifies a stored one-to-one message. `from` and `to` are its direction as stored, never the viewpoint it
 * was read from; a MsgKey alone is not unique.
 */
export interface C2cAddress {
  readonly chat: 'c2c';
  /** UserID of the sender, `From_Account` on the wire. */
  readonly from: string;
  /** UserID of the receiver, `To_Account` on the wire. */
  readonly to: string;
  /** `MsgSeq_MsgRandom_MsgTimeStamp`. */
  readonly key: string;
}

/** What identifies a message of a group, or of one of a community's topics. */
export interface GroupAddress {
  readonly chat: 'group';
  /** `GroupId`. */
  readonly group: string;
  /** `TopicId`; absent for what belongs to no topic. */
  readonly topic?: string;
  /** `MsgSeq`: counts within the group or topic. */
  readonly seq: number;
}

/** What names one message, of whichever kind of chat. */
export type MessageAddress = C2cAddress | GroupAddress;

/** A conversation of two users as `user` sees it: what one side deleted, only the other one still shows. */
export interface C2cChat {
  readonly chat: 'c2c';
  readonly user: string;
  readonly peer: string;
}

/** A group, or one of its topics: the same for everybody. */
export interface GroupChat {
  readonly chat: 'group';
  readonly group: string;
  readonly topic?: string;
}

/** What names a conversation, and for two users the side it is seen from. */
export type ChatAddress = C2cChat | GroupChat;

/** A message and the connection it is reached by. */
export interface MessageRef {
  readonly connectionId: string;
  readonly address: MessageAddress;
}

/** The address of a one-to-one message. */
export function c2cAddress(from: string, to: string, key: string): C2cAddress {
  return { chat: 'c2c', from, to, key };
}

/** The address of a group's message; an empty topic, as webhooks write it, is none. */
export function groupAddress(group: string, seq: number, topic?: string): GroupAddress {
  return { chat: 'group', group, ...(topic !== undefined && topic !== '' && { topic }), seq };
}

/** A text that tells two messages of one app apart, for maps, sets and hashes; written to disk, so it never changes. */
export function addressKey(address: MessageAddress): string {
  return JSON.stringify(parts(address));
}

/** As {@link addressKey}, for messages of several connections. */
export function refKey({ connectionId, address }: MessageRef): string {
  return JSON.stringify([connectionId, ...parts(address)]);
}

/** True when both name the same message. */
export function sameAddress(one: MessageAddress, other: MessageAddress): boolean {
  return addressKey(one) === addressKey(other);
}

/** True when both name the same message of the same connection. */
export function sameRef(one: MessageRef, other: MessageRef): boolean {
  return one.connectionId === other.connectionId && sameAddress(one.address, other.address);
}

/** The accounts that an address names. */
export function accountsOf(address: MessageAddress): string[] {
  return address.chat === 'c2c' ? [address.from, address.to] : [];
}

/** The conversation a message belongs to; one of two users as its sender sees it. */
export function chatOf(address: MessageAddress): ChatAddress {
  if (address.chat === 'c2c') return { chat: 'c2c', user: address.from, peer: address.to };
  const { group, topic } = address;
  return { chat: 'group', group, ...(topic !== undefined && { topic }) };
}

/** The conversation from every side that it can be seen from: of two users, the sender's first. */
export function sidesOf(address: C2cAddress): C2cChat[];
export function sidesOf(address: MessageAddress): ChatAddress[];
export function sidesOf(address: MessageAddress): ChatAddress[] {
  const chat = chatOf(address);
  if (chat.chat === 'group' || chat.user === chat.peer) return [chat];
  return [chat, { chat: 'c2c', user: chat.peer, peer: chat.user }];
}

/** A text that tells two conversations apart, whichever side they are seen from; written to disk as a hash. */
export function chatKey(chat: ChatAddress): string {
  if (chat.chat === 'c2c') return JSON.stringify([chat.user, chat.peer].sort());
  return JSON.stringify(['group', chat.group, chat.topic ?? null]);
}

/** A text that tells two conversations apart, and the two sides of one. */
export function sideKey(chat: ChatAddress): string {
  return chat.chat === 'c2c' ? JSON.stringify([chat.user, chat.peer]) : chatKey(chat);
}

/**
 * The path of a message in a URI, without leading slash: connection, sender, receiver, MsgKey, four segments; of a
 * group's message connection, `group`, GroupId, TopicId or `-`, MsgSeq, five segments, since `group` is a legal
 * UserID. Any text fits into a segment, and none climbs out of its folder. It holds no secret.
 */
export function toPath({ connectionId, address }: MessageRef): string {
  const segments =
    address.chat === 'c2c'
      ? [connectionId, address.from, address.to, address.key].map(encodeSegment)
      : [
          encodeSegment(connectionId),
          'group',
          encodeSegment(address.group),
          address.topic === undefined ? '-' : encodeSegment(address.topic).replace(/^-$/, '%2D'),
          String(address.seq),
        ];
  return segments.join('/');
}

/** Reads what {@link toPath} made; undefined for anything else. */
export function fromPath(path: string): MessageRef | undefined {
  const segments = path.split('/');
  const [connectionId, ...names] = segments.map(decodeSegment);
  if (connectionId === undefined || connectionId === '') return undefined;
  if (segments.length === 4) {
    const [from, to, key] = names;
    if (from === undefined || to === undefined || key === undefined) return undefined;
    return { connectionId, address: c2cAddress(from, to, key) };
  }
  const [, group, topic, seq] = names;
  if (segments.length !== 5 || segments[1] !== 'group' || group === undefined || topic === undefined)
    return undefined;
  if (seq === undefined || !/^(0|[1-9]\d{0,15})$/.test(seq)) return undefined;
  return {
    connectionId,
    address: groupAddress(group, Number(seq), segments[3] === '-' ? undefined : topic),
  };
}

/** The members that name a message in a file. Nothing that the object carries besides gets into them. */
export function toRecord(address: MessageAddress): MessageAddress {
  return address.chat === 'c2c'
    ? c2cAddress(address.from, address.to, address.key)
    : groupAddress(address.group, address.seq, address.topic);
}

/**
 * Reads the members that {@link toRecord} made from a record that may hold others. Without `chat` they are of the
 * time when there were one-to-one messages only: `from`, `to` and `key`. Undefined when they name no message.
 */
export function fromRecord(record: Readonly<Record<string, unknown>>): MessageAddress | undefined {
  const { chat = 'c2c', from, to, key, group, topic, seq } = record;
  if (chat === 'c2c') {
    if (typeof from !== 'string' || typeof to !== 'string' || typeof key !== 'string') return undefined;
    return c2cAddress(from, to, key);
  }
  if (chat !== 'group' || typeof group !== 'string' || !isCount(seq)) return undefined;
  if (topic !== undefined && typeof topic !== 'string') return undefined;
  return groupAddress(group, seq, topic);
}

/** Reads a conversation from a record that may hold other members; undefined when it names none. */
export function chatFromRecord(record: Readonly<Record<string, unknown>>): ChatAddress | undefined {
  const { chat, user, peer, group, topic } = record;
  if (chat === 'c2c' && typeof user === 'string' && typeof peer === 'string') return { chat, user, peer };
  if (chat !== 'group' || typeof group !== 'string') return undefined;
  if (topic !== undefined && typeof topic !== 'string') return undefined;
  return { chat, group, ...(topic !== undefined && { topic }) };
}

/** Three members for two users, and four for a group, so that no name of the one is a name of the other. */
function parts(address: MessageAddress): readonly (string | number | null)[] {
  return address.chat === 'c2c'
    ? [address.from, address.to, address.key]
    : ['group', address.group, address.topic ?? null, address.seq];
}

/**
 * Paths are normalised on their way through VS Code: a name of dots only would climb out of its folder. Half a
 * surrogate pair, which UTF-8 cannot carry, is spelled as its code unit.
 */
function encodeSegment(name: string): string {
  return name
    .split(loneSurrogate)
    .map((part, index) =>
      index % 2 === 0 ? encodeURIComponent(part) : `%u${part.charCodeAt(0).toString(16)}`,
    )
    .join('')
    .replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));
}

/** Undefined for what was never made by {@link encodeSegment}: a broken percent sign, say. */
function decodeSegment(segment: string): string | undefined {
  try {
    return segment
      .split(/%u(d[89a-f][0-9a-f]{2})/)
      .map((part, index) =>
        index % 2 === 0 ? decodeURIComponent(part) : String.fromCharCode(Number.parseInt(part, 16)),
      )
      .join('');
  } catch {
    return undefined;
  }
}

const loneSurrogate = /([\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff])/;
