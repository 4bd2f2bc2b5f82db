import * as vscode from 'vscode';
import type { MessageAddress } from '../chat/address';
import type { ChatClient } from '../chat/client';
import type { ChatServiceError } from '../chat/errors';
import type { MessageContent } from '../chat/chatMessage';
import type { Connection } from '../connections/connection';
import { appLine } from '../connections/names';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { ModifyOutcome, ModifyQuestions } from '../modify/modifyRequest';
import type { Modifier } from '../modify/modifier';
import type { Confirmations } from '../modifying/confirmations';
import { askWithoutCopy } from '../modifying/withoutCopyQuestion';
import type { Composed } from '../requests/compose';
import { modificationOf, type Modification, type ModificationProblem } from '../requests/modification';
import { messageName } from '../ui/messageName';
import { askInDialog } from '../ui/messages';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import type { CallAnswer } from './answers';
import { linesOf, maySend } from './sendQuestion';

/** What sending a modify works with. */
export interface ModifySenderServices {
  readonly modifier: Modifier;
  readonly confirmations: Confirmations;
  readonly documents: Pick<MessageDocuments, 'serviceShows' | 'recalled'>;
  readonly notices: Pick<Notices, 'message'>;
}

/** A call that only has to be asked for. */
export interface ReadyCall extends Composed {
  /** Sends it. @throws what the client throws */
  readonly answered: (signal?: AbortSignal) => Promise<CallAnswer>;
}

/**
 * Sends calls that overwrite a message through the one way in: the message is read and kept before, compared, written
 * into the journal, and read back. The body goes as it was written, and what is wrong with it locally stops nothing: whoever
 * writes a request wants to see what the service says.
 */
export class ModifySender {
  constructor(private readonly services: ModifySenderServices) {}

  /** @returns undefined when the person declined. @throws NoticeError for what cannot be kept */
  async send(
    connection: Connection,
    client: ChatClient,
    call: ReadyCall,
    signal: AbortSignal,
  ): Promise<CallAnswer | undefined> {
    const modification = modificationOf(call.command, call.body);
    if ('problem' in modification) {
      // Nothing that could be kept is named. In a sandbox, what the service says of it is worth more than its data.
      const harmless = modification.problem === 'noAddress' || connection.environment === 'sandbox';
      if (!harmless) throw new NoticeError(doubtText(modification.problem));
      return this.direct(connection, call, signal);
    }
    const base = (await client.findMessage(modification.address, signal))?.message.content;
    if (!base) {
      if (connection.environment === 'sandbox') return this.direct(connection, call, signal);
      throw new NoticeError(
        vscode.l10n.t(
          'Not sent: the service shows {0} to nobody, so that nothing of it could be kept.',
          nameOf(modification),
        ),
      );
    }
    return this.modify(connection, client, call, { modification, base, signal });
  }

  private async direct(
    connection: Connection,
    { command, body, answered }: ReadyCall,
    signal: AbortSignal,
  ): Promise<CallAnswer | undefined> {
    return (await maySend(connection, command, body, this.services.confirmations))
      ? answered(signal)
      : undefined;
  }

  private async modify(
    connection: Connection,
    client: ChatClient,
    call: ReadyCall,
    what: { modification: Modification; base: MessageContent; signal: AbortSignal },
  ): Promise<CallAnswer | undefined> {
    const { modifier, documents } = this.services;
    const { address, text } = what.modification;
    let answered: CallAnswer | undefined;
    const { id, name, endpoint, sdkAppId, administrator, environment } = connection;
    const outcome = await withProgress(vscode.l10n.t('Modifying {0}', messageName({ address })), (progress) =>
      modifier.run(
        {
          connection: { id, name, endpoint, sdkAppId, administrator, environment },
          client,
          address,
          text,
          base: what.base,
          call: async (signal) => {
            // What an earlier try was answered says nothing of this one.
            answered = undefined;
            answered = await call.answered(signal);
            if (answered.refusal) throw answered.refusal;
          },
        },
        new RequestQuestions(call.body, this.services, progress.hide),
        { signal: AbortSignal.any([progress.signal, what.signal]) },
      ),
    );
    const ref = { connectionId: id, address };
    if (outcome.kind === 'done') await documents.serviceShows(ref, outcome.content);
    if (outcome.kind === 'gone' && outcome.why === 'recalled') await documents.recalled(ref);
    if (!answered) throwUnsent(outcome, address);
    if (!answered?.refusal) return answered;
    const found = this.foundOut(outcome, answered.refusal, messageName({ address }));
    return found === undefined ? answered : { ...answered, found, refusal: undefined };
  }

