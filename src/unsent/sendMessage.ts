import * as vscode from 'vscode';
import type { ChatAddress, MessageAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { ProblemReporter } from '../diagnostics/problemReporter';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import { parseUnsentUri, unsentUri } from '../documents/unsentUri';
import { plainConnection, type FailedReceiver } from '../journal/revision';
import { checkOutgoing } from '../outgoing/checkOutgoing';
import { sendCalls } from '../outgoing/members';
import { outgoingOf, type Outgoing } from '../outgoing/outgoing';
import type { Confirmations } from '../modifying/confirmations';
import { askAboutProblems } from '../modifying/problemsQuestion';
import type { SendOutcome, SendStep, SentMessages } from '../sending/sendRequest';
import type { Sender, SettledSend } from '../sending/sender';
import { askInDialog } from '../ui/messages';
import { NoticeError, type NoticeAction } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { chatsOf, chatsThatHave, isStored, messageInHistory } from './sentMessage';
import { arrivedText, maySendMessage, receiversText } from './sendTexts';

/** What sending works with. */
export interface SendServices {
  readonly connections: Connections;
  readonly sender: Sender;
  readonly confirmations: Confirmations;
  readonly problems: ProblemReporter;
  readonly notices: Notices;
  readonly flush: (uri: vscode.Uri) => Promise<void>;
  readonly documents: Pick<MessageDocuments, 'show'>;
  /** Conversations have a message more: this one, where it is known. */
  readonly arrived: (connectionId: string, chats: readonly ChatAddress[], message?: ChatMessage) => void;
}

/** *Send*: checks, asks as the environment says, sends, and tells how it ended. */
export class SendMessage {
  constructor(private readonly services: SendServices) {}

  /**
   * @param opens whether what was sent is opened
   * @returns undefined when the person declined. @throws NoticeError for what cannot be sent
   */
  async run(uri: vscode.Uri, opens = true): Promise<SendOutcome | undefined> {
    const { connections, sender, confirmations, notices } = this.services;
    const ref = parseUnsentUri(uri);
    if (!ref) throw new NoticeError(vscode.l10n.t('This message was sent already. Modify changes it.'));
    const found = connections.get(ref.connectionId);
    if (!found)
      throw new NoticeError(
        vscode.l10n.t('The connection of this message was removed. Add it again to send it; the text stays.'),
        [asCommand(vscode.l10n.t('Add Connection'), commands.connectionAdd)],
      );
    const text = await this.savedText(uri);
    const outgoing = outgoingOf(text);
    if (!outgoing)
      throw new NoticeError(
        vscode.l10n.t('Not sent: the text is no JSON object, so that its receivers cannot be told.'),
      );
    const connection = plainConnection(found);
    const { id } = connection;
    const client = await connections.client(id, { interactive: true });
    // A read-only connection refuses before anybody is asked.
    client.demand(sendCalls[outgoing.kind]);
    const errors = checkOutgoing(text).filter(({ severity }) => severity === 'error');
    if (errors.length > 0 && (await askAboutProblems(errors)) === 'cancel') return undefined;
    if (confirmations.asks(connection)) {
      if (!(await maySendMessage(connection, outgoing))) return undefined;
      confirmations.given(connection);
    }
    const title = vscode.l10n.t('Sending to {0}', receiversText(outgoing));
    const { outcome, message } = await withProgress(title, async ({ signal, report, hide }) => {
      const ended = await sender.run(
        { connection, client, document: ref.id, outgoing },
        {
          again: async (_earlier, error) => {
            hide();
            const send = vscode.l10n.t('Send Again');
            const why = error
              ? vscode.l10n.t('The history cannot be read: {0}', notices.message(error))
              : vscode.l10n.t('History does not show such messages, so that nobody can look.');
            const asked = vscode.l10n.t('An earlier attempt may have sent this message. Send it again?');
            return (await askInDialog(asked, [why], send)) === send ? 'send' : 'cancel';
          },
        },
        { signal, onProgress: (step) => report(stepName(step)) },
      );
      const isThere = ended.kind === 'done' || ended.kind === 'earlier';
      const [first] = isThere && isStored(outgoing) ? ended.addresses : [];
      return { outcome: ended, message: first && (await messageInHistory(client, first, signal)) };
    });
    await this.tell(uri, id, { outgoing, outcome, message }, opens);
    return outcome;
  }

  /** Tells what was found out about sendings whose end was not known. */
  tellSettled(settled: readonly SettledSend[]): void {
    if (settled.length === 0) return;
    const { arrived, notices } = this.services;
    const actions: NoticeAction[] = [];
    const lines = settled.map((one) => {
      const { address, connection, kept, rest } = one.revision;
      if (one.kind !== 'done') return vscode.l10n.t('{0}: it was not sent.', arrivedText([address]));
      const { addresses, failed } = one.sent;
      arrived(connection.id, chatsOf(addresses));
      if (rest !== undefined) actions.push(sendRest(connection.id, rest));
      if (failed.length > 0) return failedText(addresses, failed);
      const where = arrivedText(addresses);
      return kept
        ? vscode.l10n.t('{0}: it arrived as it was. What it says since is not sent.', where)
        : vscode.l10n.t('{0}: it arrived.', where);
    });
    // Not waited for: it may stand there for hours.
    void notices.showInfo(
      [vscode.l10n.t('Messages of which nobody knew whether they were sent:'), ...lines].join(' '),
      ...actions.slice(0, 1),
      asCommand(vscode.l10n.t('Show History'), commands.historyShowAll),
    );
  }

  private async savedText(uri: vscode.Uri): Promise<string> {
    await this.services.flush(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty && !(await document.save()))
      throw new NoticeError(vscode.l10n.t('The message could not be saved, so nothing was sent.'));
    return document.getText();
  }

  private async tell(
    uri: vscode.Uri,
    connectionId: string,
    { outgoing, outcome, message }: Ended,
    opens: boolean,
  ): Promise<void> {
    const { problems, notices } = this.services;
    const again = asCommand(vscode.l10n.t('Try Again'), commands.unsentSend, uri);
    switch (outcome.kind) {
      case 'done':
      case 'earlier':
        await this.show(connectionId, outgoing, outcome.addresses, message);
        return this.sent(uri, connectionId, outcome, {
          seen: outcome.kind === 'earlier' || outcome.seen,
          isOpened: opens && isStored(outgoing),
        });
      case 'refused':
        await problems.refused(uri, outcome.error);
        void notices.showError(outcome.error);
        return;
      case 'dropped':
        void notices.showWarning(
          vscode.l10n.t('The service dropped the message: {0}', outcome.reason),
          again,
        );
        return;
      case 'absent':
        void notices.showWarning(
          vscode.l10n.t(
            'Not sent: the answer was lost, and the history shows that nothing arrived at {0}. {1}',
            receiversText(outgoing),
            notices.message(outcome.error),
          ),
          again,
        );
        return;
      case 'unknown':
        void notices.showWarning(
          vscode.l10n.t(
            'Nobody knows whether the message arrived at {0}: the answer was lost, and the history does not tell. It is not sent again by itself. {1}',
            receiversText(outgoing),
            notices.message(outcome.error),
          ),
        );
        return;
      case 'unreachable':
        void notices.showError(outcome.error);
        return;
      case 'cancelled':
        return;
      case 'busy':
        throw new NoticeError(vscode.l10n.t('This message is being sent already.'));
      case 'gone':
        throw new NoticeError(
          vscode.l10n.t(
            'This message was sent or given up already, perhaps in another window. Duplicate as New makes another one.',
          ),
        );
    }
  }

  /** Lets everybody know of the message who shows it or its conversations. */
  private async show(
    connectionId: string,
    outgoing: Outgoing,
    addresses: readonly MessageAddress[],
    message: ChatMessage | undefined,
  ): Promise<void> {
    const { arrived, documents } = this.services;
    if (message) {
      await documents.show(connectionId, message);
      arrived(connectionId, chatsThatHave(message, outgoing), message);
    }
    arrived(connectionId, chatsOf(message ? addresses.slice(1) : addresses));
  }

  private async sent(
    uri: vscode.Uri,
    connectionId: string,
    { addresses, failed, rest, kept = false }: SentMessages,
    { seen, isOpened }: { readonly seen: boolean; readonly isOpened: boolean },
  ): Promise<void> {
    const { notices } = this.services;
    if (!kept) await closeTabs(uri);
    const [first] = isOpened && !kept ? addresses : [];
    if (first)
      await vscode.commands.executeCommand('vscode.open', messageUri({ connectionId, address: first }));
    if (failed.length > 0) {
      void notices.showWarning(
        failedText(addresses, failed),
        ...(rest === undefined ? [] : [sendRest(connectionId, rest)]),
      );
      return;
    }
    const where = arrivedText(addresses);
    if (kept)
      void notices.showWarning(
        vscode.l10n.t(
          'What this message said before arrived: {0}. It was changed since, and what it says now was not sent.',
          where,
        ),
        asCommand(vscode.l10n.t('Send'), commands.unsentSend, uri),
      );
    else if (seen)
      void notices.showInfo(
        vscode.l10n.t('The answer was lost, and the history shows that the message arrived: {0}', where),
      );
    else sayInStatusBar(vscode.l10n.t('Sent to {0}', where));
  }
}

/** How a sending ended, and what there is now, if it is known. */
interface Ended {
  readonly outgoing: Outgoing;
  readonly outcome: SendOutcome;
  readonly message: ChatMessage | undefined;
}

function failedText(addresses: readonly MessageAddress[], failed: readonly FailedReceiver[]): string {
  const all = failed.map(({ userId, code }) => (code === undefined ? userId : `${userId} (${code})`));
  return vscode.l10n.t(
    'Sent to {0}. Not sent to {1}: {2}',
    addresses.length,
    failed.length,
    all.slice(0, 20).join(', ') + (all.length > 20 ? ', …' : ''),
  );
}

/** @param id the document that is left for those who did not get it */
function sendRest(connectionId: string, id: string): NoticeAction {
  const uri = unsentUri({ connectionId, id });
  return asCommand(vscode.l10n.t('Send to Those Again'), commands.unsentSend, uri);
}

/** Closes the tabs of a document that is gone. */
export async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) &&
        input.uri.toString() === uri.toString(),
    );
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

function stepName(step: SendStep): string {
  switch (step) {
    case 'waiting':
      return vscode.l10n.t('checking');
    case 'sending':
      return vscode.l10n.t('sending');
    case 'looking':
      return vscode.l10n.t('finding out whether it was done');
  }
}
