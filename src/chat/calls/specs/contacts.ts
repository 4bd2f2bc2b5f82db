import type { CallEntries } from './entry';

/** Calls of the list of conversations. */
export const contactCalls = {
  'recentcontact/get_list': {
    does: 'read',
    doc: '269/62118',
    body: {
      From_Account: 'String',
      TimeStamp: 'Integer',
      StartIndex: 'Integer',
      TopTimeStamp: 'Integer',
      TopStartIndex: 'Integer',
      AssistFlags: 'Integer 0..7',
    },
  },
  'recentcontact/delete': {
    does: 'remove',
    doc: '43088',
    body: {
      From_Account: 'String',
      Type: 'Integer 1|2',
      To_Account: 'String?',
      ToGroupid: 'String?',
      ClearRamble: 'Integer? 0|1',
    },
  },
} as const satisfies CallEntries<'recentcontact'>;
