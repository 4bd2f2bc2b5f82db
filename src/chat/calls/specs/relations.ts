import type { CallEntries } from './entry';

const FRIENDS = { From_Account: 'String', To_Account: 'Array ..1000' } as const;
const DELETION = 'String? Delete_Type_Single|Delete_Type_Both';

/** Calls of friends and blocked users. */
export const relationCalls = {
  'sns/friend_add': {
    does: 'write',
    doc: '34902',
    body: {
      From_Account: 'String',
      AddFriendItem: 'Array',
      AddType: 'String? Add_Type_Single|Add_Type_Both',
      ForceAddFlags: 'Integer? 0|1',
    },
  },
  'sns/friend_import': {
    does: 'write',
    doc: '34903',
    body: { From_Account: 'String', AddFriendItem: 'Array' },
  },
  'sns/friend_update': { does: 'write', doc: '34904', body: { From_Account: 'String', UpdateItem: 'Array' } },
  'sns/friend_delete': { does: 'remove', doc: '34905', body: { ...FRIENDS, DeleteType: DELETION } },
  'sns/friend_delete_all': {
    does: 'remove',
    doc: '34906',
    body: { From_Account: 'String', DeleteType: DELETION },
  },
  'sns/friend_check': {
    does: 'read',
    doc: '34907',
    body: { ...FRIENDS, CheckType: 'String CheckResult_Type_Single|CheckResult_Type_Both' },
  },
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
  'sns/friend_get_list': {
    does: 'read',
    doc: '34910',
    body: { From_Account: 'String', To_Account: 'Array', TagList: 'Array?' },
  },
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
  'sns/black_list_check': {
    does: 'read',
    doc: '34913',
    body: { ...FRIENDS, CheckType: 'String BlackCheckResult_Type_Single|BlackCheckResult_Type_Both' },
  },
} as const satisfies CallEntries<'sns'>;
