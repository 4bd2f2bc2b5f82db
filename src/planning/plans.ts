import * as vscode from 'vscode';
import { addressKey, type MessageRef } from '../chat/address';
import { chatCalls } from '../chat/chats/chatCalls';
import { ChatServiceError } from '../chat/errors';
import type { MessageContent } from '../chat/chatMessage';
import { planGates, planSpeed, shareOf } from '../bulk/planGates';
import type { Pace } from '../bulk/pace';
import type { Plan } from '../bulk/plan';
import type { PlanRunEnd, PlanRunner } from '../bulk/planRunner';
import type { PlanHead, PlanStore } from '../bulk/planStore';
import { rollbackOf } from '../bulk/rollback';
import type { PlanEvent, PlanProgress } from '../bulk/runOptions';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { statusItemIds } from '../contributions/ids';
import { settings, type Settings } from '../contributions/settings';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { Journal } from '../journal/journal';
import type { ItemEnd, ListDocuments } from '../listEditing/listDocuments';
import { NoticeError, type NoticeAction } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { StatusItem } from '../ui/statusBar';
import type { PlanChanges } from './planChanges';
import { type PlannedChange } from './planChanges';
import { askForPlan } from './planQuestion';
import { countsText, endText, pauseText, planName } from './planTexts';

/** What plans work with. */
export interface PlanServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly lists: ListDocuments;
  readonly journal: Journal;
  readonly store: PlanStore;
  readonly runner: PlanRunner;
  readonly pace: Pace;
  readonly changes: PlanChanges;
  readonly notices: Notices;
  readonly read: Settings;
}

/** A plan takes about so many bytes a message in the journal beside its contents. */
const ENTRY_BYTES = 900;

/** Carries plans out as a person sees it: asks, shows how they get on and end, and what can be done then. */
export class Plans implements vscode.Disposable {
  private readonly status = new StatusItem(statusItemIds.plan, 90);
  /** Plans under way in this window, and what stops each. */
  private readonly running = new Map<string, (why: 'asked' | 'cancelled') => void>();

  constructor(private readonly services: PlanServices) {}

  /**
   * Writes a plan down, asks, and carries it out.
   * @returns undefined when the person did not want it, which leaves nothing behind
   */
  async begin(plan: Plan): Promise<PlanRunEnd | undefined> {
    const { store, changes } = this.services;
    this.demandFit(plan);
    const answer = await askForPlan(plan, this.speedOf(plan));
    if (answer === 'show')
      await changes.show(vscode.l10n.t('Changes of {0} messages', plan.items.length), changesOf(plan));
    if (answer !== 'modify') return undefined;
    await store.add(plan);
    return this.carryOut(plan, false);
  }

  /** Runs what is left of a plan. */
  async continue(id: string, retryRefused: boolean): Promise<void> {
    await this.carryOut(await this.plan(id), retryRefused);
  }

  /** Gives up what is left of a plan. */
  async leave(id: string): Promise<void> {
    await this.services.runner.leave(await this.plan(id));
  }

  /** Takes a plan back by another one. */
  async rollBack(id: string): Promise<void> {
    const { journal, notices } = this.services;
    const head = await this.services.store.head(id);
    const [newest] = await journal.list({ plan: id, limit: 1 });
    const connection = head?.connection ?? newest?.connection;
    if (!connection) throw new NoticeError(vscode.l10n.t('Nothing of this plan is in the journal any more.'));
    if (this.running.has(id))
      throw new NoticeError(vscode.l10n.t('The plan is under way. Pause or cancel it first.'));
    const { plan, cannot } = await rollbackOf(id, connection, journal, Date.now());
    if (plan.items.length === 0)
      throw new NoticeError(vscode.l10n.t('The plan modified nothing that could be taken back.'));
    if (cannot > 0)
      void notices.showWarning(
        vscode.l10n.t(
          '{0} messages had no such member before; the service knows no call that takes one away.',
          cannot,
        ),
      );
    await this.begin(plan);
  }

  /** Pauses what is under way in this window. */
  pause(): void {
    for (const stop of this.running.values()) stop('asked');
  }

  /** The plan, whole. */
  async plan(id: string): Promise<Plan> {
    const plan = await this.services.store.get(id);
    if (!plan) throw new NoticeError(vscode.l10n.t('This plan is not on this machine any more.'));
    return plan;
  }

  /** Plans that were left by a pause or a crash, and that nobody runs; the newest first. */
  async left(): Promise<PlanHead[]> {
    return (await this.services.store.left()).filter(({ id }) => !this.running.has(id));
  }

