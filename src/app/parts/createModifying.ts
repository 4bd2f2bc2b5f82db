import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Connections } from '../../connections/connections';
import type { ProblemReporter } from '../../diagnostics/problemReporter';
import type { MessageDocuments } from '../../documents/messageDocuments';
import type { Journal } from '../../journal/journal';
import { settings, type Settings } from '../../contributions/settings';
import { Modifier } from '../../modify/modifier';
import { Confirmations } from '../../modifying/confirmations';
import { ConflictPrompt } from '../../modifying/conflictPrompt';
import { ModifyMessage } from '../../modifying/modifyMessage';
import { ModifyStatus } from '../../modifying/modifyStatus';
import type { Doubts } from '../../modify/doubts';
import { createDoubts } from '../../modifying/settleDoubts';
import { UndoModification } from '../../modifying/undoModification';
import type { Own } from '../../ui/room';
import type { Reports } from './createReports';

/** What modifying is made of. */
export interface ModifyingServices extends Reports {
  readonly storage: string;
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly journal: Journal;
  readonly problems: ProblemReporter;
  readonly read: Settings;
  readonly flush: (uri: vscode.Uri) => Promise<void>;
  /** Told of each modify that was carried out, and of each that took one back. */
  readonly did: (what: 'modify' | 'undo') => void;
}

/** The one way in, with what asks a person and shows the outcome. */
export interface Modifying {
  readonly modifier: Modifier;
  readonly confirmations: Confirmations;
  readonly conflicts: ConflictPrompt;
  readonly status: ModifyStatus;
  readonly modify: ModifyMessage;
  readonly undo: UndoModification;
  /** How changes ended whose end is not known. */
  readonly doubts: Doubts;
}

/** Puts modifying together. */
export function createModifying(own: Own, services: ModifyingServices): Modifying {
  const { storage, connections, documents, journal, notices, damage, read } = services;
  const confirmations = new Confirmations(() => read.read(settings.confirmInTest));
  own(
    connections.onDidChange(({ what }) => {
      if (what === 'list') confirmations.startAnew();
    }),
  );
  const modifier = new Modifier({
    journal,
    lockFolder: path.join(storage, 'locks'),
    asksInTest: confirmations.asksInTest,
    asksForGood: confirmations.asksForGood,
    onJournalError: (error) => damage.unjournaled(error),
  });
  const conflicts = own(new ConflictPrompt());
  const status = own(new ModifyStatus(services.did));
  const doubts = own(createDoubts(modifier, connections, notices));
  const modify = new ModifyMessage({ ...services, modifier, conflicts, confirmations, status });
  const undo = new UndoModification({
    connections,
    journal,
    documents,
    modify,
    status,
    settle: (connectionId) => doubts.settle(connectionId),
  });
  return { modifier, confirmations, conflicts, status, modify, undo, doubts };
}
