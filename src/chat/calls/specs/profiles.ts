import type { CallEntries } from './entry';

/** Calls of profiles. */
export const profileCalls = {
  'profile/portrait_get': {
    does: 'read',
    doc: '34917',
    body: { To_Account: 'Array 1..100', TagList: 'Array' },
  },
  'profile/portrait_set': {
    does: 'write',
    doc: '34916',
    body: { From_Account: 'String 1..32', ProfileItem: 'Array', 'ProfileItem[].Tag': 'String' },
  },
} as const satisfies CallEntries<'profile'>;
