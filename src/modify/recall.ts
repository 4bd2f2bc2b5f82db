import { means } from '../chat/catalogue';
import { chatCalls } from '../chat/chats/chatCalls';
import type { ChatClient } from '../chat/client';
import type { ChatServiceError } from '../chat/errors';
import { type ChatNetworkError } from '../chat/errors';
import type { MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { sameContent } from '../message/changes';
import type { LockHolder } from './lock';
import type { Standing } from './readBack';
import { refOf, type ModifyConnection, type ModifyRunOptions, type ModifyStep } from './modifyRequest';
import type { ModifierParts } from './modifierParts';
import { readMessage, type Seen } from './seenMessage';
import { revisionOutcome, whyGone } from './revisionOutcomes';
import { send, type SendEnd } from './sending';

/** One message to be recalled. */
export interface RecallRequest {
  readonly connection: ModifyConnection;
  readonly client: ChatClient;
  readonly address: MessageAddress;
  /** Ask for confirmation even where the environment would not. */
  readonly alwaysAsk?: boolean;
}

/** What a person confirms. */
export interface RecallSubject {
  readonly connection: ModifyConnection;
  readonly address: MessageAddress;
  /** What is recalled; null when it cannot be read. */
  readonly before: MessageContent | null;
}

export interface RecallQuestions {
  unreadable(reason: ChatServiceError | ChatNetworkError): Promise<'withoutCopy' | 'cancel'>;
  confirm(subject: RecallSubject): Promise<'recall' | 'cancel'>;
}

/** How a recall ended; the kinds mean what they mean for a modify. */
export type RecallOutcome =
  | { readonly kind: 'done'; readonly revisionId: string }
  | { readonly kind: 'refused'; readonly error: ChatServiceError; readonly revisionId?: string }
  | {
      readonly kind: 'unknown';
      readonly error: ChatNetworkError | ChatServiceError;
      readonly revisionId: string;
    }
  | { readonly kind: 'cancelled'; readonly at: ModifyStep }
  | { readonly kind: 'gone'; readonly why: 'recalled' | 'gone' }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  | { readonly kind: 'busy'; readonly holder: LockHolder };

interface Recall {
  readonly parts: ModifierParts;
  readonly request: RecallRequest;
  readonly questions: RecallQuestions;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (step: ModifyStep) => void;
}

/** Recalls one message: read, confirm, journal, call. */
export async function recallMessage(
  parts: ModifierParts,
  request: RecallRequest,
  questions: RecallQuestions,
  options: ModifyRunOptions,
): Promise<RecallOutcome> {
  const { signal, onProgress = () => undefined } = options;
  request.client.demand(chatCalls[request.address.chat].recall);
  onProgress('waiting');
  const { locks, lockWaitMs } = parts;
  const taken = await locks.take(refOf(request), { waitMs: lockWaitMs, signal });
  if (taken.kind === 'busy') return signal?.aborted ? { kind: 'cancelled', at: 'waiting' } : taken;
  try {
    return await recall({ parts, request, questions, signal, onProgress });
  } finally {
    await taken.lock.release();
  }
}

async function recall(context: Recall): Promise<RecallOutcome> {
  const { parts, request, questions, signal, onProgress } = context;
  const { connection, client, address } = request;
  let copy = await readCopy(context);
  if ('kind' in copy) return copy;
  if (request.alwaysAsk === true || parts.asks(connection, chatCalls[address.chat].recall)) {
    onProgress('asking');
    const answer = await questions.confirm({ connection, address, before: copy.before });
    if (answer === 'cancel') return { kind: 'cancelled', at: 'asking' };
    // Answering takes time; the journal keeps what is recalled and not what was.
    if (copy.before) copy = await readCopy(context);
    if ('kind' in copy) return copy;
  }
  const { before } = copy;
  onProgress('journal');
  const revision = await parts.journal.begin({
    action: 'recall',
    connection,
    address,
    before,
    intent: {},
  });
  const end = await send({
    call: () => withdraw(client, address, signal),
    read: () => readMessage(client, address, parts.timing),
    standing: (seen) => standingOfRecall(seen, before),
    timing: parts.timing,
    signal,
    onProgress,
  });
  if (end.kind === 'cancelled' && !end.left) await parts.discard(revision);
  else await parts.settle(revision, revisionOutcome(end));
  return outcomeOf(end, revision.id);
}

async function readCopy(context: Recall): Promise<{ before: MessageContent | null } | RecallOutcome> {
  const { parts, request, questions, signal, onProgress } = context;
  onProgress('reading');
  const seen = await readMessage(request.client, request.address, parts.timing, signal);
  if (signal?.aborted) return { kind: 'cancelled', at: 'reading' };
  switch (seen.kind) {
    case 'content':
      return { before: seen.content };
    case 'recalled':
    case 'gone':
      return { kind: 'gone', why: seen.kind };
    case 'unreadable':
      onProgress('asking');
      return (await questions.unreadable(seen.error)) === 'cancel'
        ? { kind: 'cancelled', at: 'asking' }
        : { before: null };
    case 'refused':
      return { kind: 'refused', error: seen.error };
    case 'unreachable':
      return { kind: 'unreachable', error: seen.error };
    case 'aborted':
      return { kind: 'cancelled', at: 'reading' };
  }
}

/** A message that was recalled meanwhile is what was wanted. */
async function withdraw(client: ChatClient, address: MessageAddress, signal?: AbortSignal): Promise<void> {
  try {
    await client.recallMessage(address, signal);
  } catch (error) {
    if (!means(error, 'alreadyRecalled')) throw error;
  }
}

function standingOfRecall(seen: Seen, before: MessageContent | null): Standing {
  if (seen.kind === 'recalled') return 'done';
  if (seen.kind === 'gone') return 'gone';
  if (seen.kind !== 'content') return undefined;
  return !before || sameContent(seen.content, before) ? 'before' : 'other';
}

function outcomeOf(end: SendEnd<Seen>, revisionId: string): RecallOutcome {
  switch (end.kind) {
    case 'done':
      return { kind: 'done', revisionId };
    case 'refused':
      if (means(end.error, 'notFound')) return { kind: 'gone', why: 'gone' };
      return { kind: 'refused', error: end.error, revisionId };
    case 'changed':
      return 'code' in end.error
        ? { kind: 'refused', error: end.error, revisionId }
        : { kind: 'unreachable', error: end.error };
    case 'gone':
      return { kind: 'gone', why: whyGone(end.seen) };
    case 'unreachable':
      return { kind: 'unreachable', error: end.error };
    case 'unknown':
      return { kind: 'unknown', error: end.error, revisionId };
    case 'cancelled':
      return { kind: 'cancelled', at: 'sending' };
  }
}
