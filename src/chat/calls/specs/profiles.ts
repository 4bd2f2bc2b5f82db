import type { CallEntries } from './entry';

/** Calls of profiles. */
export const profileCalls = {
  'profile/portrait_get': { does: 'read', doc: '34917', body: { To_Account: 'Array', TagList: 'Array' } },
  'profile/portrait_set': {
    does: 'write',
    doc: '34916',
    body: { From_Account: 'String', ProfileItem: 'Array' },
  },
} as const satisfies CallEntries<'profile'>;
