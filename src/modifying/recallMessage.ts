import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { appLine } from '../connections/names';
import type { Connections } from '../connections/connections';
import { messageTarget } from '../documents/activeMessage';
import type { MessageDocuments } from '../documents/messageDocuments';
import { accountsOf, type MessageRef } from '../chat/address';
import { plainConnection } from '../journal/revision';
import { summarize } from '../message/summary';
import type { Modifier } from '../modify/modifier';
import type { RecallOutcome, RecallQuestions, RecallSubject } from '../modify/recall';
import { messageInFull, messageName } from '../ui/messageName';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import type { Confirmations } from './confirmations';
import type { ModifyStatus } from './modifyStatus';
import { askWithoutCopy } from './withoutCopyQuestion';
import { askInDialog } from '../ui/messages';

/** What *Recall Message…* works with. */
export interface RecallServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly modifier: Modifier;
  readonly confirmations: Confirmations;
  readonly notices: Notices;
  readonly status: ModifyStatus;
}

/** *Recall Message…*. A recall cannot be undone; the content stays in the journal. */
export function recallCommand(services: RecallServices): Pick<CommandHandlers, 'messageRecall'> {
  return {
    messageRecall: async (argument) => {
      const ref = messageTarget(argument)?.ref;
      if (!ref)
        throw new NothingToDo(
          vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'),
        );
      await recall(services, ref);
    },
  };
}

async function recall(services: RecallServices, ref: MessageRef): Promise<void> {
  const { connections, documents, modifier } = services;
  const connection = connections.get(ref.connectionId);
  if (!connection) throw new NoticeError(vscode.l10n.t('This connection is not in the list any more.'));
  const client = await connections.client(connection.id, { interactive: true });
  const outcome = await withProgress(vscode.l10n.t('Recalling {0}', messageName(ref)), ({ signal, hide }) =>
    modifier.recall(
      {
        connection: plainConnection(connection),
        client,
        address: ref.address,
      },
      new RecallDialog(services, documents.peek(ref)?.facts, hide),
      { signal },
    ),
  );
  await show(services, ref, outcome);
  if (outcome.kind === 'done') await documents.recalled(ref);
}

class RecallDialog implements RecallQuestions {
  constructor(
    private readonly services: Pick<RecallServices, 'notices' | 'confirmations'>,
    private readonly facts: Parameters<typeof messageInFull>[1],
    private readonly onAsk: () => void,
  ) {}

  unreadable(reason: Error): Promise<'withoutCopy' | 'cancel'> {
    this.onAsk();
    return askWithoutCopy(
      vscode.l10n.t('Recall this message without a copy of it?'),
      vscode.l10n.t('Recall Without a Copy'),
      this.services.notices.message(reason),
    );
  }

  async confirm({ connection, address, before }: RecallSubject): Promise<'recall' | 'cancel'> {
    const recallIt = vscode.l10n.t('Recall');
    const chosen = await askInDialog(
      vscode.l10n.t('Recall this message? This cannot be undone.'),
      [
        appLine(connection),
        vscode.l10n.t('Message: {0}', messageInFull(address, this.facts)),
        ...(before ? [summarize(before).text] : []),
        '',
        vscode.l10n.t('Its content stays in the journal on this machine.'),
      ],
      recallIt,
    );
    if (chosen !== recallIt) return 'cancel';
    this.services.confirmations.givenForGood(connection);
    return 'recall';
  }
}

async function show(
  { notices, status, documents }: RecallServices,
  ref: MessageRef,
  outcome: RecallOutcome,
): Promise<void> {
  const which = messageName(ref);
  switch (outcome.kind) {
    case 'done':
      status.say(vscode.l10n.t('{0} was recalled. Its content stays in the journal.', which));
      return;
    case 'refused':
    case 'unreachable':
      void notices.showError(outcome.error, {
        subject: { connectionId: ref.connectionId, accounts: accountsOf(ref.address) },
        about: which,
      });
      return;
    case 'unknown':
      void notices.showWarning(
        vscode.l10n.t(
          'It is not known whether {0} was recalled: the message cannot be read. {1}',
          which,
          notices.message(outcome.error),
        ),
      );
      return;
    case 'gone':
      if (documents.peek(ref)) await documents.refresh(ref);
      status.say(
        outcome.why === 'recalled'
          ? vscode.l10n.t('{0} was recalled before.', which)
          : vscode.l10n.t('{0} is gone from the service.', which),
      );
      return;
    case 'busy':
      void notices.showWarning(vscode.l10n.t('{0} was not recalled: it is being modified.', which));
      return;
    case 'cancelled':
      status.say(vscode.l10n.t('{0} was not recalled.', which));
      return;
  }
}