  /** Offers in one notice what was left, after a restart. */
  async offer(): Promise<void> {
    const [head, ...more] = await this.left();
    if (!head) return;
    const { runner, notices } = this.services;
    const counts = countsText(await runner.report(await this.plan(head.id)));
    const text =
      more.length === 0
        ? vscode.l10n.t('{0} did not end: {1}.', planName(head), counts)
        : vscode.l10n.t(
            '{0} did not end: {1}. {2} others did not end either.',
            planName(head),
            counts,
            more.length,
          );
    await notices.showInfo(text, ...leftActions(head.id));
  }

  dispose(): void {
    for (const stop of this.running.values()) stop('asked');
    this.status.dispose();
  }

  private async carryOut(plan: Plan, retryRefused: boolean): Promise<PlanRunEnd> {
    const { connections, runner, pace, read } = this.services;
    const client = await connections.client(plan.connection.id, { interactive: true });
    const abort = new AbortController();
    let why: 'asked' | 'cancelled' = 'asked';
    const stop = (reason: 'asked' | 'cancelled'): void => {
      why = reason;
      abort.abort();
    };
    this.running.set(plan.id, stop);
    const followed: Promise<void>[] = [];
    const found = new Map<string, MessageContent>();
    const share = shareOf(plan.connection, read.read(settings.plansShareInProduction) / 100);
    try {
      const end = await withProgress(
        plan.origin.kind === 'rollback'
          ? vscode.l10n.t('Rolling back {0} messages of {1}', plan.items.length, plan.connection.name)
          : vscode.l10n.t('Modifying {0} messages of {1}', plan.items.length, plan.connection.name),
        ({ signal, report }) => {
          signal.addEventListener('abort', () => stop('cancelled'));
          const told = this.teller(report);
          return runner.run(plan, {
            client,
            gates: planGates(pace, plan.connection, share),
            perSecond: this.speedOf(plan),
            signal: abort.signal,
            whyStopped: () => why,
            retryRefused,
            onProgress: told,
            onEvent: (event) => {
              if (event.end === 'conflict' && event.content)
                found.set(addressKey(event.address), event.content);
              followed.push(this.follow(plan, event));
            },
          });
        },
      );
      await Promise.all(followed);
      await this.ended(plan, end, found);
      return end;
    } finally {
      this.running.delete(plan.id);
      if (this.running.size === 0) this.status.hide();
    }
  }

  /** Says how a run gets on, in the notification and in the status bar, where it can be paused. */
  private teller(report: (message: string) => void): (progress: PlanProgress) => void {
    const began = performance.now();
    let first: number | undefined;
    return ({ total, ended, done, refused }) => {
      first ??= ended;
      const seconds = (performance.now() - began) / 1000;
      const rate = seconds > 1 ? (ended - first) / seconds : 0;
      const parts = [vscode.l10n.t('{0} of {1}', ended, total)];
      if (refused > 0) parts.push(vscode.l10n.t('{0} refused', refused));
      if (rate > 0) {
        parts.push(vscode.l10n.t('{0} a second', Math.round(rate)));
        parts.push(vscode.l10n.t('{0} s left', Math.ceil((total - ended) / rate)));
      }
      report(parts.join(' · '));
      this.status.show({
        name: vscode.l10n.t('Plan Under Way'),
        parts: [{ text: vscode.l10n.t('{0} of {1}', ended, total), icon: 'debug-pause' }],
        tooltip: vscode.l10n.t('{0} messages were modified so far. Click to pause.', done),
        command: asCommand(vscode.l10n.t('Pause'), commands.planPause),
      });
    };
  }

  /** Tree, open editors and lists follow as it goes. */
  private async follow({ connection }: Plan, { address, end, content }: PlanEvent): Promise<void> {
    const { documents } = this.services;
    const ref: MessageRef = { connectionId: connection.id, address };
    if (end === 'recalled') await documents.recalled(ref);
    else if (content) await documents.serviceShows(ref, content);
  }

