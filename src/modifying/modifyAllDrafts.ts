import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { appLine } from '../connections/names';
import type { CommandHandlers } from '../contributions/commands';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import { conditionText, type Draft, type DraftList } from '../documents/draftList';
import type { ModifyOutcome, ModifyQuestions } from '../modify/modifyRequest';
import { messageName } from '../ui/messageName';
import { askInDialog, showNotice } from '../ui/messages';
import { NoticeError } from '../ui/noticeError';
import { isCancellation } from '../ui/cancellation';
import type { Notices } from '../ui/notices';
import { withProgress, type TaskProgress } from '../ui/progress';
import { askPick } from '../ui/wizard';
import type { Confirmations } from './confirmations';
import type { ConflictPrompt } from './conflictPrompt';
import type { ModifyMessage } from './modifyMessage';
import { MessageQuestions } from './modifyQuestions';

/** What *Modify All Drafts* works with. */
export interface ModifyAllServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly drafts: DraftList;
  readonly modify: ModifyMessage;
  readonly conflicts: ConflictPrompt;
  readonly confirmations: Confirmations;
  readonly notices: Notices;
}

/** What became of one draft. */
interface DraftEnd {
  readonly ref: MessageRef;
  readonly done: boolean;
  readonly text: string;
}

/**
 * *Modify All Drafts*: one after the other, whatever becomes of the one before. What cannot be sent as it is (broken,
 * in conflict, recalled, gone) is not tried. A test app is asked about once, with the number; production about each.
 */
export function modifyAllDraftsCommand(
  services: ModifyAllServices,
): Pick<CommandHandlers, 'draftsModifyAll'> {
  return { draftsModifyAll: () => modifyAll(services) };
}

async function modifyAll(services: ModifyAllServices): Promise<void> {
  const drafts = await services.drafts.all();
  const ready = drafts.filter(({ condition }) => condition === 'ready');
  if (ready.length === 0) throw new NoticeError(vscode.l10n.t('No draft is ready to be sent.'));
  if (!(await confirmed(services.connections, ready))) return;
  const ends: DraftEnd[] = [];
  await withProgress(
    vscode.l10n.t('Modifying {0} messages', ready.length),
    async ({ signal, report, hide }) => {
      for (const { ref, condition } of drafts) {
        if (condition !== 'ready') {
          ends.push({ ref, done: false, text: vscode.l10n.t('not sent: {0}', conditionText(condition)) });
        } else if (signal.aborted) {
          ends.push({ ref, done: false, text: vscode.l10n.t('not tried') });
        } else {
          report(messageName(ref));
          ends.push(await modifyOne(services, ref, { signal, hide }));
        }
      }
    },
  );
  // Not waited for: it may stand there for hours.
  void summarise(services.notices, ends);
}

async function modifyOne(
  services: ModifyAllServices,
  ref: MessageRef,
  { signal, hide }: Pick<TaskProgress, 'signal' | 'hide'>,
): Promise<DraftEnd> {
  const { connections, modify, notices } = services;
  const own = new MessageQuestions(ref, services, hide);
  const production = connections.get(ref.connectionId)?.environment === 'production';
  // Whatever would wait for a person leaves the draft as it is.
  const questions: ModifyQuestions = {
    problems: () => Promise.resolve('cancel'),
    conflict: () => Promise.resolve('cancel'),
    unreadable: () => Promise.resolve('cancel'),
    confirm: (change) => (production ? own.confirm(change) : Promise.resolve('modify')),
  };
  try {
    const outcome = await modify.runOneOfMany(ref, questions, signal);
    return { ref, done: outcome.kind === 'done', text: endText(outcome, notices) };
  } catch (error) {
    const text = isCancellation(error) ? vscode.l10n.t('not tried') : notices.message(error);
    return { ref, done: false, text };
  }
}

/** Asks once for each test app, with the number. */
async function confirmed(connections: Connections, ready: readonly Draft[]): Promise<boolean> {
  const counts = new Map<Connection, number>();
  for (const { ref } of ready) {
    const connection = connections.get(ref.connectionId);
    if (connection?.environment === 'test') counts.set(connection, (counts.get(connection) ?? 0) + 1);
  }
  for (const [connection, count] of counts) {
    const run = vscode.l10n.t('Modify {0}', count);
    const chosen = await askInDialog(
      vscode.l10n.t('Modify {0} messages of {1}?', count, connection.name),
      [
        appLine(connection),
        vscode.l10n.t(
          'The service overwrites the messages for good. What they are now is kept in the journal on this machine.',
        ),
      ],
      run,
    );
    if (chosen !== run) return false;
  }
  return true;
}

/** Names each message and what became of it; choosing one opens it. */
async function summarise(notices: Notices, ends: readonly DraftEnd[]): Promise<void> {
  const done = ends.filter((end) => end.done).length;
  const text = vscode.l10n.t('{0} of {1} drafts were modified.', done, ends.length);
  const showEach = vscode.l10n.t('Show Each');
  const kind = done === ends.length ? 'info' : 'warning';
  if ((await showNotice(kind, text, showEach)) !== showEach) return;
  try {
    const ref = await askPick(text, {
      placeholder: vscode.l10n.t('Choose a message to open it'),
      choices: ends.map((end) => ({
        value: end.ref,
        label: messageName(end.ref),
        description: end.done ? vscode.l10n.t('modified') : '',
        detail: end.done ? undefined : end.text,
      })),
    });
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
  } catch (error) {
    await notices.showError(error);
  }
}

function endText(outcome: ModifyOutcome, notices: Notices): string {
  switch (outcome.kind) {
    case 'done':
      return vscode.l10n.t('modified');
    case 'nothingToDo':
      return vscode.l10n.t('nothing to do: the service shows this content already');
    case 'refused':
    case 'unreachable':
      return notices.message(outcome.error);
    case 'unknown':
      return vscode.l10n.t('not known: {0}', notices.message(outcome.error));
    case 'conflict':
      return vscode.l10n.t('not sent: the message was changed on the service');
    case 'gone':
      return outcome.why === 'recalled'
        ? vscode.l10n.t('not sent: {0}', conditionText('recalled'))
        : vscode.l10n.t('not sent: {0}', conditionText('gone'));
    case 'busy':
      return vscode.l10n.t('not sent: it is being modified');
    case 'invalid':
      return vscode.l10n.t('not sent: it has problems that the service refuses');
    case 'cancelled':
      return vscode.l10n.t('not sent');
  }
}
