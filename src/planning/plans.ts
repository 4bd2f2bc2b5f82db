import * as vscode from 'vscode';
import { callsOf, planGates, planSpeed, shareOf } from '../bulk/planGates';
import { importOf, type Plan } from '../bulk/plan';
import type { PlanRunEnd } from '../bulk/planRunner';
import type { PlanHead, PlanStore } from '../bulk/planStore';
import { previewOf, withTakenIn, type LeftOut, type Preview } from '../bulk/preview';
import { mayBeTried } from '../bulk/report';
import { rollbackOf } from '../bulk/rollback';
import { addressKey } from '../chat/address';
import { settings, type Settings } from '../contributions/settings';
import type { Journal } from '../journal/journal';
import { plainConnection } from '../journal/revision';
import { nodeTiming } from '../modify/timing';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { Pages } from '../ui/pages';
import { withProgress } from '../ui/progress';
import { connectionOfPlan } from './connectionOfPlan';
import type { PlanChanges } from './planChanges';
import { SHOWN, type PlannedChange } from './planChanges';
import { leftActions, tellEnd, type PlanEndServices } from './planEnd';
import { demandFit } from './planFit';
import { askForPlan, askWhatToTakeIn } from './planQuestion';
import { planTable } from './planTable';
import { countsText, planName } from './planTexts';
import { PlansUnderWay, type UnderWayServices } from './planUnderWay';

/** What plans work with. */
export interface PlanServices extends PlanEndServices, UnderWayServices {
  readonly journal: Journal;
  readonly store: PlanStore;
  readonly changes: PlanChanges;
  readonly pages: Pages;
  readonly read: Settings;
}

/**
 * Whether a person wants an import.
 *
 * @param perSecond messages of two users that go a second at most
 */
export type AskImport = (plan: Plan, perSecond: number) => Promise<boolean>;

/** Carries plans out as a person sees it: shows what they will do, asks, and offers what can be done then. */
export class Plans implements vscode.Disposable {
  private readonly underWay: PlansUnderWay;

  constructor(private readonly services: PlanServices) {
    this.underWay = new PlansUnderWay(services);
  }

  /**
   * Shows what a plan will do, asks, writes it down, and carries it out.
   *
   * @param left what was left out already
   * @returns undefined when the person did not want it, which leaves nothing behind
   */
  async begin(plan: Plan, left: readonly LeftOut[] = []): Promise<PlanRunEnd | undefined> {
    const client = await this.services.connections.client(plan.connection.id, { interactive: true });
    // Before anybody is asked, and before a plan is written down that never runs.
    for (const call of callsOf(plan)) client.demand(call);
    const preview = await this.askFor(plan, left);
    if (!preview) return undefined;
    await this.services.store.add(preview.plan);
    return this.carryOut(preview.plan, { left: preview.left });
  }

  /** Shows what a plan will do, and asks. @returns undefined when the person did not want it */
  private async askFor(plan: Plan, left: readonly LeftOut[]): Promise<Preview | undefined> {
    await demandFit(plan, this.services);
    let preview = await this.preview(plan, left);
    if (!preview) return undefined;
    for (let shown = false; ;) {
      const answer = await askForPlan(preview, this.speedOf(plan), shown);
      if (answer === 'modify') break;
      if (answer === 'cancel') return undefined;
      if (answer === 'choose') preview = withTakenIn(preview, await askWhatToTakeIn(preview));
      else await this.show(preview);
      shown = answer === 'show';
    }
    await demandFit(preview.plan, this.services);
    return preview;
  }

  /**
   * Carries an import out; it is written down before its first call.
   *
   * @param ask whether a person wants it
   * @returns undefined when the person did not want it
   */
  async import(plan: Plan, ask: AskImport): Promise<PlanRunEnd | undefined> {
    await demandFit(plan, this.services);
    if (!(await ask(plan, this.speedOf(plan)))) return undefined;
    await this.services.store.add(plan);
    return this.carryOut(plan, {});
  }

