import { findSpec } from '../chat/calls/specs';
import { chatCalls } from '../chat/chats/chatCalls';

/**
 * What sending a call does, as far as that decides who is asked: `modify` overwrites a message, `remove` is what no other
 * call takes back, and so counts whatever nobody described.
 */
export type Effect = 'read' | 'write' | 'modify' | 'remove';

/** The calls that overwrite a message. */
const MODIFY_CALLS: readonly string[] = Object.values(chatCalls).map(({ modify }) => modify);

/** What sending a call does. @param command `service/command` */
export function effectOf(command: string): Effect {
  if (MODIFY_CALLS.includes(command)) return 'modify';
  const spec = findSpec(command);
  if (!spec || spec.irreversible) return 'remove';
  return spec.readOnly ? 'read' : 'write';
}
