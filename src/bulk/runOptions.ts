import type { MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import type { PlanGates } from './planGates';
import type { PlanEnd } from './report';

/** What became of a message just now. */
export interface PlanEvent {
  readonly address: MessageAddress;
  readonly end: PlanEnd;
  /** What the message is, where that is known. */
  readonly content?: MessageContent;
  /** What it was to become. */
  readonly sent: MessageContent;
}

/** How a plan gets on. */
export interface PlanProgress {
  readonly total: number;
  /** Messages of which is known what became of them, those of earlier runs included. */
  readonly ended: number;
  /** Carried out, those of earlier runs included. */
  readonly done: number;
  /** Refused by the service. */
  readonly refused: number;
}

export interface PlanRunOptions {
  readonly client: ChatClient;
  /** Where calls wait for their turn: those that read, and those that modify. */
  readonly gates: PlanGates;
  /** Calls a second that the gates let pass about; decides how many messages are read ahead. */
  readonly perSecond: number;
  /** Ends the plan where it is: calls under way are waited for, and no other leaves. */
  readonly signal?: AbortSignal;
  /** Why the signal was aborted. */
  readonly whyStopped?: () => 'asked' | 'cancelled';
  /** Tries what the service refused, too. */
  readonly retryRefused?: boolean;
  readonly onProgress?: (progress: PlanProgress) => void;
  readonly onEvent?: (event: PlanEvent) => void;
}
