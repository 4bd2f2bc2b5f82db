import type { MessageContent } from '../chat/chatMessage';
import { changedMembers, sameContent } from '../message/changes';
import { pickMembers } from './checkedText';
import { contentAfter, type Attempt } from './readBack';
import type {
  ModifyChange,
  ModifyOutcome,
  ModifyQuestions,
  ModifyRequest,
  ModifyStep,
} from './modifyRequest';
import { readMessage, type Seen } from './seenMessage';
import type { Timing } from './timing';

/** What agreeing works with. */
export interface AgreementContext {
  readonly request: ModifyRequest;
  readonly questions: ModifyQuestions;
  readonly timing: Timing;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (step: ModifyStep) => void;
  /** Whether a person confirms this modify. */
  readonly asks: boolean;
  /** Told of what was read before anything is decided by it. True when that took time: it is read again. */
  readonly onSeen: (seen: Seen) => Promise<boolean>;
}

/** Either what is to be sent over which content, or how the modify ended. */
export type Agreed = ({ readonly kind: 'agreed' } & Attempt) | ModifyOutcome;

/**
 * Compares the message with what the document was made from and asks what a person has to decide. It remembers
 * what was agreed: a second round after a change on the service asks only about what is new.
 */
export class Agreement {
  /** What may be overwritten: the base, then what a person chose to overwrite. */
  private expected: MessageContent;
  private withoutCopy = false;
  private confirmed: Attempt | undefined;

  constructor(
    private readonly context: AgreementContext,
    private readonly mine: MessageContent,
  ) {
    this.expected = context.request.base;
  }

  /** After every question the message is read again, since answering takes time. */
  async reach(): Promise<Agreed> {
    const { request, timing, signal, onProgress, onSeen } = this.context;
    for (;;) {
      onProgress('reading');
      const seen = await readMessage(request.client, request.address, timing, signal);
      if (signal?.aborted) return { kind: 'cancelled', at: 'reading' };
      if (await onSeen(seen)) continue;
      const stop = await this.stopBy(seen);
      if (stop === 'readAgain') continue;
      if (stop) return stop;
      const before = seen.kind === 'content' ? seen.content : null;
      const members = changedMembers(before ?? this.expected, this.mine);
      if (members.length === 0) return { kind: 'nothingToDo', ...(before && { content: before }) };
      const attempt: Attempt = { before, sent: pickMembers(this.mine, members) };
      if (!this.context.asks || this.isConfirmed(attempt)) return { kind: 'agreed', ...attempt };
      onProgress('asking');
      const { connection, address } = request;
      const after = contentAfter({ before: before ?? this.expected, sent: attempt.sent });
      const change: ModifyChange = { connection, address, before, after, members };
      if ((await this.context.questions.confirm(change)) === 'cancel')
        return { kind: 'cancelled', at: 'asking' };
      this.confirmed = attempt;
    }
  }

  /** Undefined when the message may be overwritten as far as it can be told. */
  private async stopBy(seen: Seen): Promise<ModifyOutcome | 'readAgain' | undefined> {
    switch (seen.kind) {
      case 'content':
        return sameContent(seen.content, this.expected) ? undefined : this.conflict(seen.content);
      case 'recalled':
      case 'gone':
        return { kind: 'gone', why: seen.kind };
      case 'unreadable':
        if (this.withoutCopy) return undefined;
        this.context.onProgress('asking');
        if ((await this.context.questions.unreadable(seen.error)) === 'cancel') {
          return { kind: 'cancelled', at: 'asking' };
        }
        this.withoutCopy = true;
        return 'readAgain';
      case 'refused':
        return { kind: 'refused', error: seen.error, sent: {} };
      case 'unreachable':
        return { kind: 'unreachable', error: seen.error };
      case 'aborted':
        return { kind: 'cancelled', at: 'reading' };
    }
  }

  private async conflict(service: MessageContent): Promise<ModifyOutcome | 'readAgain'> {
    const { request, questions, onProgress } = this.context;
    // Somebody else made the same change.
    if (changedMembers(service, this.mine).length === 0) return { kind: 'nothingToDo', content: service };
    onProgress('asking');
    const { connection, address } = request;
    const base = this.expected;
    const choice = await questions.conflict({ connection, address, base, mine: this.mine, service });
    if (choice !== 'keepMine') return { kind: 'conflict', choice, service };
    this.expected = service;
    return 'readAgain';
  }

  private isConfirmed({ before, sent }: Attempt): boolean {
    const { confirmed } = this;
    if (!confirmed || !sameContent(confirmed.sent, sent)) return false;
    if (before === null || confirmed.before === null) return before === confirmed.before;
    return sameContent(before, confirmed.before);
  }
}
