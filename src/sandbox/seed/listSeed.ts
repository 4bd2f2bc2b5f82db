import { itemTexts, memberText } from '../../json/trustingScanner';
import { isRecord, member } from '../../json/values';

type Item = Record<string, unknown>;

/** A list of messages as it was found. */
interface FoundList {
  readonly items: readonly unknown[];
  /** JSON text of it. */
  readonly text: string;
  /** GroupId and TopicId of all its items, when they stand beside the list. */
  readonly place: Item;
}

/**
 * A list of messages, as `*.chatmsgs.json` files have it, or the `MsgList` or `RspMsgList` of an answer, with or without the
 * answer around it, as a seed: its messages, an account for everybody who is named in it, and the groups.
 *
 * @param text JSON text
 * @param value the same, parsed
 * @returns text in the seed format; undefined when it is no list
 */
export function seedOfList(text: string, value: unknown): string | undefined {
  const list = Array.isArray(value) ? { items: value as unknown[], text, place: {} } : listIn(text, value);
  if (!list) return undefined;
  const users = new Set<string>();
  const groups = new Map<string, { members: Set<string>; topics: Set<string> }>();
  const messages: string[] = [];
  const groupMessages: string[] = [];
  for (const [index, itemText] of itemTexts(list.text).entries()) {
    const item = list.items[index];
    const place = isRecord(item) ? { ...list.place, ...item } : {};
    const [from, to, group, topic] = ['From_Account', 'To_Account', 'GroupId', 'TopicId'].map((name) =>
      textIn(place, name),
    );
    if (from !== undefined) users.add(from);
    if (to !== undefined) users.add(to);
    if (group === undefined) {
      messages.push(itemText);
      continue;
    }
    const known = groups.get(group) ?? { members: new Set<string>(), topics: new Set<string>() };
    groups.set(group, known);
    if (from !== undefined) known.members.add(from);
    if (topic !== undefined) known.topics.add(topic);
    groupMessages.push(withPlace(itemText, list.place));
  }
  const parts = {
    Accounts: [...users].map((UserID) => ({ UserID })),
    Groups: [...groups].map(([GroupId, { members, topics }]) => groupOf(GroupId, [...members], [...topics])),
  };
  const head = JSON.stringify({ Format: 1, ...parts }).slice(0, -1);
  return `${head},"Messages":[${messages.join(',')}],"GroupMessages":[${groupMessages.join(',')}]}`;
}

function listIn(text: string, value: unknown): FoundList | undefined {
  if (!isRecord(value) || member(value, 'Format') !== undefined) return undefined;
  for (const name of ['MsgList', 'RspMsgList']) {
    const list = member(value, name);
    const listText = memberText(text, name);
    if (!Array.isArray(list) || listText === undefined) continue;
    const place = Object.fromEntries(
      ['GroupId', 'TopicId'].flatMap((key) => {
        const named = textIn(value, key);
        return named === undefined ? [] : [[key, named]];
      }),
    );
    return { items: list as unknown[], text: listText, place };
  }
  return undefined;
}

/** What a list says of a group: that it is there, and who wrote in it. */
function groupOf(GroupId: string, members: readonly string[], topics: readonly string[]): Item {
  const MemberList = members.map((Member_Account) => ({ Member_Account }));
  if (topics.length === 0) return { GroupId, Type: 'Public', Name: GroupId, MemberList };
  const TopicList = topics.map((TopicId) => ({ TopicId, TopicName: TopicId }));
  return { GroupId, Type: 'Community', Name: GroupId, SupportTopic: 1, MemberList, TopicList };
}

function withPlace(itemText: string, place: Item): string {
  const members = JSON.stringify(place).slice(1, -1);
  return members === '' ? itemText : `{${members},${itemText.slice(itemText.indexOf('{') + 1)}`;
}

function textIn(item: Item, name: string): string | undefined {
  const value = member(item, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
