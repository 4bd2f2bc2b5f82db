import { randomBytes } from 'node:crypto';
import { newPlanId, type LeftOutReason, type NotImported, type Plan, type PlanItem } from '../bulk/plan';
import { c2cAddress, groupAddress, type ChatAddress, type GroupChat } from '../chat/address';
import { byChatOf, windowOf } from '../chat/byChat';
import type { ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import { formatMsgKey, parseMsgKey } from '../chat/msgKey';
import { sameContent } from '../message/changes';
import { pairKey, type ImportItem, type ReadImport } from './importItems';

/**
 * Compares what is to be imported with what the service has: what is there, or would not be taken, is left out.
 *
 * @param absent accounts that are not there yet: they have no history
 */
export async function planImport(
  client: Pick<ChatClient, 'history' | 'groupInfos'>,
  { items, leftOut }: ReadImport,
  absent: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadImport> {
  const out: NotImported[] = [...leftOut];
  const left: ImportItem[] = [];
  const groups = await missingGroups(client, items, signal);
  for (const { chat, items: own } of byChatOf(items, chatOf)) {
    const leave = ({ index }: ImportItem, reason: LeftOutReason): void => void out.push({ index, reason });
    if (chat.chat === 'c2c') {
      const isNew = absent.has(chat.user) || absent.has(chat.peer);
      const there = isNew ? new Set<string>() : await keysThere(client, chat, own, signal);
      const taken = new Set<string>();
      for (const item of own) {
        const key = item.place.chat === 'c2c' ? pairKey(item.from, item.place.to, item.place) : '';
        if (there.has(key)) leave(item, 'there');
        // Two that were of several accounts may be of the same two now.
        else if (taken.has(key)) leave(item, 'doubled');
        else left.push(item);
        taken.add(key);
      }
      continue;
    }
    if (groups.has(chat.group)) {
      for (const item of own) leave(item, 'noGroup');
      continue;
    }
    const there = await messagesThere(client, chat, own, signal);
    let newest = await newestTime(client, chat, signal);
    for (const item of own) {
      if (takeSame(there, item)) leave(item, 'there');
      else if (item.time <= newest) leave(item, 'notNewer');
      else {
        left.push(item);
        newest = item.time;
      }
    }
  }
  return { items: left.sort((one, other) => one.time - other.time), leftOut: out };
}

/** The plan that imports messages; what each will be found again by is fixed in it. */
export function newImport(
  {
    connection,
    title,
    uri,
    accounts,
  }: Pick<Plan, 'connection' | 'accounts'> & { title: string; uri: string },
  { items, leftOut }: ReadImport,
  now: number,
): Plan {
  return {
    ...{ id: newPlanId(), at: now, connection },
    origin: { kind: 'import', title, uri },
    items: items.map(planItem),
    ...(accounts && accounts.length > 0 && { accounts }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function planItem({ index, from, place, time, msgBody, cloudCustomData }: ImportItem): PlanItem {
  const isOfTwo = place.chat === 'c2c';
  return {
    address: isOfTwo
      ? c2cAddress(from, place.to, formatMsgKey(place))
      : groupAddress(place.group, 0, place.topic),
    base: {},
    content: { msgBody, ...(cloudCustomData !== undefined && { cloudCustomData }) },
    source: { index, from, time, random: isOfTwo ? place.random : randomBytes(4).readUInt32BE() },
  };
}

/** The messages of a group that have been there since the first of these, as far as history shows them. */
async function messagesThere(
  client: Pick<ChatClient, 'history'>,
  chat: ChatAddress,
  items: readonly ImportItem[],
  signal?: AbortSignal,
): Promise<ChatMessage[]> {
  const found: ChatMessage[] = [];
  const window = windowOf(items.map(({ time }) => time));
  for await (const { messages } of client.history({ chat, ...window }, signal)) found.push(...messages);
  return found;
}

/** Takes a message out that is this one: of a group there is no MsgKey, so sender, time and content say it. */
function takeSame(there: ChatMessage[], item: ImportItem): boolean {
  const at = there.findIndex(
    ({ sender, time, content }) => sender === item.from && time === item.time && sameContent(content, item),
  );
  if (at < 0) return false;
  there.splice(at, 1);
  return true;
}

function chatOf({ from, place }: ImportItem): ChatAddress {
  if (place.chat === 'c2c') return { chat: 'c2c', user: from, peer: place.to };
  const { group, topic } = place;
  return { chat: 'group', group, ...(topic !== undefined && { topic }) };
}

async function keysThere(
  client: Pick<ChatClient, 'history'>,
  chat: ChatAddress,
  items: readonly ImportItem[],
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const { address } of await messagesThere(client, chat, items, signal)) {
    const parts = address.chat === 'c2c' ? parseMsgKey(address.key) : undefined;
    if (address.chat === 'c2c' && parts) keys.add(pairKey(address.from, address.to, parts));
  }
  return keys;
}

async function newestTime(
  client: Pick<ChatClient, 'history'>,
  chat: GroupChat,
  signal: AbortSignal | undefined,
): Promise<number> {
  for await (const { messages } of client.history({ chat }, signal)) {
    const time = messages.find((message) => message.isGone !== true && message.time > 0)?.time;
    if (time !== undefined) return time;
  }
  return 0;
}

async function missingGroups(
  client: Pick<ChatClient, 'groupInfos'>,
  items: readonly ImportItem[],
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const ids = new Set(items.flatMap(({ place }) => (place.chat === 'group' ? [place.group] : [])));
  if (ids.size === 0) return ids;
  const infos = await client.groupInfos([...ids], signal);
  return new Set(infos.flatMap(({ id, group }) => (group ? [] : [id])));
}
