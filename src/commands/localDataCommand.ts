import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import { environmentName } from '../connections/names';
import type { MessageDocuments } from '../documents/messageDocuments';
import { unsavedTexts } from '../documents/movedTabs';
import type { PlanStore } from '../bulk/planStore';
import type { ListDocuments } from '../listEditing/listDocuments';
import type { UnsentStore } from '../sending/unsentStore';
import type { Journal } from '../journal/journal';
import type { WebhookInbox } from '../inbox/webhookInbox';
import { NO_CONNECTION, type PseudonymStore } from '../pseudonyms/pseudonymStore';
import { askPick } from '../ui/wizard';
import { askInDialog } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';

/** What *Delete Local Data of Connection…* works with. */
export interface LocalDataServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly journal: Journal;
  readonly lists: ListDocuments;
  readonly unsent: UnsentStore;
  readonly plans: PlanStore;
  readonly names: PseudonymStore;
  readonly inbox: () => Promise<Inbox>;
}

/** The inbox of webhooks, of all apps together. */
type Inbox = Pick<WebhookInbox, 'countOf' | 'state' | 'clear'>;

/** *Delete Local Data of Connection…*: drafts, bases and journal of one connection, after saying what goes. */
export function localDataCommand(
  services: LocalDataServices,
): Pick<CommandHandlers, 'connectionDeleteLocalData'> {
  return {
    connectionDeleteLocalData: async (argument) => {
      const id = argument?.connectionId ?? (await pickConnection(services));
      if (id !== undefined) await deleteLocalData(services, id);
    },
  };
}

async function deleteLocalData(services: LocalDataServices, id: string): Promise<void> {
  const { connections, documents, journal, lists, unsent, plans, names } = services;
  const drafts = (await documents.stored()).filter(
    (state) => state.ref.connectionId === id && state.draft !== null,
  );
  const revisions = await journal.list({ connectionId: id });
  const unsaved = unsavedTexts(id);
  const connection = connections.get(id);
  const app = (connection ?? revisions[0]?.connection)?.sdkAppId;
  const inbox = await services.inbox();
  const webhooks = app === undefined ? 0 : await inbox.countOf(app);
  const isElsewhere = webhooks > 0 && (await inbox.state()).kind === 'elsewhere';
  const remove = vscode.l10n.t('Delete');
  const chosen = await askInDialog(
    connection
      ? vscode.l10n.t(
          'Delete the local data of {0} ({1})?',
          connection.name,
          environmentName(connection.environment),
        )
      : vscode.l10n.t('Delete the local data of {0}?', id),
    [
      vscode.l10n.t(
        'Drafts: {0}. Modifications in the journal: {1}. What messages were before cannot be restored afterwards. Nothing changes on the service.',
        drafts.length,
        revisions.length,
      ),
      ...(webhooks === 0
        ? []
        : [
            isElsewhere
              ? vscode.l10n.t(
                  'Webhooks of this app: {0}. They stay, since another window has the inbox: clear them there.',
                  webhooks,
                )
              : vscode.l10n.t(
                  'Webhooks of this app: {0}. They go with all others that the inbox keeps.',
                  webhooks,
                ),
          ]),
      ...(unsaved.length > 0
        ? [
            vscode.l10n.t(
              'Editors with unsaved text: {0}. Their text stays as it is and can be saved as a draft again.',
              unsaved.length,
            ),
          ]
        : []),
    ],
    remove,
  );
  if (chosen !== remove) return;
  await documents.removeConnection(id);
  await journal.removeConnection(id);
  await lists.removeConnection(id);
  await unsent.removeConnection(id);
  await plans.removeConnection(id);
  await names.removeConnection(id);
  if (webhooks > 0 && !isElsewhere) await inbox.clear();
  sayInStatusBar(vscode.l10n.t('The local data was deleted.'));
}

/** Connections of the list, and removed ones of which something is still there, and the names of lists that no connection has. */
async function pickConnection({
  connections,
  documents,
  journal,
  names,
}: LocalDataServices): Promise<string | undefined> {
  const choices = new Map<string, { label: string; description: string }>();
  for (const { id, name, environment } of connections.list())
    choices.set(id, { label: name, description: environmentName(environment) });
  const stored = (await documents.stored()).map(({ ref }) => ref.connectionId);
  for (const id of [...stored, ...(await names.connections())]) {
    const label =
      id === NO_CONNECTION ? vscode.l10n.t('Lists of messages') : vscode.l10n.t('Removed connection');
    if (!choices.has(id)) choices.set(id, { label, description: id });
  }
  for (const { connection } of await journal.list()) {
    const { id, name } = connection;
    if (!connections.get(id)) choices.set(id, { label: name, description: id });
  }
  return askPick(vscode.l10n.t('Delete Local Data of Connection'), {
    placeholder: vscode.l10n.t('Choose a connection'),
    choices: [...choices].map(([value, choice]) => ({ value, ...choice })),
  });
}
