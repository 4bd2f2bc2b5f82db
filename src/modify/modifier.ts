import { isIrreversible, type CallName } from '../chat/calls/specs';
import { chatCalls } from '../chat/chats/chatCalls';
import type { MessageContent } from '../chat/chatMessage';
import type { FileLayer } from '../files/fileLayer';
import type { Journal } from '../journal/journal';
import type { Revision } from '../journal/revision';
import { Agreement } from './agreement';
import { checkText } from './checkedText';
import { MessageLocks, type LockOwner } from './lock';
import { readBack, standingOfModify, type Attempt } from './readBack';
import type {
  ModifyConnection,
  ModifyOutcome,
  ModifyQuestions,
  ModifyRequest,
  ModifyRunOptions,
  ModifyStep,
} from './modifyRequest';
import { refOf } from './modifyRequest';
import type { ModifierParts } from './modifierParts';
import { readMessage, type Seen } from './seenMessage';
import { recallMessage, type RecallOutcome, type RecallQuestions, type RecallRequest } from './recall';
import { revisionOutcome, whyGone } from './revisionOutcomes';
import { maxTries, send, type SendEnd } from './sending';
import {
  settlingOnce,
  settleUnfinished,
  type ClientSource,
  type SettleOptions,
  type SettleReport,
} from './unfinishedRevisions';
import { nodeTiming, retryDelay, type Timing } from './timing';

export interface ModifierOptions {
  readonly journal: Journal;
  /** Folder of the locks that keep two windows off one message. */
  readonly lockFolder: string;
  /** Whether a test connection asks this time. Sandbox never asks and production always does, whatever this says. */
  readonly asksInTest: (connection: ModifyConnection) => boolean;
  /**
   * Whether a sandbox asks this time before what cannot be taken back; default yes. Test and production always do,
   * whatever this says.
   */
  readonly asksForGood?: (connection: ModifyConnection) => boolean;
  /** How long to wait for another window that modifies the same message, in milliseconds; default 2,000. */
  readonly lockWaitMs?: number;
  /** Told when the end of a revision could not be written down; it is settled at the next start. */
  readonly onJournalError?: (error: unknown) => void;
  readonly timing?: Timing;
  readonly owner?: LockOwner;
  /** Where locks are made; tests bring a disk that fails. */
  readonly lockLayer?: Pick<FileLayer, 'open'>;
}

/** The one way to overwrite a message: check, compare, confirm, journal, call, read back. One instance a window. */
export class Modifier {
  private readonly parts: ModifierParts;

  constructor(options: ModifierOptions) {
    const { journal, timing = nodeTiming } = options;
    const orTell = async (write: () => Promise<unknown>): Promise<void> => {
      try {
        await write();
      } catch (error) {
        options.onJournalError?.(error);
      }
    };
    this.parts = {
      journal,
      timing,
      locks: new MessageLocks(options.lockFolder, timing, options.owner, options.lockLayer),
      lockWaitMs: options.lockWaitMs ?? 2_000,
      asks: (connection, command) => asks(connection, command, options),
      // What was done is done, and is told as such; the revision stays unfinished.
      settle: (revision, outcome) => orTell(() => journal.settle(revision, outcome)),
      discard: (revision) => orTell(() => journal.discard(revision)),
    };
  }

  /** The locks of this window, for whoever modifies many messages at once. */
  get locks(): MessageLocks {
    return this.parts.locks;
  }

  /**
   * Runs one modify to its end. Cancelling before the request leaves, leaves no trace; after that the message is
   * read and the end told.
   * @throws only what keeps the journal or the lock from being written, or the client from writing at all (a
   *   read-only connection); then nothing was sent.
   */
  async run(
    request: ModifyRequest,
    questions: ModifyQuestions,
    options: ModifyRunOptions = {},
  ): Promise<ModifyOutcome> {
    const { signal } = options;
    const onProgress = options.onProgress ?? (() => undefined);
    // Nobody is asked about what cannot be sent.
    const { modify } = chatCalls[request.address.chat];
    request.client.demand(modify);
    onProgress('checking');
    const checked = await checkText(request, questions);
    if (checked.kind !== 'ready') return checked;
    if (signal?.aborted) return { kind: 'cancelled', at: 'checking' };
    onProgress('waiting');
    const { locks, lockWaitMs } = this.parts;
    const taken = await locks.take(refOf(request), { waitMs: lockWaitMs, signal });
    if (taken.kind === 'busy') return signal?.aborted ? { kind: 'cancelled', at: 'waiting' } : taken;
    try {
      const agreement = new Agreement(
        {
          request,
          questions,
          timing: this.parts.timing,
          signal,
          onProgress,
          asks: request.alwaysAsk === true || this.parts.asks(request.connection, modify),
          onSeen: settlingOnce(this.parts, request),
        },
        checked.mine,
      );
      return await this.overwrite(request, agreement, { signal, onProgress });
    } finally {
      await taken.lock.release();
    }
  }

