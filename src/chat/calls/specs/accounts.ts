import type { CallEntries } from './entry';

/** Calls of accounts. */
export const accountCalls = {
  'im_open_login_svc/account_import': {
    does: 'write',
    doc: '269/1608',
    body: { UserID: 'String', Nick: 'String?', FaceUrl: 'String?' },
  },
  'im_open_login_svc/multiaccount_import': {
    does: 'write',
    perSecond: 100,
    doc: '269/4919',
    body: { AccountList: 'Array' },
  },
  'im_open_login_svc/account_check': {
    does: 'read',
    perSecond: 100,
    doc: '269/38417',
    body: { CheckItem: 'Array' },
  },
  'im_open_login_svc/account_delete': {
    does: 'remove',
    perSecond: 100,
    doc: '269/36443',
    body: { DeleteItem: 'Array' },
  },
  'im_open_login_svc/kick': { does: 'remove', doc: '34957', body: { UserID: 'String' } },
} as const satisfies CallEntries<'im_open_login_svc'>;
