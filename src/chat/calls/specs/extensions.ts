import type { CallEntries } from './entry';

/** Calls of message extensions. */
export const extensionCalls = {
  'openim_msg_ext_http_svc/get_key_values': { does: 'read', doc: '51194', body: {} },
  'openim_msg_ext_http_svc/set_key_values': { does: 'write', doc: '51195', body: {} },
  'openim_msg_ext_http_svc/group_get_key_values': { does: 'read', doc: '52169', body: {} },
  'openim_msg_ext_http_svc/group_set_key_values': { does: 'write', doc: '52170', body: {} },
} as const satisfies CallEntries<'openim_msg_ext_http_svc'>;
