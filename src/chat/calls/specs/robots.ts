import type { CallEntries } from './entry';

/** Calls of chatbots. */
export const robotCalls = {
  'openim_robot_http_svc/get_all_robots': { does: 'read', doc: '55280', body: {} },
  'openim_robot_http_svc/create_robot': {
    does: 'write',
    doc: '55281',
    body: { UserID: 'String', Nick: 'String?', FaceUrl: 'String?', SelfSignature: 'String?' },
  },
  'openim_robot_http_svc/delete_robot': {
    does: 'remove',
    doc: '55282',
    body: { Robot_Account: 'String 1..32' },
  },
  'openim_robot_http_svc/send_stream_msg': {
    does: 'write',
    doc: '71131',
    body: {
      From_Account: 'String',
      To_Account: 'String',
      Chunk: 'String',
      MsgKey: 'String?',
      Finish: 'Integer? 0|1',
    },
  },
} as const satisfies CallEntries<'openim_robot_http_svc'>;
