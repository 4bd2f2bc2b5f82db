import type { CallName } from '../calls/specs';
import type { ChatAddress } from '../address';

/** The calls that overwrite and recall messages of one kind of chat. */
interface ChatCalls {
  readonly modify: CallName;
  readonly recall: CallName;
}

/** Which call does it, by kind of chat. */
export const chatCalls: Readonly<Record<ChatAddress['chat'], ChatCalls>> = {
  c2c: { modify: 'openim/modify_c2c_msg', recall: 'openim/admin_msgwithdraw' },
  group: { modify: 'openim/modify_group_msg', recall: 'group_open_http_svc/group_msg_recall' },
};
