import type { ChatAddress } from '../chat/address';
import { specOf, type CallName } from '../chat/calls/specs';
import { chatCalls } from '../chat/chats/chatCalls';
import type { RevisionConnection } from '../journal/revision';
import type { Gate } from './gate';
import { planRate, type Pace } from './pace';

/** Where the calls of a plan wait for their turn, by kind of chat. */
export type PlanGates = Readonly<Record<ChatAddress['chat'], { readonly read: Gate; readonly modify: Gate }>>;

const readCalls: Readonly<Record<ChatAddress['chat'], CallName>> = {
  c2c: 'openim/admin_getroammsg',
  group: 'group_open_http_svc/group_msg_get_simple',
};

/** An app's own servers share its limits, so a plan takes a quarter of what it might unless it is told otherwise. */
const IN_PRODUCTION = 0.25;

/**
 * How much of the pace that plans may have at most a connection's may.
 *
 * @param inProduction what a person set for production, 0 < x ≤ 1; a quarter unless given
 */
export function shareOf({ environment }: RevisionConnection, inProduction = IN_PRODUCTION): number {
  return environment === 'production' ? inProduction : 1;
}

/** The gates of an app, the same for all its plans on this machine. */
export function planGates(pace: Pace, connection: RevisionConnection, share: number): PlanGates {
  const { endpoint, sdkAppId } = connection;
  const gate = (command: CallName): Gate =>
    pace.gate({ endpoint, sdkAppId, command, perSecond: specOf(command).perSecond, share });
  const gates = (chat: ChatAddress['chat']) => ({
    read: gate(readCalls[chat]),
    modify: gate(chatCalls[chat].modify),
  });
  return { c2c: gates('c2c'), group: gates('group') };
}

/** Messages a second that a plan modifies at most. */
export function planSpeed(chat: ChatAddress['chat'], share: number): number {
  return planRate({ perSecond: specOf(chatCalls[chat].modify).perSecond, share });
}