  /** Recalls a message, with the same guard and journal. It cannot be undone. */
  recall(
    request: RecallRequest,
    questions: RecallQuestions,
    options: ModifyRunOptions = {},
  ): Promise<RecallOutcome> {
    return recallMessage(this.parts, request, questions, options);
  }

  /**
   * Finds out how revisions ended whose end a crash or a lost answer hides, by reading the messages. To be called
   * at start, and when a connection that was not to be had is back.
   */
  settle(clientFor: ClientSource, options: SettleOptions = {}): Promise<SettleReport> {
    return settleUnfinished(this.parts, clientFor, options);
  }

  /**
   * Settles what is in doubt about a message by what one has just read of it. To be called by whoever holds its lock.
   * @returns true when something was settled; that takes time, so that the message is to be read again
   */
  settleHeld(
    request: Pick<ModifyRequest, 'connection' | 'client' | 'address'>,
    seen: Seen,
  ): Promise<boolean> {
    return settlingOnce(this.parts, request)(seen);
  }

  private async overwrite(
    request: ModifyRequest,
    agreement: Agreement,
    { signal, onProgress }: RunContext,
  ): Promise<ModifyOutcome> {
    const { timing } = this.parts;
    for (let round = 1; ; round += 1) {
      const agreed = await agreement.reach();
      if (agreed.kind !== 'agreed') return agreed;
      if (signal?.aborted) return { kind: 'cancelled', at: 'reading' };
      const { before, sent } = agreed;
      onProgress('journal');
      const revision = await this.begin(request, { before, sent });
      const end = await this.send(request, { before, sent }, { signal, onProgress });
      if (end.kind === 'done')
        return this.finish(request, revision, { before, sent }, end, { signal, onProgress });
      if (end.kind === 'cancelled' && !end.left) await this.parts.discard(revision);
      else await this.parts.settle(revision, revisionOutcome(end));
      if (end.kind !== 'changed' || round === maxTries) return outcomeOf(end, sent, revision.id);
      // The service may still be at it; the next look shows whose content won.
      await timing.sleep(retryDelay(round, timing), signal);
    }
  }

  private begin({ connection, address }: ModifyRequest, { before, sent }: Attempt): Promise<Revision> {
    return this.parts.journal.begin({ action: 'modify', connection, address, before, intent: sent });
  }

  private send(
    request: ModifyRequest,
    attempt: Attempt,
    { signal, onProgress }: RunContext,
  ): Promise<SendEnd<Seen>> {
    const { client, address, call } = request;
    return send({
      call: () => call?.(signal) ?? client.modifyMessage(address, attempt.sent, signal, true),
      read: () => readMessage(client, address, this.parts.timing),
      standing: (seen) => standingOfModify(seen, attempt),
      timing: this.parts.timing,
      signal,
      onProgress,
    });
  }

  private async finish(
    { client, address }: ModifyRequest,
    revision: Revision,
    attempt: Attempt,
    end: SendEnd<Seen>,
    { signal, onProgress }: RunContext,
  ): Promise<ModifyOutcome> {
    // Written down at once: a crash while reading back must not put it in doubt again.
    const outcome = revisionOutcome(end);
    await this.parts.settle(revision, outcome);
    onProgress('readingBack');
    const { timing } = this.parts;
    const { content, differs, shown } = await readBack(client, address, attempt, timing, signal);
    if (shown) await this.parts.settle(revision, { ...outcome, readBack: content });
    return { kind: 'done', content, revisionId: revision.id, differs, shown };
  }
}

interface RunContext {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (step: ModifyStep) => void;
}

function asks(
  connection: ModifyConnection,
  command: CallName,
  { asksInTest, asksForGood }: Pick<ModifierOptions, 'asksInTest' | 'asksForGood'>,
): boolean {
  const forGood = isIrreversible(command);
  switch (connection.environment) {
    case 'sandbox':
      return forGood && (asksForGood?.(connection) ?? true);
    case 'test':
      return forGood || asksInTest(connection);
    case 'production':
      return true;
  }
}

function outcomeOf(
  end: Exclude<SendEnd<Seen>, { kind: 'done' }>,
  sent: MessageContent,
  revisionId: string,
): ModifyOutcome {
  switch (end.kind) {
    case 'refused':
      return { kind: 'refused', error: end.error, sent, revisionId };
    case 'changed':
      return 'code' in end.error
        ? { kind: 'refused', error: end.error, sent, revisionId }
        : { kind: 'unreachable', error: end.error };
    case 'gone':
      return { kind: 'gone', why: whyGone(end.seen) };
    case 'unreachable':
      return { kind: 'unreachable', error: end.error };
    case 'unknown':
      return { kind: 'unknown', error: end.error, sent, revisionId };
    case 'cancelled':
      return { kind: 'cancelled', at: 'sending' };
  }
}
