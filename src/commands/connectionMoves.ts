import * as vscode from 'vscode';
import type { PlanStore } from '../bulk/planStore';
import type { Connection } from '../connections/connection';
import type { ConnectionMove, Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { MessageDocuments } from '../documents/messageDocuments';
import { reopenTabs, saveTexts } from '../documents/movedTabs';
import type { Journal } from '../journal/journal';
import type { ListDocuments } from '../listEditing/listDocuments';
import type { PseudonymStore } from '../pseudonyms/pseudonymStore';
import type { UnsentStore } from '../sending/unsentStore';
import type { Notices } from '../ui/notices';
import { sayInStatusBar } from '../ui/statusBar';

/** What connections that were edited take along, and who tells of it. */
export interface MoveServices {
  readonly connections: Pick<Connections, 'list'>;
  readonly documents: MessageDocuments;
  readonly journal: Journal;
  readonly unsent: UnsentStore;
  readonly lists: ListDocuments;
  readonly plans: PlanStore;
  readonly names: PseudonymStore;
  readonly notices: Notices;
}

/** Lets a connection that was edited keep its drafts, lists, plans and names, what they rest on, its journal and its open messages. */
export class ConnectionMoves {
  constructor(private readonly services: MoveServices) {}

  /**
   * A connection was edited. By another administrator or domain it is the same app with the same messages; of another
   * app nothing is taken along, and that is said.
   */
  async follow({ from, to }: ConnectionMove): Promise<void> {
    if (from.sdkAppId !== to.sdkAppId) {
      await this.tellLeft(from, to);
      return;
    }
    const { drafts, revisions } = await this.bring(from.id, to.id);
    if (drafts + revisions === 0) return;
    sayInStatusBar(
      vscode.l10n.t('{0} kept its drafts ({1}) and its journal ({2}).', to.name, drafts, revisions),
    );
  }

  /** Brings along what a crash, or another window, left under the id that a connection had before. */
  async finish(): Promise<void> {
    const list = this.services.connections.list();
    const current = new Set(list.map(({ id }) => id));
    for (const { id, former } of list) {
      for (const old of former) if (!current.has(old)) await this.bring(old, id);
    }
  }

  private async bring(from: string, to: string): Promise<{ drafts: number; revisions: number }> {
    const { documents, journal, unsent, lists, plans, names } = this.services;
    await saveTexts(from);
    for (const one of [unsent, lists, plans, names]) await one.moveConnection(from, to);
    const revisions = await journal.moveConnection(from, to);
    const drafts = await documents.moveConnection(from, to);
    await reopenTabs(from, to);
    return { drafts, revisions };
  }

  private async tellLeft(from: Connection, to: Connection): Promise<void> {
    const { documents, journal, notices } = this.services;
    const drafts = (await documents.stored()).filter(({ ref }) => ref.connectionId === from.id);
    const revisions = await journal.list({ connectionId: from.id });
    if (drafts.length + revisions.length === 0) return;
    void notices.showWarning(
      vscode.l10n.t(
        '{0} is another app now (SDKAppID {1}). The drafts ({2}) and the journal ({3}) of {4} were left on this machine: they are found again when a connection to that app is added.',
        to.name,
        to.sdkAppId,
        drafts.length,
        revisions.length,
        from.sdkAppId,
      ),
      asCommand(vscode.l10n.t('Delete Local Data…'), commands.connectionDeleteLocalData, {
        connectionId: from.id,
      }),
    );
  }
}
