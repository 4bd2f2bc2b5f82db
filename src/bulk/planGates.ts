import type { ChatAddress } from '../chat/address';
import { specOf, type CallName } from '../chat/calls/specs';
import { chatCalls } from '../chat/chats/chatCalls';
import type { RevisionConnection } from '../journal/revision';
import type { Gate } from './gate';
import { planRate, type Pace } from './pace';
import { importOf, type Plan } from './plan';

/** Where calls that read wait for their turn, by kind of chat. */
export type ReadingGates = Readonly<Record<ChatAddress['chat'], { readonly read: Gate }>>;

/** Where the calls of a plan do. */
export type PlanGates = ReadingGates &
  Readonly<Record<ChatAddress['chat'], { readonly modify: Gate; readonly import: Gate }>>;

const readCalls: Readonly<Record<ChatAddress['chat'], CallName>> = {
  c2c: 'openim/admin_getroammsg',
  group: 'group_open_http_svc/group_msg_get_simple',
};

/** The calls that import messages, by kind of chat. */
export const importCalls: Readonly<Record<ChatAddress['chat'], CallName>> = {
  c2c: 'openim/importmsg',
  group: 'group_open_http_svc/import_group_msg',
};

/** The calls by which a plan changes the app; a connection that may not make them may not run it. */
export function callsOf(plan: Pick<Plan, 'origin' | 'items'>): CallName[] {
  const chats = new Set(plan.items.map(({ address }) => address.chat));
  return [...chats].map((chat) => callOf(plan, chat));
}

function callOf(plan: Pick<Plan, 'origin'>, chat: ChatAddress['chat']): CallName {
  return importOf(plan) ? importCalls[chat] : chatCalls[chat].modify;
}

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
    import: gate(importCalls[chat]),
  });
  return { c2c: gates('c2c'), group: gates('group') };
}

/** Calls a second that a plan makes at most. */
export function planSpeed(plan: Pick<Plan, 'origin' | 'items'>, share: number): number {
  const ofTwo = plan.items.some(({ address }) => address.chat === 'c2c');
  const call = callOf(plan, ofTwo || plan.items.length === 0 ? 'c2c' : 'group');
  return planRate({ perSecond: specOf(call).perSecond, share });
}
