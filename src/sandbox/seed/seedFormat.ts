import { formatMsgKey, parseMsgKey, type MsgKeyParts } from '../../chat/msgKey';
import { itemTexts, memberTexts } from '../../json/trustingScanner';
import { isRecord, member } from '../../json/values';
import type { Change, Contact, MessageRecord, StoredMessage } from '../store/storedMessage';
import type { Store } from '../store/store';
import { groupMessageOf, groupMessageTexts, groupsOf, groupTexts } from './groupSeed';
import { seedOfList } from './listSeed';
import { friendOf, relationTexts, statusMembers, statusOf } from './relationSeed';
import { numberOf, optionalNumber, optionalText, userIdOf } from './seedFields';

/** Version of the format, `"Format"` in the file. */
const SEED_FORMAT = 1;

/**
 * Reads a seed, the JSON format that docs/sandbox.md describes, as the changes that make it. Names are the service's
 * own, so that a `MsgList` of history is a list of messages here; such a list alone is a seed too. Values of MsgBody and CloudCustomData are kept as
 * they are written, and so are times: {@link atMoment} says what negative ones mean when the seed is loaded.
 *
 * @throws {Error} that names the first thing that is wrong and where
 */
export function readSeed(text: string): Change[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed is not JSON: ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
  const list = seedOfList(text, value);
  if (list !== undefined) return readSeed(list);
  if (!isRecord(value)) throw new Error('The seed is neither an object nor a list of messages.');
  if (member(value, 'Format') !== SEED_FORMAT) throw new Error(`Format is not ${SEED_FORMAT}.`);
  const texts = memberTexts(text);
  const items = (name: string): [Record<string, unknown>, string, string][] => {
    const list = member(value, name) ?? [];
    if (!Array.isArray(list)) throw new Error(`${name} is not a list.`);
    return itemTexts(texts.get(name) ?? '[]').map((itemText, index) => {
      const item = (list as unknown[])[index];
      const where = `${name}[${index}]`;
      if (!isRecord(item)) throw new Error(`${where} is not an object.`);
      return [item, itemText, where];
    });
  };
  return [
    ...items('Accounts').flatMap(([item, , where]) => {
      const account = accountOf(item, where);
      const status = statusOf(item, where, account.userId);
      return status ? [account, status] : [account];
    }),
    ...items('Messages').map(([item, itemText, where]) => messageOf(item, memberTexts(itemText), where)),
    ...items('DeletedAccounts').map(([item, , where]) => deletedOf(item, where)),
    ...items('Groups').flatMap(([item, , where]) => groupsOf(item, where)),
    ...items('GroupMessages').map(([item, itemText, where]) =>
      groupMessageOf(item, memberTexts(itemText), where),
    ),
    ...items('Contacts').map(([item, , where]) => contactOf(item, where)),
    ...items('Friends').map(([item, , where]) =>
      friendOf(item, where, (name) => userIdOf(item, name, where)),
    ),
    ...items('Blocked').map(([item, , where]) => blockedOf(item, where)),
  ];
}

/**
 * Writes a store as a seed, a line an item. Reading it makes the same store.
 *
 * @param more further members, which reading leaves out
 */
export function writeSeed(store: Store, more: Record<string, number> = {}): string {
  const lists: [string, string[]][] = [
    ['Accounts', []],
    ['DeletedAccounts', []],
    ['Messages', []],
    ['Contacts', []],
    ['Groups', groupTexts(store.groups)],
    ['GroupMessages', groupMessageTexts(store.groups)],
  ];
  const [accounts, deleted, messages, contacts] = lists.map(([, list]) => list);
  for (const { userId, profile } of store.allAccounts()) {
    const status = statusMembers(store.relations, userId);
    accounts?.push(JSON.stringify({ UserID: userId, ...status, Profile: Object.fromEntries(profile) }));
  }
  for (const [owner, list] of store.allContacts()) {
    for (const contact of list.values()) contacts?.push(contactText(owner, contact));
  }
  for (const [UserID, DeleteTime] of store.allDeletedAccounts()) {
    deleted?.push(JSON.stringify({ UserID, DeleteTime }));
  }
  for (const conversation of store.allConversations()) {
    for (const message of conversation.all()) messages?.push(messageText(message));
  }
  const body = [...lists, ...relationTexts(store.relations)].map(
    ([name, list]) => `"${name}": [\n${list.join(',\n')}\n]`,
  );
  const head = JSON.stringify({ Format: SEED_FORMAT, ...more }).slice(1, -1);
  return `{\n${head},\n${body.join(',\n')}\n}\n`;
}

function accountOf(item: Record<string, unknown>, where: string): Change & { kind: 'account' } {
  const profile: Record<string, string | number> = {};
  const given = member(item, 'Profile') ?? {};
  if (!isRecord(given)) throw new Error(`${where}.Profile is not an object.`);
  for (const [tag, value] of Object.entries(given)) {
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new Error(`${where}.Profile.${tag} is neither a text nor a number.`);
    }
    profile[tag] = value;
  }
  const nick = optionalText(item, 'Nick', where);
  const faceUrl = optionalText(item, 'FaceUrl', where);
  if (nick !== undefined) profile.Tag_Profile_IM_Nick = nick;
  if (faceUrl !== undefined) profile.Tag_Profile_IM_Image = faceUrl;
  return { kind: 'account', userId: userIdOf(item, 'UserID', where), profile };
}

