import type { Node } from 'jsonc-parser';
import { formatMsgKey, parseMsgKey } from '../chat/msgKey';
import { nodeText } from '../json/tree';
import type { Told } from './readMessage';
import { secondsOf } from './times';
import { conversationOf, roleOf, SDK_ID, type Role } from './vocabulary';

/** What an object tells of a message. */
export interface ObjectFacts {
  readonly told: Told;
  readonly chat: 'c2c' | 'group' | null;
  /** The property that holds the content; absent when none has a name for it. */
  readonly body?: Node;
  /** Names of the Web or C SDK, or of an own server: no request and no answer of the service. */
  readonly foreign: boolean;
}

/** Signs that a message is one of a group although no group is named (answers of history, webhooks). */
const GROUP_SIGNS: ReadonlySet<string> = new Set(['IsPlaceMsg', 'MsgPriority', 'IsSystemMsg']);

/** Times by how surely they are the key's; those of clients are not. */
const TIME_ORDER = ['msgtimestamp', 'msgtime', 'messageservertime', 'servertime', 'time', 'timestamp'];

/** Reads the members of one object. `text` is the JSON that its nodes count in. */
export function factsOf(text: string, object: Node): ObjectFacts {
  const values = new Map<Role, Node>();
  let body: Node | undefined;
  let sure = false;
  let exact = false;
  let group = false;
  const times: { rank: number; node: Node }[] = [];
  const all = new Map<string, Node>();
  for (const property of object.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    all.set(name, value);
    if (GROUP_SIGNS.has(name)) group = true;
    const meaning = roleOf(name);
    if (meaning === undefined) continue;
    sure ||= meaning.sure;
    exact ||= /^(?:From_Account|To_Account|MsgBody|MsgKey|MsgSeq|GroupId)$/.test(name);
    if (meaning.role === 'body') {
      if (body === undefined || isBody(value)) body = isBody(value) || name === 'MsgBody' ? property : body;
    } else if (meaning.role === 'time') {
      times.push({ rank: TIME_ORDER.indexOf(name.toLowerCase().replace(/[_-]/g, '')), node: value });
    } else if (!values.has(meaning.role) || name.includes('_')) values.set(meaning.role, value);
  }
  times.sort((a, b) => a.rank - b.rank);
  const time = times[0]?.node;
  if (time) values.set('time', time);
  const command = wordOf(all.get('CallbackCommand'));
  const facts = { text, values, all, group: group || command?.startsWith('Group.') === true };
  const known = identityOf(facts, sure || body !== undefined || isSdk(all));
  const c2c = command?.startsWith('C2C.') === true || known.c2c;
  return {
    told: known.told,
    chat: known.group ? 'group' : c2c ? 'c2c' : null,
    ...(body && { body }),
    foreign: !exact,
  };
}

interface Members {
  readonly text: string;
  readonly values: ReadonlyMap<Role, Node>;
  readonly all: ReadonlyMap<string, Node>;
  readonly group: boolean;
}

interface Identity {
  readonly told: Told;
  readonly group: boolean;
  readonly c2c: boolean;
}

function identityOf({ text, values, all, group }: Members, isMessage: boolean): Identity {
  if (!isMessage) return { told: {}, group: false, c2c: false };
  const account = (role: Role): string | undefined => accountOf(text, values.get(role));
  const sdk = sdkOf(text, all, account);
  const from = account('from');
  const groupId = sdk.group ?? idOf(values.get('group'));
  const isGroup = groupId !== undefined || group || sdk.kind === 'group';
  const to = isGroup ? undefined : sdk.kind === 'c2c' ? (sdk.to ?? account('to')) : account('to');
  const number = (role: Role): number | undefined => countOf(text, values.get(role));
  const time = timeOf(text, values.get('time'));
  const key = isGroup ? undefined : keyOf(values.get('key'), number('seq'), number('random'), time);
  const topic = idOf(values.get('topic'));
  const seq = number('seq');
  const sdkId = [...all.values()].map(wordOf).find((word) => word !== undefined && isSdkId(word));
  const told: Told = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && to !== '' && { to }),
    ...key,
    ...(groupId !== undefined && { group: groupId }),
    ...(topic !== undefined && isGroup && { topic }),
    ...(seq !== undefined && { seq }),
    ...(sdkId !== undefined && { sdkId }),
  };
  const several = values.get('to')?.type === 'array';
  return {
    told,
    group: isGroup,
    c2c: several || to !== undefined || key?.key !== undefined || sdk.kind === 'c2c',
  };
}