  /** Runs what is left of a plan; asks where its connection is guarded otherwise than it was when a person was asked. */
  async continue(id: string, retryRefused: boolean, askImport: AskImport): Promise<void> {
    const { store } = this.services;
    const stored = await this.stored(id);
    let plan = this.today(stored);
    const { environment } = plan.connection;
    const asked = stored.connection.environment;
    if (environment !== 'sandbox' && environment !== asked) {
      await this.demandFree(id);
      const rest = await this.rest(plan, retryRefused);
      if (importOf(rest)) {
        await demandFit(rest, this.services);
        if (!(await askImport(rest, this.speedOf(rest)))) return;
      } else {
        const preview = await this.askFor(rest, []);
        if (!preview) return;
        const wanted = new Map(preview.plan.items.map((item) => [addressKey(item.address), item]));
        plan = { ...plan, items: plan.items.map((item) => wanted.get(addressKey(item.address)) ?? item) };
      }
      await store.add(plan);
    }
    await this.carryOut(plan, { retryRefused });
  }

  /** The plan with what another run would try, and no other messages. */
  private async rest(plan: Plan, retryRefused: boolean): Promise<Plan> {
    const { rows } = await this.services.runner.report(plan);
    const tried = rows.filter((row) => mayBeTried(row) || (retryRefused && row.end === 'refused'));
    return { ...plan, items: tried.flatMap(({ index }) => plan.items[index] ?? []) };
  }

  /** Gives up what is left of a plan. */
  async leave(id: string): Promise<void> {
    await this.demandFree(id);
    await this.services.runner.leave(await this.plan(id));
  }

  /** @throws NoticeError while some window runs the plan */
  private async demandFree(id: string): Promise<void> {
    if (!(await this.services.runner.isFree(id)))
      throw new NoticeError(vscode.l10n.t('The plan is under way. Pause or cancel it first.'));
  }

  /** Takes a plan back by another one. */
  async rollBack(id: string): Promise<void> {
    const { journal, notices } = this.services;
    const head = await this.services.store.head(id);
    if (head && importOf(head))
      throw new NothingToDo(
        vscode.l10n.t(
          'An import cannot be rolled back: no call takes it back. Single messages can be recalled.',
        ),
      );
    const [newest] = await journal.list({ plan: id, limit: 1 });
    const old = head?.connection ?? newest?.connection;
    if (!old) throw new NoticeError(vscode.l10n.t('Nothing of this plan is in the journal any more.'));
    const connection = connectionOfPlan(this.services.connections, old.id);
    await this.demandFree(id);
    await this.settle({ id, connection });
    const { plan, cannot } = await rollbackOf(id, connection, journal, Date.now());
    if (plan.items.length === 0)
      throw new NothingToDo(vscode.l10n.t('The plan modified nothing that could be taken back.'));
    if (cannot > 0)
      void notices.showWarning(
        vscode.l10n.t(
          '{0} messages had no such member before; the service knows no call that takes one away.',
          cannot,
        ),
      );
    const end = await this.begin(plan);
    // What was taken back is not to be continued.
    if (end && head && head.state.kind !== 'ended') await this.leave(id);
  }

  /** What is not known to be done would not be taken back, so that is found out first. */
  private async settle(plan: Pick<Plan, 'id' | 'connection'>): Promise<void> {
    const { connections, journal, notices, runner } = this.services;
    const { id } = plan.connection;
    const inDoubt = async (): Promise<number> =>
      (await journal.unfinished({ connectionId: id, plan: plan.id })).length;
    const count = await inDoubt();
    if (count === 0) return;
    const client = await connections.client(id, { interactive: true });
    await withProgress(vscode.l10n.t('Finding out what became of {0} messages', count), ({ signal }) =>
      runner.settle(plan, { client, signal }),
    );
    const left = await inDoubt();
    if (left > 0)
      void notices.showWarning(
        vscode.l10n.t('{0} messages are not taken back: what became of them is not known yet.', left),
      );
  }

  /** Pauses what is under way in this window. */
  pause(): void {
    this.underWay.pause();
  }

  /** The plan, whole; what a person made of its connection since counts. */
  async plan(id: string): Promise<Plan> {
    return this.today(await this.stored(id));
  }

  private async stored(id: string): Promise<Plan> {
    const plan = await this.services.store.get(id);
    if (!plan) throw new NoticeError(vscode.l10n.t('This plan is not on this machine any more.'));
    return plan;
  }