  private async ended(
    plan: Plan,
    end: PlanRunEnd,
    found: ReadonlyMap<string, MessageContent>,
  ): Promise<void> {
    const { notices } = this.services;
    if (end.kind === 'busy') {
      void notices.showWarning(
        end.holder.own
          ? vscode.l10n.t('The plan is under way already.')
          : vscode.l10n.t('The plan is under way in another window.'),
      );
      return;
    }
    await this.followList(plan, end, found);
    const { report } = end;
    const showReport = asCommand(vscode.l10n.t('Show Report'), commands.planReport, plan.id);
    if (end.kind === 'paused') {
      const counts = countsText(report);
      const text =
        end.error === undefined
          ? vscode.l10n.t('{0} {1}.', pauseText(end.why), counts)
          : vscode.l10n.t('{0} {1} {2}.', pauseText(end.why), notices.message(end.error), counts);
      void notices.showWarning(text, ...leftActions(plan.id), showReport);
      return;
    }
    const { counts, rows } = report;
    const allDone = counts.done + counts.nothingToDo === rows.length;
    const back = asCommand(vscode.l10n.t('Roll Back'), commands.planRollBack, plan.id);
    const retry = asCommand(vscode.l10n.t('Retry What Failed'), commands.planRetry, plan.id);
    const failed = counts.refused + counts.unreadable + counts.busy + counts.notTried > 0;
    const actions = [...(failed ? [retry] : []), ...(counts.done > 0 ? [back] : []), showReport];
    const text = vscode.l10n.t('{0}.', countsText(report));
    void (allDone ? notices.showInfo(text, ...actions) : notices.showWarning(text, ...actions));
  }

  /** The list that a plan was made of rests on what was carried out, and says at its items what was not. */
  private async followList(
    plan: Plan,
    end: Exclude<PlanRunEnd, { kind: 'busy' }>,
    found: ReadonlyMap<string, MessageContent>,
  ): Promise<void> {
    if (plan.origin.kind !== 'list') return;
    const { lists, notices } = this.services;
    const uri = vscode.Uri.parse(plan.origin.uri);
    const done = new Map<string, MessageContent>();
    const ends = new Map<string, ItemEnd>();
    for (const { address, end: how, revision, code, index } of end.report.rows) {
      const key = addressKey(address);
      const item = plan.items[index];
      if (!item) continue;
      if (how === 'done') done.set(key, revision?.outcome.readBack ?? { ...item.base, ...item.content });
      if (how === 'nothingToDo') done.set(key, { ...item.base, ...item.content });
      const text = endText(how);
      if (text === undefined) continue;
      const service = how === 'conflict' ? (found.get(key) ?? revision?.outcome.readBack) : undefined;
      ends.set(key, {
        severity: vscode.DiagnosticSeverity.Error,
        text:
          code === undefined
            ? text
            : `${text} ${notices.message(new ChatServiceError(chatCalls[address.chat].modify, code, revision?.outcome.info ?? ''))}`,
        ...(code !== undefined && { code }),
        ...(service && { service }),
      });
    }
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    await lists.ended(uri, done, ends, document?.getText() ?? '');
  }

  private speedOf({ connection, items }: Plan): number {
    const share = shareOf(connection, this.services.read.read(settings.plansShareInProduction) / 100);
    return planSpeed(items[0]?.address.chat ?? 'c2c', share);
  }

  /** A plan that would be refused anyway, or whose before-images would not stay, is told before it starts. */
  private demandFit({ connection, items }: Plan): void {
    const { journal, read } = this.services;
    const most = read.read(settings.plansMaxInProduction);
    if (connection.environment === 'production' && items.length > most)
      throw new NoticeError(
        vscode.l10n.t(
          'In production one plan may modify {0} messages; this one has {1}.',
          most,
          items.length,
        ),
        [openSetting(settings.plansMaxInProduction.id)],
      );
    const bytes = items.reduce(
      (sum, { base, content }) => sum + ENTRY_BYTES + lengthOf(base) * 2 + lengthOf(content) * 2,
      0,
    );
    if (!journal.fits(bytes))
      throw new NoticeError(
        vscode.l10n.t(
          'What these messages are now would not fit into the journal: about {0} MB. Give it more room, or modify fewer messages.',
          Math.ceil(bytes / 1024 / 1024),
        ),
        [openSetting(settings.journalMaxSizeMB.id)],
      );
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

function leftActions(id: string): NoticeAction[] {
  return [
    asCommand(vscode.l10n.t('Continue'), commands.planContinue, id),
    asCommand(vscode.l10n.t('Roll Back'), commands.planRollBack, id),
    asCommand(vscode.l10n.t('Leave'), commands.planLeave, id),
  ];
}

function openSetting(id: string): NoticeAction {
  return { title: vscode.l10n.t('Open Settings'), command: 'workbench.action.openSettings', arguments: [id] };
}

function lengthOf({ msgBody = '', cloudCustomData = '' }: MessageContent): number {
  return msgBody.length + cloudCustomData.length;
}
