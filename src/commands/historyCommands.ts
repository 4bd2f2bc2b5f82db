import * as vscode from 'vscode';
import type { HistoryArgument, RevisionArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import { messageTarget } from '../documents/activeMessage';
import type { HistoryView } from '../views/history/historyView';
import type { Journal, RevisionFilter } from '../journal/journal';
import type { Revision } from '../journal/revision';
import { chatText } from '../ui/addressTexts';
import { messageName } from '../ui/messageName';
import { NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { askText } from '../ui/wizard';
import { showBaseDiff, showRevision } from '../modifying/messageDiffs';
import { exportJournal } from './exportJournal';
import type { UndoModification } from '../modifying/undoModification';

/** What the commands of the Drafts and the History view work with. */
export interface HistoryCommandServices {
  readonly connections: Connections;
  readonly history: HistoryView;
  readonly journal: Journal;
  readonly notices: Notices;
  readonly undo: UndoModification;
}

/** The commands of the Drafts and the History view. */
export function historyCommands(
  services: HistoryCommandServices,
): Pick<
  CommandHandlers,
  | 'draftShow'
  | 'historyShow'
  | 'historyShowAll'
  | 'historyRefresh'
  | 'historyFind'
  | 'revisionShow'
  | 'revisionRestore'
  | 'journalExport'
> {
  const { connections, history, journal, notices, undo } = services;
  return {
    draftShow: async (node) => {
      const ref = messageTarget(node)?.ref;
      if (ref) await showBaseDiff(ref);
    },
    historyShow: async (argument) => {
      const { filter, name } = historyOf(argument, connections);
      await history.show(filter, name);
    },
    historyShowAll: () => history.show({}, undefined),
    historyRefresh: () => history.refresh(),
    historyFind: async () => {
      const text = await askText(vscode.l10n.t('Find in History'), {
        prompt: vscode.l10n.t('Text before or after, user, group, key or connection; empty shows all'),
      });
      await history.find(text.trim());
    },
    revisionShow: async (node) => {
      const { id, address, connection } = await revisionOf(journal, node);
      await showRevision({ connectionId: connection.id, address }, id);
    },
    revisionRestore: async (node) => undo.run((await revisionOf(journal, node)).id),
    journalExport: () => exportJournal(journal, notices),
  };
}

/** What a row of the tree or the active editor asks for: one message, a conversation, or a connection. */
function historyOf(
  argument: HistoryArgument | undefined,
  connections: Connections,
): { filter: RevisionFilter; name: string } {
  if (argument && 'kind' in argument) {
    const { connectionId, chat } = argument;
    if (chat === undefined) {
      return { filter: { connectionId }, name: connections.get(connectionId)?.name ?? connectionId };
    }
    return { filter: { connectionId, conversation: chat }, name: chatText(chat) };
  }
  const target = messageTarget(argument);
  if (target && !target.ref) {
    throw new NothingToDo(
      vscode.l10n.t('A file has no history here: only what is modified on the service is written down.'),
    );
  }
  if (target?.ref) {
    const { ref } = target;
    const { connectionId, address } = ref;
    return {
      filter: { connectionId, message: address },
      name: messageName(ref),
    };
  }
  throw new NothingToDo(vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'));
}

async function revisionOf(journal: Journal, row: RevisionArgument | undefined): Promise<Revision> {
  const found = row && (await journal.get(row.revision.id));
  if (found) return found;
  throw new NothingToDo(vscode.l10n.t('Choose a modification in the History view first.'));
}
