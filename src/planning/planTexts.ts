import * as vscode from 'vscode';
import { importOf, type PauseReason, type Plan } from '../bulk/plan';
import type { PlanHead } from '../bulk/planStore';
import type { PlanEnd, PlanReport } from '../bulk/report';
import { shortTime } from '../ui/times';

/** A plan as a person tells it from others. */
export function planName(head: PlanHead): string {
  const { count, connection, at } = head;
  const when = shortTime(at / 1000, Date.now() / 1000);
  if (importOf(head)) {
    return count === 1
      ? vscode.l10n.t('The import of 1 message into {0}, {1}', connection.name, when)
      : vscode.l10n.t('The import of {0} messages into {1}, {2}', count, connection.name, when);
  }
  return count === 1
    ? vscode.l10n.t('The plan for 1 message of {0}, {1}', connection.name, when)
    : vscode.l10n.t('The plan for {0} messages of {1}, {2}', count, connection.name, when);
}

/** What became of the messages of a plan, in a line. */
export function countsText(plan: Pick<Plan, 'origin'>, { counts, rows }: PlanReport): string {
  const parts = [doneCount(plan, counts.done, rows.length)];
  for (const end of told) if (counts[end] > 0) parts.push(endCount(end, counts[end]));
  return parts.join(', ');
}

function doneCount({ origin }: Pick<Plan, 'origin'>, done: number, all: number): string {
  switch (origin.kind) {
    case 'import':
      return vscode.l10n.t('{0} of {1} messages were imported', done, all);
    case 'rollback':
      return vscode.l10n.t('{0} of {1} messages were taken back', done, all);
    case 'list':
    case 'drafts':
      return vscode.l10n.t('{0} of {1} messages were modified', done, all);
  }
}

const told: readonly Exclude<PlanEnd, 'done'>[] = [
  'refused',
  'conflict',
  'recalled',
  'gone',
  'unknown',
  'unreadable',
  'busy',
  'nothingToDo',
  'notTried',
];

function endCount(end: Exclude<PlanEnd, 'done'>, count: number): string {
  switch (end) {
    case 'refused':
      return vscode.l10n.t('{0} refused by the service', count);
    case 'conflict':
      return vscode.l10n.t('{0} changed on the service meanwhile', count);
    case 'recalled':
      return vscode.l10n.t('{0} recalled', count);
    case 'gone':
      return vscode.l10n.t('{0} gone', count);
    case 'unknown':
      return vscode.l10n.t('{0} not known', count);
    case 'unreadable':
      return vscode.l10n.t('{0} could not be read', count);
    case 'busy':
      return vscode.l10n.t('{0} being modified elsewhere', count);
    case 'nothingToDo':
      return vscode.l10n.t('{0} were so already', count);
    case 'notTried':
      return vscode.l10n.t('{0} not tried', count);
  }
}

/** How one message of a plan ended, for its place in a list. Nothing for those that need no word. */
export function endText(end: PlanEnd): string | undefined {
  switch (end) {
    case 'refused':
      return vscode.l10n.t('The service refused this change.');
    case 'conflict':
      return vscode.l10n.t('Not sent: the message was changed on the service since the list was made.');
    case 'recalled':
      return vscode.l10n.t('Not sent: the message was recalled.');
    case 'gone':
      return vscode.l10n.t('Not sent: the service does not show this message any more.');
    case 'unknown':
      return vscode.l10n.t(
        'It is not known whether this was done; that is found out when the message can be read.',
      );
    case 'unreadable':
      return vscode.l10n.t('Not sent: the message cannot be read.');
    case 'busy':
      return vscode.l10n.t('Not sent: the message is being modified elsewhere.');
    case 'done':
    case 'nothingToDo':
    case 'notTried':
      return undefined;
  }
}

/** Why a plan stands still. */
export function pauseText(why: PauseReason): string {
  switch (why) {
    case 'asked':
      return vscode.l10n.t('Paused.');
    case 'cancelled':
      return vscode.l10n.t('Cancelled.');
    case 'stopAll':
      return vscode.l10n.t('Paused: every message would get this answer.');
    case 'tenWithoutOne':
      return vscode.l10n.t('Paused after ten answers without one done.');
    case 'network':
      return vscode.l10n.t('Paused: the service cannot be reached.');
  }
}
