import type { CallEntries } from './entry';

/** Calls of the whole app: mute, figures, files of messages, addresses. */
export const operationCalls = {
  'openconfigsvr/setnospeaking': { does: 'write', doc: '34923', body: {} },
  'openconfigsvr/getnospeaking': { does: 'read', doc: '34924', body: {} },
  'openconfigsvr/getappinfo': { does: 'read', doc: '34886', body: {} },
  'open_msg_svc/get_history': { does: 'read', doc: '34885', body: {} },
  'ConfigSvc/GetIPList': { does: 'read', doc: '36742', body: {} },
} as const satisfies CallEntries<'openconfigsvr' | 'open_msg_svc' | 'ConfigSvc'>;