  /** What is known of the message after an answer that leaves that open. */
  private foundOut({ kind }: ModifyOutcome, refusal: ChatServiceError, which: string): string | undefined {
    const answer = this.services.notices.message(refusal);
    switch (kind) {
      case 'done':
        return vscode.l10n.t('{0} was modified all the same: the service shows it so. {1}', which, answer);
      case 'unknown':
        return vscode.l10n.t(
          'It is not known whether {0} was modified: the message cannot be read. The journal keeps what it was; this is settled when the service can be reached. {1}',
          which,
          answer,
        );
      default:
        return undefined;
    }
  }
}

/** Answers the questions of a modify that a request document asks for. */
class RequestQuestions implements ModifyQuestions {
  constructor(
    private readonly body: string,
    private readonly services: ModifySenderServices,
    private readonly onAsk: () => void,
  ) {}

  problems(): Promise<'sendAnyway'> {
    return Promise.resolve('sendAnyway');
  }

  /** What it was made from was read a moment ago: nobody has seen what came between. */
  conflict(): Promise<'cancel'> {
    return Promise.resolve('cancel');
  }

  unreadable(reason: Error): Promise<'withoutCopy' | 'cancel'> {
    this.onAsk();
    return askWithoutCopy(
      vscode.l10n.t('Modify this message without a copy of what it is now?'),
      vscode.l10n.t('Modify Without a Copy'),
      this.services.notices.message(reason),
    );
  }

  async confirm({
    connection,
    address,
  }: Parameters<ModifyQuestions['confirm']>[0]): Promise<'modify' | 'cancel'> {
    this.onAsk();
    const modify = vscode.l10n.t('Modify');
    const chosen = await askInDialog(
      vscode.l10n.t('Modify {0}?', messageName({ address })),
      [appLine(connection), '', ...linesOf(this.body)],
      modify,
    );
    if (chosen !== modify) return 'cancel';
    this.services.confirmations.given(connection);
    return 'modify';
  }
}

/** Says why a modify ended without an answer of the service, unless the person ended it. @throws NoticeError */
function throwUnsent(outcome: ModifyOutcome, address: MessageAddress): void {
  const which = messageName({ address });
  switch (outcome.kind) {
    case 'cancelled':
      return;
    case 'nothingToDo':
      throw new NoticeError(
        vscode.l10n.t('Nothing to modify: the service shows this content of {0} already.', which),
      );
    case 'conflict':
      throw new NoticeError(
        vscode.l10n.t('Not sent: {0} was changed by somebody else at this moment. Send it again.', which),
      );
    case 'gone':
      throw new NoticeError(vscode.l10n.t('Not sent: {0} was recalled or deleted.', which));
    case 'busy':
      throw new NoticeError(vscode.l10n.t('Not sent: {0} is being modified already.', which));
    case 'invalid':
      throw new NoticeError(
        vscode.l10n.t(
          'Not sent: the body has no MsgBody or CloudCustomData that could be compared and kept.',
        ),
      );
    case 'refused':
    case 'unreachable':
    case 'unknown':
      throw outcome.error;
    case 'done':
      throw new NoticeError(vscode.l10n.t('{0} was modified; the answer of the service was lost.', which));
  }
}

function nameOf({ address }: Modification): string {
  return messageName({ address });
}

function doubtText(problem: ModificationProblem): string {
  return problem === 'doubled'
    ? vscode.l10n.t(
        'Not sent: a member stands twice in the body, so that it is not certain which message it overwrites.',
      )
    : vscode.l10n.t(
        'Not sent: which message the body overwrites cannot be read for certain, so that nothing of it could be kept. Try it in a sandbox.',
      );
}
