import type { CallEntries } from './entry';

/** Calls of friends and blocked users. */
export const relationCalls = {
  'sns/friend_delete': {
    does: 'remove',
    body: { From_Account: 'String', To_Account: 'Array', DeleteType: 'String?' },
  },
  'sns/friend_delete_all': { does: 'remove', body: { From_Account: 'String', DeleteType: 'String?' } },
  'sns/black_list_delete': { does: 'remove', body: { From_Account: 'String', To_Account: 'Array' } },
} as const satisfies CallEntries<'sns'>;
