import type { CallEntries } from './entry';

/** Calls of accounts. */
export const accountCalls = {
  'im_open_login_svc/account_import': {
    does: 'write',
    doc: '269/1608',
    body: { UserID: 'String 1..32', Nick: 'String?', FaceUrl: 'String?' },
  },
  'im_open_login_svc/multiaccount_import': {
    does: 'write',
    perSecond: 100,
    doc: '269/4919',
    body: {
      AccountList: 'Array 1..100',
      'AccountList[].UserID': 'String 1..32',
      'AccountList[].Nick': 'String?',
      'AccountList[].FaceUrl': 'String?',
    },
  },
  'im_open_login_svc/account_check': {
    does: 'read',
    perSecond: 100,
    doc: '269/38417',
    body: { CheckItem: 'Array 1..100', 'CheckItem[].UserID': 'String 1..32' },
  },
  'im_open_login_svc/account_delete': {
    does: 'remove',
    perSecond: 100,
    doc: '269/36443',
    body: { DeleteItem: 'Array 1..100', 'DeleteItem[].UserID': 'String 1..32' },
  },
  'im_open_login_svc/kick': { does: 'remove', doc: '34957', body: { UserID: 'String' } },
} as const satisfies CallEntries<'im_open_login_svc'>;