  /** With its connection as a person has it now. */
  private today(plan: Plan): Plan {
    const connection = this.services.connections.get(plan.connection.id);
    return connection ? { ...plan, connection: plainConnection(connection) } : plan;
  }

  /** Plans that were left by a pause or a crash, and that nobody runs; the newest first. */
  async left(): Promise<PlanHead[]> {
    const { store, runner } = this.services;
    const heads = await store.left();
    const free = await Promise.all(heads.map(({ id }) => runner.isFree(id)));
    return heads.filter((_, index) => free[index]);
  }

  /** Finds out what imports came to whose end nobody knows. Nobody is asked, and nothing is sent. */
  async settleImports(connectionId?: string): Promise<void> {
    const { connections, journal, runner, store } = this.services;
    const doubts = await journal.unfinishedImports({ connectionId });
    for (const id of new Set(doubts.map(({ plan = '' }) => plan))) {
      const plan = await store.get(id);
      const client = plan && (await connections.client(plan.connection.id).catch(() => undefined));
      if (client) await runner.settleImport(plan, client);
    }
  }

  /** Offers in one notice what was left, after a restart. */
  async offer(): Promise<void> {
    const [head, ...more] = await this.left();
    if (!head) return;
    const { runner, notices } = this.services;
    const report = await runner.report(await this.plan(head.id));
    const counts = countsText(head, report);
    const text =
      more.length === 0
        ? vscode.l10n.t('{0} did not end: {1}.', planName(head), counts)
        : vscode.l10n.t(
            '{0} did not end: {1}. {2} others did not end either.',
            planName(head),
            counts,
            more.length,
          );
    await notices.showInfo(text, ...leftActions(head, report));
  }

  dispose(): void {
    this.underWay.dispose();
  }

  /** Reads what a plan will find. A sandbox, which nobody is asked about, is read as it goes. */
  private async preview(plan: Plan, left: readonly LeftOut[]): Promise<Preview | undefined> {
    const { connection, items } = plan;
    if (connection.environment === 'sandbox' || items.length === 0) return { plan, left };
    const { connections, pace } = this.services;
    const client = await connections.client(connection.id, { interactive: true });
    const found = await withProgress(
      vscode.l10n.t('Reading {0} messages of {1}', items.length, connection.name),
      ({ signal, report }) => {
        const gates = planGates(pace, connection, this.shareOf(plan));
        return previewOf(plan, { client, timing: nodeTiming, gates, signal }, (read) =>
          report(vscode.l10n.t('{0} of {1}', read, items.length)),
        );
      },
    );
    return found && { plan: found.plan, left: [...left, ...found.left] };
  }

  /** Shows the changes; more than a hundred, and what is left out, as a table, too. */
  private async show(preview: Preview): Promise<void> {
    const { changes, pages } = this.services;
    const { plan, left } = preview;
    if (plan.items.length > SHOWN || left.length > 0)
      await pages.show(`plan/${plan.id}/${vscode.l10n.t('Plan')}.txt`, planTable(preview), {
        preview: false,
        preserveFocus: true,
      });
    await changes.show(vscode.l10n.t('Changes of {0} messages', plan.items.length), changesOf(plan));
  }

  private async carryOut(
    plan: Plan,
    { retryRefused = false, left = [] }: { retryRefused?: boolean; left?: readonly LeftOut[] },
  ): Promise<PlanRunEnd> {
    const { end, found } = await this.underWay.run(plan, {
      retryRefused,
      perSecond: this.speedOf(plan),
      share: this.shareOf(plan),
    });
    await tellEnd(this.services, { plan, end, left, found });
    return end;
  }

  private shareOf({ connection }: Plan): number {
    return shareOf(connection, this.services.read.read(settings.plansShareInProduction) / 100);
  }

  private speedOf(plan: Plan): number {
    return planSpeed(plan, this.shareOf(plan));
  }
}

/** What a plan changes, message by message. */
export function changesOf({ connection, items }: Plan): PlannedChange[] {
  return items.map(({ address, base, content }) => ({
    ref: { connectionId: connection.id, address },
    before: base,
    after: { ...base, ...content },
  }));
}
