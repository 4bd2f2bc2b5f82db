import type { CallEntries } from './entry';

/** What is set on a message, as the page of the group's call has it (269/82030). */
const pairs = {
  OperateType: 'Integer 1|2|3',
  ExtensionList: 'Array? ..20',
  'ExtensionList[].Key': 'String 1..100',
  'ExtensionList[].Value': 'String ..1000',
  'ExtensionList[].Seq': 'Integer? 0..',
} as const;
/** A one-to-one message, whose sender may be left out. */
const message = { From_Account: 'String?', To_Account: 'String', MsgKey: 'String 1..50' } as const;
const groupMessage = { GroupId: 'String', MsgSeq: 'Integer 1..' } as const;

/** Calls of message extensions. */
export const extensionCalls = {
  'openim_msg_ext_http_svc/get_key_values': {
    does: 'read',
    doc: '51194',
    body: { ...message, StartSeq: 'Integer? 0..' },
  },
  'openim_msg_ext_http_svc/set_key_values': { does: 'write', doc: '51195', body: { ...message, ...pairs } },
  'openim_msg_ext_http_svc/group_get_key_values': { does: 'read', doc: '52169', body: groupMessage },
  'openim_msg_ext_http_svc/group_set_key_values': {
    does: 'write',
    doc: '52170',
    body: { ...groupMessage, ...pairs },
  },
} as const satisfies CallEntries<'openim_msg_ext_http_svc'>;
