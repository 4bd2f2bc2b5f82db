import type { FriendValue } from '../../store/relations';
import { Refusal } from '../../requestBody';
import { seconds, type Call, type CallContext } from '../call';
import { described } from '../described';
import { accountExists, isInteger } from '../fields';
import {
  batchAnswer,
  checkedField,
  friendFields,
  itemResult,
  itemsOf,
  NO_ACCOUNT,
  ownerOf,
  textOf,
  tellPairs,
  wordOf,
  WRONG,
  type ItemResult,
  type Pair,
} from './fields';

const MOST_FRIENDS = 3000;
const MOST_ITEMS = 1000;

/**
 * `sns/friend_add` (1047/34902). Whom the other lets in stands in his profile (`Tag_Profile_IM_AllowType`). That a friend
 * who is added one-sidedly is asked nothing, and that force goes past the question and past no block list, is inferred.
 */
export const friendAdd: Call = {
  ...described('sns/friend_add'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const items = itemsOf(body, 'AddFriendItem', MOST_ITEMS).map((item) => ({
      friend: textOf(body.within(item, 'To_Account'), 'To_Account'),
      fields: friendFields(body, item),
    }));
    const type = wordOf(
      body.get('AddType'),
      'AddType',
      ['Add_Type_Both', 'Add_Type_Single'],
      'Add_Type_Both',
    );
    const force = body.get('ForceAddFlags') ?? 0;
    if (!isInteger(force, 0, 1)) throw new Refusal(WRONG, 'ForceAddFlags is not 0 or 1');
    const both = type === 'Add_Type_Both';
    const pairs: Pair[] = [];
    const add = (one: string, other: string, fields: Readonly<Record<string, FriendValue>>): void => {
      if (!context.store.relations.isFriend(one, other)) pairs.push([one, other]);
      addFriend(context, one, other, fields);
    };
    const answer = batchAnswer(
      'ResultItem',
      items.map(({ friend, fields }) => {
        const refused = refusalToAdd(context, owner, friend, both, force === 1);
        if (refused) return refused;
        add(owner, friend, fields);
        const source = fields.Tag_SNS_IM_AddSource;
        if (both) add(friend, owner, source === undefined ? {} : { Tag_SNS_IM_AddSource: source });
        return itemResult(friend);
      }),
    );
    tellPairs(context, 'Sns.CallbackFriendAdd', pairs, (list) => ({
      PairList: list.map((pair) => ({ ...pair, Initiator_Account: owner })),
      ClientCmd: 'friend_add',
      Admin_Account: context.administrator,
      ForceFlag: force,
    }));
    return answer;
  },
};

/** `sns/friend_import` (1047/34903): one-sided, with times and custom fields; who is there is overwritten. */
export const friendImport: Call = {
  ...described('sns/friend_import'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const items = itemsOf(body, 'AddFriendItem', MOST_ITEMS).map((item) => {
      const fields: Record<string, FriendValue> = friendFields(body, item);
      for (const [name, tag] of [
        ['AddTime', 'Tag_SNS_IM_AddTime'],
        ['RemarkTime', 'Tag_SNS_IM_RemarkTime'],
      ] as const) {
        const value = body.within(item, name);
        if (value === undefined) continue;
        if (!isInteger(value)) throw new Refusal(WRONG, `${name} is not an integer`);
        fields[tag] = value;
      }
      const custom = body.within(item, 'CustomItem') ?? [];
      Object.assign(fields, tagged(custom, 'CustomItem'));
      return { friend: textOf(body.within(item, 'To_Account'), 'To_Account'), fields };
    });
    return batchAnswer(
      'ResultItem',
      items.map(({ friend, fields }) => {
        if (!accountExists(context, friend)) return itemResult(friend, NO_ACCOUNT, 'account does not exist');
        if (isFull(context, owner, friend)) return itemResult(friend, 30010, 'too many friends');
        addFriend(context, owner, friend, fields);
        return itemResult(friend);
      }),
    );
  },
};

/** `sns/friend_update` (1047/34904). That somebody who is no friend is 30001 is inferred. */
export const friendUpdate: Call = {
  ...described('sns/friend_update'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const items = itemsOf(body, 'UpdateItem', MOST_ITEMS).map((item) => ({
      friend: textOf(body.within(item, 'To_Account'), 'To_Account'),
      fields: tagged(body.within(item, 'SnsItem'), 'SnsItem'),
    }));
    return batchAnswer(
      'ResultItem',
      items.map(({ friend, fields }) => {
        if (!accountExists(context, friend)) return itemResult(friend, NO_ACCOUNT, 'account does not exist');
        if (!context.store.relations.isFriend(owner, friend)) return itemResult(friend, WRONG, 'no friend');
        context.store.change({ kind: 'friend', owner, friend, fields });
        return itemResult(friend);
      }),
    );
  },
};

function refusalToAdd(
  context: CallContext,
  owner: string,
  friend: string,
  both: boolean,
  force: boolean,
): ItemResult | undefined {
  const { relations } = context.store;
  if (!accountExists(context, friend)) return itemResult(friend, NO_ACCOUNT, 'account does not exist');
  if (friend === owner) return itemResult(friend, WRONG, 'nobody is his own friend');
  if (relations.isBlocked(owner, friend)) return itemResult(friend, 30515, 'is on the block list');
  if (relations.isBlocked(friend, owner)) return itemResult(friend, 30525, 'has blocked the account');
  if (isFull(context, owner, friend)) return itemResult(friend, 30010, 'too many friends');
  if (!both) return undefined;
  if (isFull(context, friend, owner)) return itemResult(friend, 30014, 'the other has too many friends');
  if (force) return undefined;
  const allows = context.store.account(friend)?.profile.get('Tag_Profile_IM_AllowType');
  if (allows === 'AllowType_Type_DenyAny') return itemResult(friend, 30516, 'lets nobody in');
  if (allows === 'AllowType_Type_NeedConfirm') return itemResult(friend, 30539, 'has been asked');
  return undefined;
}

function isFull({ store }: CallContext, owner: string, friend: string): boolean {
  return store.relations.friendsOf(owner).size >= MOST_FRIENDS && !store.relations.isFriend(owner, friend);
}

function addFriend(
  context: CallContext,
  owner: string,
  friend: string,
  fields: Readonly<Record<string, FriendValue>>,
): void {
  const time: Record<string, FriendValue> = context.store.relations.isFriend(owner, friend)
    ? {}
    : { Tag_SNS_IM_AddTime: seconds(context) };
  context.store.change({ kind: 'friend', owner, friend, fields: { ...time, ...fields } });
}

/** Fields as pairs of `Tag` and `Value`. */
function tagged(value: unknown, name: string): Record<string, FriendValue> {
  if (!Array.isArray(value)) throw new Refusal(WRONG, `${name} is not a list`);
  const fields: Record<string, FriendValue> = {};
  for (const item of value as unknown[]) {
    const { Tag, Value } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    const tag = textOf(Tag, 'Tag');
    fields[tag] = checkedField(tag, Value);
  }
  return fields;
}