function isSdkId(word: string): boolean {
  return SDK_ID.exec(word)?.[0] === word;
}

function isBody(node: Node): boolean {
  return node.type === 'array' || node.type === 'object';
}

function isSdk(all: ReadonlyMap<string, Node>): boolean {
  return [...all.keys()].some((name) =>
    /^(?:conversation(?:ID|Type)|flow|message_conv_(?:id|type)|msgID)$/.test(name),
  );
}

interface SdkFacts {
  readonly kind?: 'c2c' | 'group';
  readonly to?: string;
  readonly group?: string;
}

/** What the conversation of an SDK's message tells: the peer, or the group. */
function sdkOf(
  text: string,
  all: ReadonlyMap<string, Node>,
  account: (role: Role) => string | undefined,
): SdkFacts {
  const from = account('from');
  const web = conversationOf(wordOf(all.get('conversationID')) ?? '');
  if (web !== undefined) {
    if ('group' in web) return { kind: 'group', group: web.group };
    const to = account('to') ?? (web.user === from ? undefined : web.user);
    return { kind: 'c2c', ...(to !== undefined && { to }) };
  }
  const type = wordOf(all.get('conversationType'));
  if (type === 'GROUP') return { kind: 'group', ...groupOf(account('to')) };
  const conversation = wordOf(all.get('message_conv_id'));
  const kind = countOf(text, all.get('message_conv_type'));
  if (kind === 2) return { kind: 'group', ...groupOf(conversation) };
  if (kind === 1 || type === 'C2C') {
    // The conversation is named by the peer, who is the receiver of what was sent by the other one.
    const to = account('to') ?? (conversation === from ? undefined : conversation);
    return { kind: 'c2c', ...(to !== undefined && { to }) };
  }
  const peer = all.has('msgID') ? account('peer') : undefined;
  return peer === undefined || peer === from ? {} : { kind: 'c2c', to: peer };
}

function groupOf(group: string | undefined): { group?: string } {
  return group === undefined ? {} : { group };
}

function keyOf(
  node: Node | undefined,
  seq: number | undefined,
  random: number | undefined,
  time: number | undefined,
): { key?: string; keyMade?: true } {
  const spelled = wordOf(node);
  if (spelled !== undefined && parseMsgKey(spelled)) return { key: spelled };
  if (seq === undefined || random === undefined || time === undefined) return {};
  const key = formatMsgKey({ seq, random, time });
  return parseMsgKey(key) && time >= 1_000_000_000 ? { key, keyMade: true } : {};
}

/** A UserID: a string, a number of an own server, or the only one of a list. */
function accountOf(text: string, node: Node | undefined): string | undefined {
  if (node?.type === 'array' && node.children?.length === 1) return accountOf(text, node.children[0]);
  if (node?.type === 'number') return /^\d+$/.test(nodeText(text, node)) ? nodeText(text, node) : undefined;
  return idOf(node);
}

function idOf(node: Node | undefined): string | undefined {
  const word = wordOf(node)?.trim();
  return word !== undefined && word !== '' && word.length <= 128 && !/[\p{Cc}\s]/u.test(word)
    ? word
    : undefined;
}

function wordOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? String(node.value) : undefined;
}

/** Unix seconds, of a time in seconds, in milliseconds or as ISO 8601 with its zone. */
function timeOf(text: string, node: Node | undefined): number | undefined {
  const written = node?.type === 'number' ? nodeText(text, node) : (wordOf(node) ?? '');
  return secondsOf(written);
}

function countOf(text: string, node: Node | undefined): number | undefined {
  const digits = node?.type === 'number' ? nodeText(text, node) : (wordOf(node) ?? '');
  return /^\d{1,10}$/.test(digits) && Number(digits) <= 0xffff_ffff ? Number(digits) : undefined;
}
