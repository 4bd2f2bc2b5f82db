import * as vscode from 'vscode';
import { planGates } from '../bulk/planGates';
import type { Pace } from '../bulk/pace';
import { importOf, type Plan } from '../bulk/plan';
import type { PlanRunEnd, PlanRunner } from '../bulk/planRunner';
import type { PlanEvent, PlanProgress } from '../bulk/runOptions';
import { addressKey, type MessageRef } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { statusItemIds } from '../contributions/ids';
import { isDraft } from '../documents/knowledge';
import type { MessageDocuments } from '../documents/messageDocuments';
import { changedMembers } from '../message/changes';
import { sentContent } from '../message/sentContent';
import { withProgress } from '../ui/progress';
import { Seldom } from '../ui/seldom';
import { StatusItem } from '../ui/statusBar';

/** What plans under way work with. */
export interface UnderWayServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly runner: PlanRunner;
  readonly pace: Pace;
  /** Told when messages were imported, which the tree does not show yet. */
  readonly imported: () => void;
}

/** How a plan is to be run. */
export interface UnderWayOptions {
  /** Tries what the service refused, too. */
  readonly retryRefused: boolean;
  /** Messages a second that it modifies at most. */
  readonly perSecond: number;
  /** How much of what plans may use of the calls it may, 0 < share ≤ 1. */
  readonly share: number;
}

/** The window has other things to do than to say how each message ended. */
const REST_MS = 500;

type Why = 'asked' | 'cancelled';

/** The plans that this window carries out: shows how they get on, and has tree, editors and lists follow. */
export class PlansUnderWay implements vscode.Disposable {
  private readonly status = new StatusItem(statusItemIds.plan, 90);
  /** What stops each run; of a plan there may be another one, which finds it taken. */
  private readonly stops = new Set<(why: Why) => void>();

  constructor(private readonly services: UnderWayServices) {}

  /** Pauses all; calls under way are waited for. */
  pause(): void {
    for (const stop of this.stops) stop('asked');
  }

  dispose(): void {
    this.pause();
    this.status.dispose();
  }

  /** Runs what is left of a plan. @returns how it ended, and what the service shows of messages in conflict */
  async run(
    plan: Plan,
    { retryRefused, perSecond, share }: UnderWayOptions,
  ): Promise<{ readonly end: PlanRunEnd; readonly found: ReadonlyMap<string, MessageContent> }> {
    const { connections, runner, pace } = this.services;
    const client = await connections.client(plan.connection.id, { interactive: true });
    const abort = new AbortController();
    let why: Why = 'asked';
    const stop = (reason: Why): void => {
      why = reason;
      abort.abort();
    };
    this.stops.add(stop);
    const followed: Promise<void>[] = [];
    const found = new Map<string, MessageContent>();
    try {
      const end = await withProgress(titleOf(plan), ({ signal, report }) => {
        const progress = new Seldom(this.teller(plan, report), REST_MS);
        signal.addEventListener('abort', () => stop('cancelled'));
        const run = runner.run(plan, {
          client,
          gates: planGates(pace, plan.connection, share),
          perSecond,
          signal: abort.signal,
          whyStopped: () => why,
          retryRefused,
          onProgress: (news) => progress.say(news),
          onEvent: (event) => {
            if (event.end === 'conflict' && event.content)
              found.set(addressKey(event.address), event.content);
            followed.push(this.follow(plan, event));
          },
        });
        return run.finally(() => progress.dispose());
      });
      await Promise.all(followed);
      return { end, found };
    } finally {
      if (importOf(plan)) this.services.imported();
      this.stops.delete(stop);
      if (this.stops.size === 0) this.status.hide();
    }
  }

  /** Says how a run gets on, in the notification and in the status bar, where it can be paused. */
  private teller(plan: Plan, report: (message: string) => void): (progress: PlanProgress) => void {
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
        tooltip: importOf(plan)
          ? vscode.l10n.t('{0} messages were imported so far. Click to pause.', done)
          : vscode.l10n.t('{0} messages were modified so far. Click to pause.', done),
        command: asCommand(vscode.l10n.t('Pause'), commands.planPause),
      });
    };
  }

  private async follow({ connection }: Plan, { address, end, content, sent }: PlanEvent): Promise<void> {
    const { documents } = this.services;
    const ref: MessageRef = { connectionId: connection.id, address };
    if (end === 'recalled') {
      await documents.recalled(ref);
      return;
    }
    if (!content) return;
    const known = documents.peek(ref);
    const draft =
      known && isDraft(known) && (end === 'done' || end === 'nothingToDo') ? known.draft : undefined;
    const mine = draft === undefined ? undefined : sentContent(draft);
    // A draft that says what was sent was sent.
    if (draft !== undefined && mine && changedMembers(sent, mine).length === 0)
      await documents.modified(ref, draft, content);
    else await documents.serviceShows(ref, content);
  }
}

function titleOf({ origin, items, connection }: Plan): string {
  switch (origin.kind) {
    case 'rollback':
      return vscode.l10n.t('Rolling back {0} messages of {1}, Cancel pauses', items.length, connection.name);
    case 'import':
      return vscode.l10n.t('Importing {0} messages into {1}, Cancel pauses', items.length, connection.name);
    case 'list':
    case 'drafts':
      return vscode.l10n.t('Modifying {0} messages of {1}, Cancel pauses', items.length, connection.name);
  }
}
