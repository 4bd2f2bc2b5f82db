import type { CallEntries } from './entry';

/** Calls that reach all users of an app, and what users are chosen by for them. */
export const pushCalls = {
  // Every user of the app gets it.
  'all_member_push/im_push': {
    does: 'remove',
    perSecond: 1,
    doc: '37166',
    body: { From_Account: 'String?', MsgRandom: 'Integer', MsgLifeTime: 'Integer?', MsgBody: 'Array' },
  },
  'all_member_push/im_set_attr_name': { does: 'write', doc: '37167', body: {} },
  'all_member_push/im_get_attr_name': { does: 'read', doc: '37168', body: {} },
  'all_member_push/im_get_attr': { does: 'read', doc: '37169', body: {} },
  'all_member_push/im_set_attr': { does: 'write', doc: '37170', body: {} },
  'all_member_push/im_remove_attr': { does: 'remove', doc: '37171', body: {} },
  'all_member_push/im_get_tag': { does: 'read', doc: '37172', body: {} },
  'all_member_push/im_add_tag': { does: 'write', doc: '37173', body: {} },
  'all_member_push/im_remove_tag': { does: 'remove', doc: '37174', body: {} },
  'all_member_push/im_remove_all_tags': { does: 'remove', doc: '37175', body: {} },
} as const satisfies CallEntries<'all_member_push'>;
