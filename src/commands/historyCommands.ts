import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { HistoryArgument, RevisionArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import { messageTarget } from '../documents/activeMessage';
import type { HistoryView } from '../explorer/historyView';
import type { Journal, RevisionFilter } from '../journal/journal';
import type { Revision } from '../journal/revision';
import { messageName } from '../ui/messageName';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { showBaseDiff, showRevision } from './messageDiffs';
import type { UndoModification } from './undoModification';

/** What the commands of the Drafts and the History view work with. */
export interface HistoryCommandServices {
  readonly connections: Connections;
  readonly history: HistoryView;
  readonly journal: Journal;
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
  | 'revisionShow'
  | 'revisionRestore'
  | 'journalExport'
> {
  const { connections, history, journal, undo } = services;
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
    revisionShow: async (node) => {
      const { id, address, connection } = await revisionOf(journal, node);
      await showRevision({ connectionId: connection.id, address }, id);
    },
    revisionRestore: async (node) => undo.run((await revisionOf(journal, node)).id),
    journalExport: () => exportJournal(journal),
  };
}

/** What a row of the tree or the active editor asks for: one message, a conversation, or a connection. */
function historyOf(
  argument: HistoryArgument | undefined,
  connections: Connections,
): { filter: RevisionFilter; name: string } {
  if (argument && 'kind' in argument) {
    const { connectionId, operator, peer } = argument;
    if (operator === undefined || peer === undefined) {
      return { filter: { connectionId }, name: connections.get(connectionId)?.name ?? connectionId };
    }
    return {
      filter: { connectionId, conversation: { chat: 'c2c', user: operator, peer } },
      name: vscode.l10n.t('{0} and {1}', operator, peer),
    };
  }
  const ref = messageTarget(argument)?.ref;
  if (ref) {
    const { connectionId, address } = ref;
    return {
      filter: { connectionId, message: address },
      name: messageName(ref),
    };
  }
  throw new NoticeError(vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'));
}

async function revisionOf(journal: Journal, row: RevisionArgument | undefined): Promise<Revision> {
  const found = row && (await journal.get(row.revision.id));
  if (found) return found;
  throw new NoticeError(vscode.l10n.t('Choose a modification in the History view first.'));
}

async function exportJournal(journal: Journal): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, 'tencent-chat-journal.jsonl'),
    saveLabel: vscode.l10n.t('Export'),
    title: vscode.l10n.t('Export the Journal of Modifications'),
    filters: { [vscode.l10n.t('JSON Lines')]: ['jsonl'] },
  });
  if (!target) return;
  await withProgress(vscode.l10n.t('Exporting the journal'), async ({ signal }) => {
    const lines: string[] = [];
    for await (const line of journal.exportLines()) {
      signal.throwIfAborted();
      lines.push(line);
    }
    await vscode.workspace.fs.writeFile(target, Buffer.from(lines.join(''), 'utf8'));
  });
}
