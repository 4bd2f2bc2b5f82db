import type { CallEntries } from './entry';

const FRIENDS = { From_Account: 'String', To_Account: 'Array' } as const;

/** Calls of friends and blocked users. */
export const relationCalls = {
  'sns/friend_add': {
    does: 'write',
    doc: '34902',
    body: {
      From_Account: 'String',
      AddFriendItem: 'Array',
      AddType: 'String?',
      ForceAddFlags: 'Integer?',
    },
  },
  'sns/friend_import': {
    does: 'write',
    doc: '34903',
    body: { From_Account: 'String', AddFriendItem: 'Array' },
  },
  'sns/friend_update': { does: 'write', doc: '34904', body: { From_Account: 'String', UpdateItem: 'Array' } },
  'sns/friend_delete': { does: 'remove', doc: '34905', body: { ...FRIENDS, DeleteType: 'String?' } },
  'sns/friend_delete_all': {
    does: 'remove',
    doc: '34906',
    body: { From_Account: 'String', DeleteType: 'String?' },
  },
  'sns/friend_check': { does: 'read', doc: '34907', body: { ...FRIENDS, CheckType: 'String' } },
  'sns/friend_get': {
    does: 'read',
    doc: '34908',
    body: {
      From_Account: 'String',
      StartIndex: 'Integer',
      StandardSequence: 'Integer?',
      CustomSequence: 'Integer?',
    },
  },
  'sns/friend_get_list': { does: 'read', doc: '34910', body: { ...FRIENDS, TagList: 'Array?' } },
  'sns/black_list_add': { does: 'write', doc: '34911', body: FRIENDS },
  'sns/black_list_delete': { does: 'remove', doc: '34912', body: FRIENDS },
  'sns/black_list_get': {
    does: 'read',
    doc: '34914',
    body: {
      From_Account: 'String',
      StartIndex: 'Integer',
      MaxLimited: 'Integer',
      LastSequence: 'Integer',
    },
  },
  'sns/black_list_check': { does: 'read', doc: '34913', body: { ...FRIENDS, CheckType: 'String' } },
} as const satisfies CallEntries<'sns'>;
