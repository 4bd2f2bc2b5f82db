import * as path from 'node:path';
import { Pace } from '../../bulk/pace';
import { PlanRunner } from '../../bulk/planRunner';
import type { PlanStore } from '../../bulk/planStore';
import type { Connections } from '../../connections/connections';
import type { Settings } from '../../contributions/settings';
import type { MessageDocuments } from '../../documents/messageDocuments';
import type { Journal } from '../../journal/journal';
import type { Modifier } from '../../modify/modifier';
import { ModifyList } from '../../planning/modifyList';
import type { PlanChanges } from '../../planning/planChanges';
import { Plans } from '../../planning/plans';
import type { ProblemReporter } from '../../diagnostics/problemReporter';
import type { Notices } from '../../ui/notices';
import type { Pages } from '../../ui/pages';
import type { Own } from '../../ui/room';
import type { Lists } from './createLists';

/** What planning is made of. */
export interface PlanningServices {
  readonly storage: string;
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly lists: Lists;
  readonly journal: Journal;
  readonly store: PlanStore;
  readonly modifier: Modifier;
  readonly changes: PlanChanges;
  readonly pages: Pages;
  readonly problems: ProblemReporter;
  readonly notices: Notices;
  readonly read: Settings;
  /** Told when messages were imported. */
  readonly imported: () => void;
}

/** Many messages at once, with what asks a person and shows how it goes. */
export interface Planning {
  readonly plans: Plans;
  readonly modifyList: ModifyList;
  readonly store: PlanStore;
  readonly runner: PlanRunner;
  readonly pace: Pace;
}

/** Puts planning together. */
export function createPlanning(own: Own, services: PlanningServices): Planning {
  const { storage, lists, journal, store, modifier, changes, connections } = services;
  const runner = new PlanRunner({ journal, store, modifier });
  const pace = new Pace(path.join(storage, 'pace'));
  const plans = own(
    new Plans({
      ...services,
      lists: lists.documents,
      runner,
      pace,
    }),
  );
  const modifyList = new ModifyList({
    connections,
    lists: lists.documents,
    problems: lists.problems,
    plans,
    changes,
  });
  return { plans, modifyList, store, runner, pace };
}
