import { isRecord } from '../../../json/values';
import type { FriendValue } from '../../store/relations';
import { Refusal, type RequestBody } from '../../requestBody';
import { field, type CallContext, type Success } from '../call';
import { accountExists, requiredAccount, requiredList } from '../fields';

/** Wrong parameters, and an account that nobody imported: the codes that all pages of `sns` have. */
export const WRONG = 30001;
export const NO_ACCOUNT = 30003;

const CUSTOM = /^Tag_SNS_Custom_[A-Za-z]{1,8}$/;
const SOURCE = /^AddSource_Type_[A-Za-z]{1,8}$/;
const REMARK_BYTES = 96;
const WORDING_BYTES = 256;
const GROUP_BYTES = 30;
const VALUE_BYTES = 500;
const MOST_GROUPS = 32;

/** What became of one account of a batch. */
export interface ItemResult {
  readonly To_Account: string;
  readonly ResultCode: number;
  readonly ResultInfo: string;
}

/** A result of one account. @param info text of a refusal; nowhere documented but where it is quoted */
export function itemResult(userId: string, code = 0, info = ''): ItemResult {
  return { To_Account: userId, ResultCode: code, ResultInfo: info };
}

/** The answer of a batch: its items, and whom it failed for, if anybody. */
export function batchAnswer(name: string, items: readonly ItemResult[], more = ''): Success {
  const failed = items.filter((item) => item.ResultCode !== 0).map((item) => item.To_Account);
  const list = failed.length > 0 ? field('Fail_Account', failed) : '';
  return { fields: field(name, items) + list + more };
}

/** Whose list changed, and whom it has or had. */
export type Pair = readonly [owner: string, other: string];

/**
 * Tells of pairs of accounts, if there are any.
 *
 * @param more the body, when it has more than the pairs
 */
export function tellPairs(
  { webhooks }: CallContext,
  command: string,
  pairs: readonly Pair[],
  more: (list: readonly object[]) => Record<string, unknown> = (PairList) => ({ PairList }),
): void {
  if (pairs.length === 0 || !webhooks.wants(command)) return;
  webhooks.tell(command, more(pairs.map(([From_Account, To_Account]) => ({ From_Account, To_Account }))));
}

/** The account whose list it is; it must exist. */
export function ownerOf(body: RequestBody, context: CallContext): string {
  const owner = textOf(body.get('From_Account'), 'From_Account');
  if (!accountExists(context, owner)) throw new Refusal(NO_ACCOUNT, 'From_Account does not exist');
  return owner;
}

/** `To_Account`: a list of accounts that is not empty. */
export function othersOf(body: RequestBody, most: number): string[] {
  return requiredList(body, 'To_Account', most, WRONG).map((item) => textOf(item, 'To_Account'));
}

/** A list of objects that is not empty. */
export function itemsOf(body: RequestBody, name: string, most: number): Record<string, unknown>[] {
  return requiredList(body, name, most, WRONG).map((item) => {
    if (!isRecord(item)) throw new Refusal(WRONG, `${name} has an item that is no object`);
    return item;
  });
}

export function textOf(value: unknown, name: string): string {
  return requiredAccount(value, name, WRONG);
}

/** One of some words; the usual one when absent. */
export function wordOf<T extends string>(value: unknown, name: string, words: readonly T[], usual?: T): T {
  const word = value === undefined ? usual : words.find((known) => known === value);
  if (word === undefined) throw new Refusal(WRONG, `${name} is not one of ${words.join(', ')}`);
  return word;
}

/** The members of a friend that a request may say beside its fields (34902, 34903). */
export function friendFields(body: RequestBody, item: Record<string, unknown>): Record<string, FriendValue> {
  const given = (name: string): unknown => body.within(item, name);
  const source = textOf(given('AddSource'), 'AddSource');
  if (!SOURCE.test(source)) throw new Refusal(WRONG, 'AddSource is not AddSource_Type_ and letters');
  const fields: Record<string, FriendValue> = { Tag_SNS_IM_AddSource: source };
  for (const [name, tag] of [
    ['Remark', 'Tag_SNS_IM_Remark'],
    ['AddWording', 'Tag_SNS_IM_AddWording'],
  ] as const) {
    const value = given(name);
    if (value !== undefined) fields[tag] = checkedField(tag, value);
  }
  const groups = given('GroupName');
  if (groups !== undefined) {
    fields.Tag_SNS_IM_Group = checkedField(
      'Tag_SNS_IM_Group',
      typeof groups === 'string' ? [groups] : groups,
    );
  }
  return fields;
}

/**
 * A value of a field, checked by its tag. Which custom fields the console has is not known here: any is taken that is
 * spelled as one.
 *
 * @throws {Refusal} 30001, with the text of a real answer for a tag that is none; 30011 above 32 groups
 */
export function checkedField(tag: string, value: unknown): FriendValue {
  if (tag === 'Tag_SNS_IM_Group') return groupsOf(value);
  const most =
    tag === 'Tag_SNS_IM_Remark'
      ? REMARK_BYTES
      : tag === 'Tag_SNS_IM_AddWording'
        ? WORDING_BYTES
        : VALUE_BYTES;
  if (most === VALUE_BYTES && !CUSTOM.test(tag)) {
    throw new Refusal(
      WRONG,
      `Invalid field: ${tag}. You may not configure custom fields in the console or use the wrong fields`,
    );
  }
  if (typeof value === 'number' && most === VALUE_BYTES) return value;
  if (typeof value !== 'string') throw new Refusal(WRONG, `${tag} is not a string`);
  if (Buffer.byteLength(value) > most) throw new Refusal(WRONG, `${tag} is longer than ${most} bytes`);
  return value;
}

function groupsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  const isName = (item: unknown): item is string =>
    typeof item === 'string' && item !== '' && Buffer.byteLength(item) <= GROUP_BYTES;
  if (!Array.isArray(value) || !list.every(isName)) {
    throw new Refusal(WRONG, `a group is not a text of 1 to ${GROUP_BYTES} bytes`);
  }
  if (list.length > MOST_GROUPS) throw new Refusal(30011, `more than ${MOST_GROUPS} groups`);
  return list;
}