function deletedOf(item: Record<string, unknown>, where: string): Change {
  const time = numberOf(item, 'DeleteTime', where);
  return { kind: 'accountDeleted', userId: userIdOf(item, 'UserID', where), time };
}

function blockedOf(item: Record<string, unknown>, where: string): Change {
  return {
    kind: 'blocked',
    owner: userIdOf(item, 'Owner_Account', where),
    user: userIdOf(item, 'To_Account', where),
    time: numberOf(item, 'BlockTime', where),
  };
}

const seenBy = ['both', 'sender', 'receiver', 'nobody'] as const;

function messageOf(item: Record<string, unknown>, texts: Map<string, string>, where: string): Change {
  const body = texts.get('MsgBody');
  const cloud = texts.get('CloudCustomData');
  if (body === undefined) throw new Error(`${where}.MsgBody is missing.`);
  if (cloud !== undefined) optionalText(item, 'CloudCustomData', where);
  const seen = seenBy.find((name) => name === (member(item, 'SeenBy') ?? 'both'));
  if (!seen) throw new Error(`${where}.SeenBy is not one of ${seenBy.join(', ')}.`);
  const flags = optionalNumber(item, 'MsgFlagBits', where) ?? 0;
  const key = keyOf(item, where);
  const message: MessageRecord = {
    from: userIdOf(item, 'From_Account', where),
    to: userIdOf(item, 'To_Account', where),
    seq: key?.seq ?? numberOf(item, 'MsgSeq', where),
    random: key?.random ?? numberOf(item, 'MsgRandom', where),
    time: key?.time ?? numberOf(item, 'MsgTimeStamp', where),
    body,
    ...(cloud !== undefined && { cloud }),
    ...(flags !== 0 && { flags }),
    ...(seen !== 'both' && { seenBy: seen }),
    ...(member(item, 'IsPeerRead') === 1 && { peerRead: true }),
    ...(member(item, 'Unread') === 1 && { unread: true }),
    ...(member(item, 'PushPlugin') === 1 && { push: true }),
    ...(member(item, 'NoContact') === 1 && { quietFor: 'both' as const }),
  };
  return { kind: 'message', message };
}

/** What a MsgKey says of a message, for items that have nothing else; a whole item is read by its own members. */
function keyOf(item: Record<string, unknown>, where: string): MsgKeyParts | undefined {
  if (member(item, 'MsgSeq') !== undefined && member(item, 'MsgRandom') !== undefined) return undefined;
  const text = optionalText(item, 'MsgKey', where);
  if (text === undefined) return undefined;
  const key = parseMsgKey(text);
  if (!key) throw new Error(`${where}.MsgKey is not a MsgKey.`);
  return key;
}

function contactOf(item: Record<string, unknown>, where: string): Change {
  const contact: Contact = {
    ...targetOf(item, where),
    time: numberOf(item, 'MsgTime', where),
    pinned: member(item, 'TopFlag') === 1,
  };
  return { kind: 'contact', owner: userIdOf(item, 'Owner_Account', where), contact };
}

function targetOf(item: Record<string, unknown>, where: string): { peer: string } | { group: string } {
  const group = optionalText(item, 'GroupId', where);
  return group === undefined ? { peer: userIdOf(item, 'To_Account', where) } : { group };
}

function contactText(owner: string, contact: Contact): string {
  const target = contact.peer === undefined ? { GroupId: contact.group } : { To_Account: contact.peer };
  const TopFlag = contact.pinned ? 1 : 0;
  return JSON.stringify({ Owner_Account: owner, ...target, MsgTime: contact.time, TopFlag });
}

function messageText(message: StoredMessage): string {
  const facts = {
    From_Account: message.from,
    To_Account: message.to,
    MsgSeq: message.seq,
    MsgRandom: message.random,
    MsgTimeStamp: message.time,
    MsgFlagBits: message.flags,
    IsPeerRead: message.peerRead ? 1 : 0,
    MsgKey: formatMsgKey(message),
    ...(seenByOf(message) !== 'both' && { SeenBy: seenByOf(message) }),
    ...(message.unread && { Unread: 1 }),
    ...(message.push && { PushPlugin: 1 }),
    NoContact: 1,
  };
  const cloud = message.cloud === undefined ? '' : `,"CloudCustomData":${message.cloud}`;
  return `${JSON.stringify(facts).slice(0, -1)},"MsgBody":${message.body}${cloud}}`;
}

function seenByOf({ ofSender, ofReceiver }: StoredMessage): (typeof seenBy)[number] {
  if (ofSender) return ofReceiver ? 'both' : 'sender';
  return ofReceiver ? 'receiver' : 'nobody';
}
