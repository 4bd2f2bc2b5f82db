import { field, seconds, type Call } from '../call';
import { described } from '../described';
import { accountExists, requiredInteger } from '../fields';
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
import { unfriend } from './friendLists';

const MOST = 1000;
const checks = ['BlackCheckResult_Type_Single', 'BlackCheckResult_Type_Both'] as const;

/** `sns/black_list_add` (1047/34911): friends are friends no more, on either side. */
export const blackListAdd: Call = {
  ...described('sns/black_list_add'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const { store } = context;
    const pairs: Pair[] = [];
    const answer = batchAnswer(
      'ResultItem',
      othersOf(body, MOST).map((user) => {
        if (!accountExists(context, user)) return itemResult(user, NO_ACCOUNT, 'account does not exist');
        if (store.relations.isBlocked(owner, user)) {
          return itemResult(user, WRONG, 'Err_SNS_BlackListAdd_Already_Exist');
        }
        if (store.relations.blockedBy(owner).size >= MOST) return itemResult(user, 30013, 'the list is full');
        unfriend(context, owner, user, true);
        store.change({ kind: 'blocked', owner, user, time: seconds(context) });
        pairs.push([owner, user]);
        return itemResult(user);
      }),
    );
    tellPairs(context, 'Sns.CallbackBlackListAdd', pairs);
    return answer;
  },
};

/** `sns/black_list_delete` (1047/34912). That somebody who is not on the list is 30001 is inferred. */
export const blackListDelete: Call = {
  ...described('sns/black_list_delete'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const { store } = context;
    const pairs: Pair[] = [];
    const answer = batchAnswer(
      'ResultItem',
      othersOf(body, MOST).map((user) => {
        if (!accountExists(context, user)) return itemResult(user, NO_ACCOUNT, 'account does not exist');
        if (!store.relations.isBlocked(owner, user))
          return itemResult(user, WRONG, 'is not on the block list');
        store.change({ kind: 'unblocked', owner, user });
        pairs.push([owner, user]);
        return itemResult(user);
      }),
    );
    tellPairs(context, 'Sns.CallbackBlackListDelete', pairs);
    return answer;
  },
};

/** `sns/black_list_get` (1047/34914). `StartIndex` of the answer is 0 after the last page; `CurruentSequence` is spelled so. */
export const blackListGet: Call = {
  ...described('sns/black_list_get'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const start = requiredInteger(body, 'StartIndex', WRONG);
    const most = requiredInteger(body, 'MaxLimited', WRONG, 1, MOST);
    requiredInteger(body, 'LastSequence', WRONG);
    const { relations } = context.store;
    const all = [...relations.blockedBy(owner)];
    const end = Math.min(all.length, start + most);
    const items = all
      .slice(start, end)
      .map(([To_Account, AddBlackTimeStamp]) => ({ To_Account, AddBlackTimeStamp }));
    return {
      fields:
        field('BlackListItem', items) +
        field('StartIndex', end < all.length ? end : 0) +
        field('CurruentSequence', relations.blockSequence(owner)),
    };
  },
};

/** `sns/black_list_check` (1047/34913). */
export const blackListCheck: Call = {
  ...described('sns/black_list_check'),
  run(body, context) {
    const owner = ownerOf(body, context);
    const others = othersOf(body, MOST);
    const both = wordOf(body.get('CheckType'), 'CheckType', checks) === 'BlackCheckResult_Type_Both';
    const { relations } = context.store;
    const items = others.map((other) => {
      if (!accountExists(context, other)) {
        const { To_Account, ...result } = itemResult(other, NO_ACCOUNT, 'account does not exist');
        return { To_Account, Relation: 'BlackCheckResult_Type_NO', ...result };
      }
      const ours = relations.isBlocked(owner, other);
      const theirs = both && relations.isBlocked(other, owner);
      const name = ours ? (theirs ? 'BothWay' : 'AWithB') : theirs ? 'BWithA' : 'NO';
      return { To_Account: other, Relation: `BlackCheckResult_Type_${name}`, ResultCode: 0, ResultInfo: '' };
    });
    return batchAnswer('BlackListCheckItem', items);
  },
};
