import type { CallEntries, FieldType } from './entry';

/** What names a conversation inside a list. */
function contact(at: string): Readonly<Record<string, FieldType>> {
  return { [`${at}.Type`]: 'Integer 1|2', [`${at}.To_Account`]: 'String?', [`${at}.ToGroupId`]: 'String?' };
}

/** Calls of groups and marks of conversations, and of lists of friends. */
export const groupingCalls = {
  'recentcontact/create_contact_group': {
    does: 'write',
    doc: '53437',
    body: {
      From_Account: 'String',
      GroupContactItem: 'Array 1..1',
      'GroupContactItem[].GroupName': 'String 1..32',
      'GroupContactItem[].ContactItem': 'Array',
      ...contact('GroupContactItem[].ContactItem[]'),
    },
  },
  'recentcontact/update_contact_group': {
    does: 'write',
    doc: '269/85793',
    body: {
      From_Account: 'String',
      UpdateType: 'Integer 1',
      UpdateGroup: 'Object',
      'UpdateGroup.UpdateGroupType': 'Integer 1|2',
      'UpdateGroup.OldGroupName': 'String?',
      'UpdateGroup.NewGroupName': 'String? ..32',
      'UpdateGroup.ContactUpdateItem': 'Array?',
      'UpdateGroup.ContactUpdateItem[].ContactOptType': 'Integer 1|2',
      'UpdateGroup.ContactUpdateItem[].ContactItem': 'Object',
      ...contact('UpdateGroup.ContactUpdateItem[].ContactItem'),
    },
  },
  'recentcontact/del_contact_group': {
    does: 'remove',
    doc: '53441',
    body: { From_Account: 'String', GroupName: 'Array 1..1' },
  },
  'recentcontact/mark_contact': {
    does: 'write',
    doc: '53438',
    body: {
      From_Account: 'String',
      MarkItem: 'Array 1..100',
      'MarkItem[].OptType': 'Integer 1|2|3',
      'MarkItem[].ContactItem': 'Object',
      ...contact('MarkItem[].ContactItem'),
      'MarkItem[].ClearMark': 'Array?',
      'MarkItem[].SetMark': 'Array?',
      'MarkItem[].CustomMark': 'String? ..256',
    },
  },
  'recentcontact/search_contact_group': {
    does: 'read',
    doc: '53442',
    body: { From_Account: 'String', ContactItem: 'Array', ...contact('ContactItem[]') },
  },
  'recentcontact/get_contact_group': {
    does: 'read',
    doc: '53440',
    body: { From_Account: 'String', StartIndex: 'Integer 0..' },
  },
  'sns/group_add': {
    does: 'write',
    doc: '34950',
    body: { From_Account: 'String', GroupName: 'Array', To_Account: 'Array?' },
  },
  'sns/group_delete': {
    does: 'remove',
    doc: '34926',
    body: { From_Account: 'String', GroupName: 'Array' },
  },
  'sns/group_get': { does: 'read', doc: '40123', body: { From_Account: 'String' } },
} as const satisfies CallEntries<'recentcontact' | 'sns'>;
