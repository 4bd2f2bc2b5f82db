import { isAborted, type ChatNetworkError, type ChatServiceError } from '../chat/errors';
import type { ChatClient } from '../chat/client';
import type { Journal } from '../journal/journal';
import type { FailedReceiver, Revision, RevisionOutcome } from '../journal/revision';
import { sendCalls } from '../outgoing/members';
import { outgoingOf } from '../outgoing/outgoing';
import { verdictOn } from '../modify/answerVerdict';
import type { MessageLocks } from '../modify/lock';
import { lookAfterDoubt, type Standing } from '../modify/readBack';
import { maxTries } from '../modify/sending';
import { nodeTiming, retryDelay, type Timing } from '../modify/timing';
import type { ClientSource } from '../modify/unfinishedRevisions';
import { readSent, type Sent } from './answers';
import {
  attemptOf,
  newIdentity,
  provisionalAddress,
  requestOf,
  type Attempt,
  type Identity,
} from './attempt';
import { lookFor, type Sight } from './lookFor';
import type {
  SendOutcome,
  SendQuestions,
  SendRequest,
  SendStep,
  SentDocument,
  UnsentDocuments,
} from './sendRequest';

export interface SenderOptions {
  readonly journal: Journal;
  /** The locks that keep two windows off one document. */
  readonly locks: MessageLocks;
  readonly documents: UnsentDocuments;
  /** Told when an end could not be written down; it is found out at the next start. */
  readonly onJournalError?: (error: unknown) => void;
  readonly timing?: Timing;
}

export interface SendRunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: SendStep) => void;
}

/** What a look at history says of an attempt. */
type Ended =
  | { readonly kind: 'done'; readonly sent: Sent }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly error?: ChatServiceError | ChatNetworkError };

/** A sending that was found out about afterwards. */
export type SettledSend = Exclude<Ended, { readonly kind: 'unknown' }> & { readonly revision: Written };

/** Reading changes nothing, so it may be repeated. */
const READS = 3;

/**
 * The one way to send a message: written down, called, and where the answer is lost looked for in history. Nothing is
 * sent again that may have been sent, unless a person says so.
 */
export class Sender {
  private readonly timing: Timing;

  constructor(private readonly options: SenderOptions) {
    this.timing = options.timing ?? nodeTiming;
  }

  /**
   * Sends one message to its end. Cancelling before the request leaves, leaves no trace; after that the history is read and
   * the end told.
   * @throws only what keeps the journal or the lock from being written, the document from being read, or the client from
   *   writing at all (a read-only connection); then nothing was sent
   */
  async run(
    request: SendRequest,
    questions: SendQuestions,
    options: SendRunOptions = {},
  ): Promise<SendOutcome> {
    const { signal, onProgress = () => undefined } = options;
    const { document } = request;
    request.client.demand(sendCalls[request.outgoing.kind]);
    onProgress('waiting');
    const taken = await this.options.locks.takeNamed(lockName(document), { waitMs: 0, signal });
    if (taken.kind === 'busy') return taken;
    try {
      if (!(await this.options.documents.has(document))) return { kind: 'gone' };
      const before = await this.lookAtEarlier(request, questions, onProgress);
      if ('kind' in before) return before;
      if (signal?.aborted) return { kind: 'cancelled' };
      return await this.send(request, before.identity, { signal, onProgress });
    } finally {
      await taken.lock.release();
    }
  }

