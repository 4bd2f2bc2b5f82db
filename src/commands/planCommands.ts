import * as vscode from 'vscode';
import { reportCsv, reportJson } from '../bulk/report';
import type { PlanRunner } from '../bulk/planRunner';
import type { CommandHandlers } from '../contributions/commands';
import { messageTarget } from '../documents/activeMessage';
import { modifyAllDrafts, type ModifyDraftsServices } from '../planning/modifyDrafts';
import type { Plans } from '../planning/plans';
import { planName } from '../planning/planTexts';
import { NothingToDo } from '../ui/noticeError';
import type { Pages } from '../ui/pages';
import { askPick } from '../ui/wizard';
import { importQuestion, reasonText } from './importTexts';
import { placeToSave } from './placeToSave';
import type { PlanStore } from '../bulk/planStore';

/** What the commands on plans work with. */
export interface PlanCommandServices {
  readonly plans: Plans;
  readonly runner: PlanRunner;
  readonly store: PlanStore;
  readonly pages: Pages;
}

/** The commands on plans. Without a plan they ask which. */
export function planCommands(
  { plans, runner, store, pages }: PlanCommandServices,
  drafts: Omit<ModifyDraftsServices, 'plans'>,
): Pick<
  CommandHandlers,
  | 'draftsModifyAll'
  | 'draftsModifySelected'
  | 'planPause'
  | 'planContinue'
  | 'planRetry'
  | 'planLeave'
  | 'planRollBack'
  | 'planReport'
> {
  const chosen = async (id: string | undefined, left: boolean): Promise<string> => {
    if (id !== undefined) return id;
    const heads = left ? await plans.left() : await store.list();
    if (heads.length === 0)
      throw new NothingToDo(
        left ? vscode.l10n.t('No plan is left to be continued.') : vscode.l10n.t('There is no plan yet.'),
      );
    return askPick(vscode.l10n.t('Plan'), {
      placeholder: vscode.l10n.t('Choose a plan'),
      choices: heads.map((head) => ({
        value: head.id,
        label: planName(head),
        description: stateText(head.state.kind),
      })),
    });
  };
  return {
    draftsModifyAll: () => modifyAllDrafts({ ...drafts, plans }),
    draftsModifySelected: (which, all = which ? [which] : []) => {
      const uris = all.flatMap((one) => messageTarget(one)?.uri.toString() ?? []);
      return modifyAllDrafts({ ...drafts, plans }, new Set(uris));
    },
    planPause: () => plans.pause(),
    planContinue: async (id) => plans.continue(await chosen(id, true), false, importQuestion(pages)),
    planRetry: async (id) => plans.continue(await chosen(id, false), true, importQuestion(pages)),
    planLeave: async (id) => plans.leave(await chosen(id, true)),
    planRollBack: async (id) => plans.rollBack(await chosen(id, false)),
    planReport: async (id) => {
      const plan = await plans.plan(await chosen(id, false));
      const report = await runner.report(plan);
      const format = await askPick(vscode.l10n.t('Report of the Plan'), {
        placeholder: vscode.l10n.t('As what?'),
        choices: [
          { value: 'json' as const, label: vscode.l10n.t('JSON, in an editor') },
          { value: 'csv' as const, label: vscode.l10n.t('CSV, saved as a file') },
        ],
      });
      if (format === 'json') {
        await pages.show(`plan/${plan.id}/report.json`, reportJson(plan, report, reasonText));
        return;
      }
      const target = await vscode.window.showSaveDialog({
        defaultUri: placeToSave(`plan-${plan.id}.csv`),
        filters: { CSV: ['csv'] },
      });
      if (!target) return;
      await vscode.workspace.fs.writeFile(target, Buffer.from(reportCsv(plan, report, reasonText), 'utf8'));
      await vscode.commands.executeCommand('vscode.open', target);
    },
  };
}

function stateText(kind: 'ready' | 'running' | 'paused' | 'ended'): string {
  switch (kind) {
    case 'ready':
      return vscode.l10n.t('not begun');
    case 'running':
      return vscode.l10n.t('under way, or left by a crash');
    case 'paused':
      return vscode.l10n.t('paused');
    case 'ended':
      return vscode.l10n.t('ended');
  }
}
