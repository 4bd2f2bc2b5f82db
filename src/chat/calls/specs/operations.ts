import type { CallEntries } from './entry';

/** Calls of the whole app: mute, figures, files of messages, addresses. */
export const operationCalls = {
  'openconfigsvr/setnospeaking': {
    does: 'write',
    doc: '34923',
    body: {
      Set_Account: 'String',
      C2CmsgNospeakingTime: 'Integer? 0..4294967295',
      GroupmsgNospeakingTime: 'Integer? 0..4294967295',
    },
  },
  'openconfigsvr/getnospeaking': { does: 'read', doc: '34924', body: { Get_Account: 'String' } },
  'openconfigsvr/getappinfo': { does: 'read', doc: '34886', body: { RequestField: 'Array?' } },
  'open_msg_svc/get_history': {
    does: 'read',
    doc: '34885',
    body: { ChatType: 'String C2C|Group', MsgTime: 'String' },
  },
  'ConfigSvc/GetIPList': { does: 'read', doc: '36742', body: {} },
} as const satisfies CallEntries<'openconfigsvr' | 'open_msg_svc' | 'ConfigSvc'>;