  /** Finds out how sendings ended whose end a crash or a lost answer hides. Nobody is asked, and nothing is sent. */
  async settle(clientFor: ClientSource, connectionId?: string): Promise<SettledSend[]> {
    const { journal, locks } = this.options;
    const settled: SettledSend[] = [];
    for (const { id, request, connection, address } of await journal.unfinishedSends({ connectionId })) {
      const client = await clientFor(connection).catch(() => undefined);
      if (!client) continue;
      const taken = await locks.takeNamed(lockName(request?.document ?? id), { waitMs: 0 });
      if (taken.kind === 'busy') continue;
      try {
        // Another window may have found it out meanwhile.
        const now = await journal.unfinishedSends({ connectionId: connection.id, message: address });
        const revision = now.find((one) => one.id === id);
        const attempt = revision && attemptOf(revision);
        if (!attempt) continue;
        const ended = await this.endOf(client, attempt);
        if (ended.kind === 'unknown') continue;
        settled.push({ ...ended, revision: await this.write(revision, ended) });
      } finally {
        await taken.lock.release();
      }
    }
    return settled;
  }

  /** What earlier attempts of this document came to, before there is another one. */
  private async lookAtEarlier(
    { connection, client, document, outgoing }: SendRequest,
    questions: SendQuestions,
    onProgress: (step: SendStep) => void,
  ): Promise<SendOutcome | { readonly identity: Identity }> {
    const { journal } = this.options;
    let identity = newIdentity();
    for (const revision of await journal.unfinishedSends({ connectionId: connection.id })) {
      const attempt = revision.request?.document === document ? attemptOf(revision) : undefined;
      if (!attempt) continue;
      onProgress('looking');
      const ended = await this.endOf(client, attempt);
      const told = await this.write(revision, ended);
      if (ended.kind === 'done') {
        const { addresses, failed } = ended.sent;
        return { kind: 'earlier', addresses, failed, ...becameOf(told), revisionId: revision.id };
      }
      if (ended.kind === 'absent') continue;
      if ((await questions.again(revision, ended.error)) === 'cancel') return { kind: 'cancelled' };
      // The same again, where it is the same: the service drops a repetition for a while.
      if (revision.request?.body === requestOf(outgoing, attempt)) identity = attempt;
    }
    return { identity };
  }

  private async send(
    { connection, client, document, outgoing }: SendRequest,
    identity: Identity,
    { signal, onProgress }: Required<Pick<SendRunOptions, 'onProgress'>> & SendRunOptions,
  ): Promise<SendOutcome> {
    const { journal } = this.options;
    const command = sendCalls[outgoing.kind];
    const request = { command, body: requestOf(outgoing, identity), document };
    const attempt = attemptOf({ request, connection, at: this.timing.now() });
    if (!attempt) throw new TypeError('a request that cannot be read again');
    const revision = await journal.begin({
      action: 'send',
      connection,
      address: provisionalAddress(attempt),
      before: null,
      intent: outgoing.content,
      request,
    });
    for (let round = 1; ; round += 1) {
      if (signal?.aborted) {
        await this.orTell(() =>
          round === 1 ? journal.discard(revision) : journal.settle(revision, { state: 'notDone' }),
        );
        return { kind: 'cancelled' };
      }
      onProgress('sending');
      let error: ChatServiceError | ChatNetworkError;
      try {
        const sent = readSent(attempt, await client.call(command, request.body, signal));
        if (sent.dropped !== undefined) {
          await this.end(revision, { state: 'notDone', info: sent.dropped });
          return { kind: 'dropped', reason: sent.dropped };
        }
        return await this.done(revision, sent, false);
      } catch (failure) {
        const verdict = verdictOn(failure);
        if (verdict.kind === 'unreachable') {
          await this.end(revision, { state: 'notDone' });
          return isAborted(verdict.error)
            ? { kind: 'cancelled' }
            : { kind: 'unreachable', error: verdict.error };
        }
        if (verdict.kind === 'refused' || (verdict.kind === 'later' && round === maxTries)) {
          const { code, info } = verdict.error;
          await this.end(revision, { state: 'refused', code, info });
          return { kind: 'refused', error: verdict.error };
        }
        error = verdict.error;
        if (verdict.kind === 'later') {
          await this.timing.sleep(retryDelay(round, this.timing), signal);
          continue;
        }
      }
      // What may have been done is never done again by itself. Not to be cancelled: whoever sent it wants to know.
      onProgress('looking');
      const ended = await this.endOf(client, attempt);
      if (ended.kind === 'done') return this.done(revision, ended.sent, true);
      await this.write(revision, ended);
      return { kind: ended.kind, error: ended.kind === 'unknown' ? (ended.error ?? error) : error };
    }
  }

