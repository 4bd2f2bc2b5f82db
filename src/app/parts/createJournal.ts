import * as path from 'node:path';
import * as vscode from 'vscode';
import { settings, type Settings } from '../../contributions/settings';
import type { RevisionContents } from '../../documents/changeDocuments';
import { PlanStore, type PlanHead } from '../../bulk/planStore';
import { Journal } from '../../journal/journal';
import { contentOfRevision } from '../../journal/revision';
import { MessageLocks } from '../../modify/lock';
import type { DamageReport } from '../../ui/damagedFiles';
import type { Own } from '../../ui/room';

const DAY_MS = 24 * 60 * 60 * 1_000;
const MEGABYTE = 1024 * 1024;

/** What was modified from this machine, and who is told when that changes. */
export interface JournalRoom {
  readonly journal: Journal;
  readonly plans: PlanStore;
  readonly onDidChange: vscode.Event<void>;
  /** Lets go what is too old or too much. */
  readonly prune: () => Promise<void>;
  /** What a modification found and left. */
  readonly contentOf: RevisionContents;
}

/** The journal, with the limits that the settings give it. */
export function createJournal(
  own: Own,
  {
    storage,
    read,
    damage,
  }: { readonly storage: string; readonly read: Settings; readonly damage: DamageReport },
): JournalRoom {
  const changed = own(new vscode.EventEmitter<void>());
  const plans = new PlanStore(path.join(storage, 'plans'), undefined, () => changed.fire());
  const locks = new MessageLocks(path.join(storage, 'locks', 'journal'));
  const journal = new Journal(path.join(storage, 'journal'), {
    exclusively: (group, work) => locks.exclusively(group, work),
    openPlans: async () => new Set((await plans.list()).filter(isOpen).map(({ id }) => id)),
    onChange: () => changed.fire(),
    onProblem: (problem) => damage.journal(problem),
  });
  const limit = (): void => {
    journal.limit({
      maxAge: read.read(settings.journalKeepDays) * DAY_MS,
      maxBytes: read.read(settings.journalMaxSizeMB) * MEGABYTE,
    });
  };
  limit();
  own(read.onDidChange([settings.journalKeepDays, settings.journalMaxSizeMB], limit));
  const contentOf: RevisionContents = async (id, side) => {
    const revision = await journal.get(id);
    return revision && contentOfRevision(revision, side);
  };
  const prune = async (): Promise<void> => {
    await journal.prune();
    await plans.prune(new Set((await journal.listPlans()).map(({ plan }) => plan)), Date.now());
  };
  return { journal, plans, onDidChange: changed.event, prune, contentOf };
}

function isOpen({ state }: PlanHead): boolean {
  return state.kind !== 'ended';
}
