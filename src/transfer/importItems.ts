import type { NotImported } from '../bulk/plan';
import { addressKey, type MessageAddress } from '../chat/address';
import { parseMsgKey, type MsgKeyParts } from '../chat/msgKey';
import { checkItem } from '../lists/checkItem';
import { itemContent, itemText, type ListItem, type ParsedList } from '../lists/parseList';
import { memberTexts } from '../json/trustingScanner';

/** One message of a list as it is imported. */
export interface ImportItem {
  /** Its place in the list. */
  readonly index: number;
  readonly from: string;
  readonly place: ImportPlace;
  /** `MsgTimeStamp`, Unix seconds. */
  readonly time: number;
  readonly msgBody: string;
  readonly cloudCustomData?: string;
}

/** Where it goes. What a MsgKey is made of is imported with a message of two users, so that it has the same one again. */
type ImportPlace =
  | ({ readonly chat: 'c2c'; readonly to: string } & MsgKeyParts)
  | { readonly chat: 'group'; readonly group: string; readonly topic?: string };

/** What a list has that can be imported, in rising time, and what not. */
export interface ReadImport {
  readonly items: readonly ImportItem[];
  readonly leftOut: readonly NotImported[];
}

/** Looks at each message of a list by itself. */
export function readImport(text: string, { items, odd }: ParsedList): ReadImport {
  const found: ImportItem[] = [];
  const leftOut: NotImported[] = odd.map(() => ({ index: -1, reason: 'notAMessage' }));
  const seen = new Set<string>();
  for (const item of items) {
    const read = readItem(text, item);
    if ('reason' in read) {
      leftOut.push({ index: item.index, ...(item.address && { address: item.address }), ...read });
      continue;
    }
    const key = sameKey(read, item.address);
    if (seen.has(key))
      leftOut.push({ index: item.index, reason: 'doubled', ...(item.address && { address: item.address }) });
    else found.push(read);
    seen.add(key);
  }
  return { items: found.sort((one, other) => one.time - other.time), leftOut };
}

/** The accounts of messages. */
export function accountsIn(items: readonly ImportItem[]): string[] {
  const accounts = new Set<string>();
  for (const { from, place } of items) {
    accounts.add(from);
    if (place.chat === 'c2c') accounts.add(place.to);
  }
  return [...accounts];
}

/** The message with other accounts; what its content says of them stays. */
export function withAccounts(item: ImportItem, accounts: ReadonlyMap<string, string>): ImportItem {
  const named = (account: string): string => accounts.get(account) ?? account;
  const { from, place } = item;
  return {
    ...item,
    from: named(from),
    place: place.chat === 'c2c' ? { ...place, to: named(place.to) } : place,
  };
}

function readItem(text: string, item: ListItem): ImportItem | Pick<NotImported, 'reason' | 'code'> {
  const { address, locked, index } = item;
  if (!address) return { reason: 'notAMessage' };
  if (locked) return { reason: locked };
  const { msgBody, cloudCustomData } = itemContent(text, item);
  const members = memberTexts(itemText(text, item));
  const from = address.chat === 'c2c' ? address.from : wordOf(members.get('From_Account'));
  const key = address.chat === 'c2c' ? parseMsgKey(address.key) : undefined;
  const time = key?.time ?? Number(members.get('MsgTimeStamp') ?? Number.NaN);
  if (msgBody === undefined || !from || !Number.isSafeInteger(time)) return { reason: 'incomplete' };
  if (address.chat === 'c2c' && !key) return { reason: 'incomplete' };
  const wrong = checkItem(text, item).find(({ problem }) => problem.severity === 'error');
  if (wrong) {
    const { code } = wrong.problem;
    return { reason: 'wrong', ...(code !== undefined && { code }) };
  }
  return {
    ...{ index, from, time, msgBody },
    ...(cloudCustomData !== undefined && { cloudCustomData }),
    place:
      address.chat === 'c2c' && key
        ? { chat: 'c2c', to: address.to, ...key }
        : { chat: 'group', ...groupOf(address) },
  };
}

function groupOf(address: MessageAddress): { readonly group: string; readonly topic?: string } {
  if (address.chat !== 'group') return { group: '' };
  return { group: address.group, ...(address.topic !== undefined && { topic: address.topic }) };
}

function wordOf(json: string | undefined): string {
  return json?.startsWith('"') ? (JSON.parse(json) as string) : '';
}

/** Of two users, a MsgKey names one message, whoever of both sent it (269/2568). */
function sameKey({ from, place }: ImportItem, address: MessageAddress | undefined): string {
  if (place.chat === 'group') return address ? addressKey(address) : '';
  return pairKey(from, place.to, place);
}

/** What the service tells two messages of two users apart by, when it imports. */
export function pairKey(one: string, other: string, { seq, random, time }: MsgKeyParts): string {
  return JSON.stringify([...[one, other].sort(), seq, random, time]);
}
