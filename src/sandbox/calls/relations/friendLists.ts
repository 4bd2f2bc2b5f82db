import type { FriendFields } from '../../store/relations';
import { field, type Call, type CallContext } from '../call';
import { described } from '../described';
import { accountExists, optionalInteger, requiredInteger } from '../fields';
import { Refusal } from '../../requestBody';
import {
  batchAnswer,
  itemResult,
  NO_ACCOUNT,
  othersOf,
  ownerOf,
  tellPairs,
  wordOf,
  WRONG,
  type Pair,
} from './fields';

const DELETED = 'Sns.CallbackFriendDelete';
const MOST_OTHERS = 1000;
const MOST_LISTED = 100;
/** Friends in one answer of `friend_get`; not documented. */
const PAGE = 100;
const deletions = ['Delete_Type_Single', 'Delete_Type_Both'] as const;
const checks = ['CheckResult_Type_Single', 'CheckResult_Type_Both'] as const;

/** `sns/friend_delete` (1047/34905). */
export const friendDelete: Call = {
  ...described('sns/friend_delete'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const others = othersOf(body, MOST_OTHERS);
    const both = wordOf(body.get('DeleteType'), 'DeleteType', deletions, 'Delete_Type_Single');
    const pairs: Pair[] = [];
    const answer = batchAnswer(
      'ResultItem',
      others.map((friend) => {
        if (!accountExists(context, friend)) return itemResult(friend, NO_ACCOUNT, 'account does not exist');
        if (!context.store.relations.isFriend(owner, friend)) return itemResult(friend, 31704, 'no friend');
        pairs.push(...unfriend(context, owner, friend, both === 'Delete_Type_Both'));
        return itemResult(friend);
      }),
    );
    tellPairs(context, DELETED, pairs);
    return answer;
  },
};

/** `sns/friend_delete_all` (1047/34906). */
export const friendDeleteAll: Call = {
  ...described('sns/friend_delete_all'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const both = wordOf(body.get('DeleteType'), 'DeleteType', deletions, 'Delete_Type_Single');
    const friends = [...context.store.relations.friendsOf(owner).keys()];
    const pairs = friends.flatMap((friend) => unfriend(context, owner, friend, both === 'Delete_Type_Both'));
    tellPairs(context, DELETED, pairs);
    return {};
  },
};

/** `sns/friend_check` (1047/34907). */
export const friendCheck: Call = {
  ...described('sns/friend_check'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const others = othersOf(body, MOST_OTHERS);
    const both = wordOf(body.get('CheckType'), 'CheckType', checks) === 'CheckResult_Type_Both';
    const { relations } = context.store;
    const items = others.map((other) => {
      if (!accountExists(context, other)) {
        const { To_Account, ...result } = itemResult(other, NO_ACCOUNT, 'account does not exist');
        return { To_Account, Relation: 'CheckResult_Type_NoRelation', ...result };
      }
      const ours = relations.isFriend(owner, other);
      const theirs = both && relations.isFriend(other, owner);
      const name = ours ? (theirs ? 'BothWay' : 'AWithB') : theirs ? 'BWithA' : 'NoRelation';
      return { To_Account: other, Relation: `CheckResult_Type_${name}`, ResultCode: 0, ResultInfo: '' };
    });
    return batchAnswer('InfoItem', items);
  },
};

/**
 * `sns/friend_get` (1047/34908): all friends by page, without profiles. Fields of a kind whose sequence the caller has
 * already are left out.
 */
export const friendGet: Call = {
  ...described('sns/friend_get'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const start = requiredInteger(body, 'StartIndex', WRONG);
    const standard = optionalInteger(body, 'StandardSequence', WRONG);
    const custom = optionalInteger(body, 'CustomSequence', WRONG);
    const { relations } = context.store;
    const sequences = relations.friendSequences(owner);
    const all = [...relations.friendsOf(owner)];
    const end = Math.min(all.length, start + PAGE);
    const isKnown = (tag: string): boolean =>
      tag.startsWith('Tag_SNS_Custom_') ? custom === sequences.custom : standard === sequences.standard;
    const items = all.slice(start, end).map(([friend, fields]) => ({
      To_Account: friend,
      ValueItem: [...fields].filter(([tag]) => !isKnown(tag)).map(([Tag, Value]) => ({ Tag, Value })),
    }));
    const complete = end >= all.length;
    return {
      fields:
        field('UserDataItem', items) +
        field('StandardSequence', sequences.standard) +
        field('CustomSequence', sequences.custom) +
        field('FriendNum', all.length) +
        field('CompleteFlag', complete ? 1 : 0) +
        field('NextStartIndex', complete ? 0 : end),
    };
  },
};

/** `sns/friend_get_list` (1047/34910). Without `TagList`, all fields of the friend are given; that is inferred. */
export const friendGetList: Call = {
  ...described('sns/friend_get_list'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const others = othersOf(body, MOST_LISTED);
    const tags = tagsOf(body.get('TagList'));
    const friends = context.store.relations.friendsOf(owner);
    const items = others.map((friend) => {
      if (!accountExists(context, friend)) return itemResult(friend, NO_ACCOUNT, 'account does not exist');
      const fields = friends.get(friend);
      if (!fields) return itemResult(friend, 31211, 'SNS_FRD_GET_LIST_FRD_NO_EXIST');
      const SnsProfileItem = itemsOfTags(tags ?? [...fields.keys()], fields, friend, context);
      return { To_Account: friend, SnsProfileItem, ResultCode: 0, ResultInfo: '' };
    });
    return batchAnswer('InfoItem', items);
  },
};

/** Ends a friendship, on both sides or on one, and says whose ended. */
export function unfriend({ store }: CallContext, owner: string, friend: string, both: boolean): Pair[] {
  const sides: Pair[] = [[owner, friend], ...(both ? [[friend, owner] as const] : [])];
  const ended = sides.filter(([one, other]) => store.relations.isFriend(one, other));
  for (const [one, other] of ended) store.change({ kind: 'friendDeleted', owner: one, friend: other });
  return ended;
}

function tagsOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value) ? (value as unknown[]) : [undefined];
  if (!list.every((tag): tag is string => typeof tag === 'string')) {
    throw new Refusal(WRONG, 'TagList is not a list of texts');
  }
  return list;
}

function itemsOfTags(
  tags: readonly string[],
  fields: FriendFields,
  friend: string,
  { store }: CallContext,
): { Tag: string; Value: unknown }[] {
  return tags.flatMap((Tag) => {
    const Value = Tag.startsWith('Tag_Profile_') ? store.account(friend)?.profile.get(Tag) : fields.get(Tag);
    return Value === undefined ? [] : [{ Tag, Value }];
  });
}
