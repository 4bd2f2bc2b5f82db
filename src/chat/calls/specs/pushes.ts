import type { CallEntries } from './entry';

const ACCOUNTS = { To_Account: 'Array' } as const;
const ATTRIBUTES = { UserAttrs: 'Array 1..100', 'UserAttrs[].To_Account': 'String' } as const;
const TAGS = {
  UserTags: 'Array',
  'UserTags[].To_Account': 'String',
  'UserTags[].Tags': 'Array',
} as const;

/** Calls that reach all users of an app, and what users are chosen by for them. */
export const pushCalls = {
  // Every user of the app gets it.
  'all_member_push/im_push': {
    does: 'remove',
    perSecond: 1,
    doc: '37166',
    body: { From_Account: 'String?', MsgRandom: 'Integer', MsgLifeTime: 'Integer?', MsgBody: 'Array' },
  },
  'all_member_push/im_set_attr_name': {
    does: 'write',
    perSecond: 100,
    doc: '37167',
    body: { AttrNames: 'Object' },
  },
  'all_member_push/im_get_attr_name': { does: 'read', doc: '37168', body: {} },
  'all_member_push/im_get_attr': { does: 'read', doc: '37169', body: ACCOUNTS },
  'all_member_push/im_set_attr': {
    does: 'write',
    perSecond: 100,
    doc: '37170',
    body: { ...ATTRIBUTES, 'UserAttrs[].Attrs': 'Object' },
  },
  'all_member_push/im_remove_attr': {
    does: 'remove',
    perSecond: 100,
    doc: '37171',
    body: { ...ATTRIBUTES, 'UserAttrs[].Attrs': 'Array' },
  },
  'all_member_push/im_get_tag': { does: 'read', doc: '37172', body: ACCOUNTS },
  'all_member_push/im_add_tag': {
    does: 'write',
    perSecond: 100,
    doc: '37173',
    body: { ...TAGS, UserTags: 'Array 1..100', 'UserTags[].Tags': 'Array ..10' },
  },
  'all_member_push/im_remove_tag': { does: 'remove', doc: '37174', body: TAGS },
  'all_member_push/im_remove_all_tags': { does: 'remove', doc: '37175', body: ACCOUNTS },
} as const satisfies CallEntries<'all_member_push'>;