  private async done(revision: Revision, sent: Sent, seen: boolean): Promise<SendOutcome> {
    const told = await this.write(revision, { kind: 'done', sent });
    const { addresses, failed } = sent;
    return { kind: 'done', addresses, failed, ...becameOf(told), revisionId: revision.id, seen };
  }

  /** Looks until it is there, or the service can no longer be at it. */
  private async endOf(client: ChatClient, attempt: Attempt): Promise<Ended> {
    if (attempt.shows === 'never') return { kind: 'unknown' };
    const sight = await lookAfterDoubt(
      () => this.look(client, attempt),
      (seen) => standingOf(seen, attempt),
      this.timing,
    );
    if (sight.kind === 'unreadable') return { kind: 'unknown', error: sight.error };
    const { found, conclusive } = sight;
    if (found.size === 0) return { kind: conclusive ? 'absent' : 'unknown' };
    const failed: FailedReceiver[] = attempt.to
      .filter((one) => !found.has(one))
      .map((userId) => ({ userId }));
    return { kind: 'done', sent: { addresses: [...found.values()], failed } };
  }

  private async look(client: ChatClient, attempt: Attempt): Promise<Sight> {
    for (let round = 1; ; round += 1) {
      const sight = await lookFor(client, attempt);
      if (sight.kind === 'read' || round === READS) return sight;
      const { kind } = verdictOn(sight.error);
      if (kind === 'refused' || kind === 'unreachable') return sight;
      await this.timing.sleep(retryDelay(round, this.timing));
    }
  }

  /**
   * Writes an end down. Of what was sent the document goes first: should this be cut in between, the journal still has it
   * in doubt, and the next look tells the same.
   */
  private async write(revision: Revision, ended: Ended): Promise<Written> {
    if (ended.kind !== 'done') {
      await this.end(revision, { state: ended.kind === 'absent' ? 'notDone' : 'unknown' });
      return revision;
    }
    const { addresses, failed } = ended.sent;
    const document = revision.request?.document ?? '';
    const address = addresses[0] ?? revision.address;
    try {
      const became = await this.options.documents.sent(
        document,
        failed.map(({ userId }) => userId),
        (text) => isRequestOf(text, revision),
      );
      const outcome: RevisionOutcome = { state: 'done', ...(failed.length > 0 && { failed }) };
      const settled = await this.options.journal.settle({ ...revision, address }, outcome);
      return { ...settled, ...became };
    } catch (error) {
      this.options.onJournalError?.(error);
      return { ...revision, address };
    }
  }

  private end(revision: Revision, outcome: RevisionOutcome): Promise<void> {
    return this.orTell(() => this.options.journal.settle(revision, outcome));
  }

  private async orTell(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.options.onJournalError?.(error);
    }
  }
}

/** A revision whose end was written down, and what became of its document. */
type Written = Revision & SentDocument;

function becameOf({ rest, kept }: Written): SentDocument {
  return { ...(rest !== undefined && { rest }), ...(kept === true && { kept }) };
}

/** Whether a document says what a revision sent. */
function isRequestOf(text: string, revision: Revision): boolean {
  const attempt = attemptOf(revision);
  const outgoing = outgoingOf(text);
  return (
    attempt !== undefined &&
    outgoing !== undefined &&
    sendCalls[outgoing.kind] === revision.request?.command &&
    requestOf(outgoing, attempt) === revision.request.body
  );
}

function standingOf(sight: Sight, { to }: Attempt): Standing {
  if (sight.kind === 'unreadable') return undefined;
  return sight.found.size >= Math.max(to.length, 1) ? 'done' : 'before';
}

function lockName(document: string): string {
  return `send-${document}`;
}
