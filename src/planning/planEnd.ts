import * as vscode from 'vscode';
import { mayBeTakenIn, type LeftOut } from '../bulk/preview';
import { importOf, type Plan } from '../bulk/plan';
import type { PlanRunEnd } from '../bulk/planRunner';
import { mayBeTried, type PlanReport, type ReportRow } from '../bulk/report';
import { addressKey } from '../chat/address';
import { chatCalls } from '../chat/chats/chatCalls';
import { ChatServiceError } from '../chat/errors';
import type { MessageContent } from '../chat/chatMessage';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { messageUri } from '../documents/messageRef';
import type { ItemEnd, ListDocuments } from '../listEditing/listDocuments';
import type { NoticeAction } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { openDocument } from '../ui/openDocument';
import { leftCounts } from './leftTexts';
import { countsText, endText, pauseText } from './planTexts';

/** What the end of a plan is told to. */
export interface PlanEndServices {
  readonly lists: ListDocuments;
  /** Shows at its place in a message's document what the service refused. */
  readonly problems: { refused(uri: vscode.Uri, error: ChatServiceError): Promise<void> };
  readonly notices: Notices;
}

/** What is known of a plan that stopped, beside its report. */
export interface Stopped {
  readonly plan: Plan;
  readonly end: PlanRunEnd;
  /** What was left out before it began. */
  readonly left: readonly LeftOut[];
  /** What the service shows of messages in conflict. */
  readonly found: ReadonlyMap<string, MessageContent>;
}

/** So many refusals are shown at their drafts; an editor's document is opened for each. */
const REFUSALS_SHOWN = 50;

/** Shows how a plan ended, at the places it was made from and in a notice, with what can be done then. */
export async function tellEnd(services: PlanEndServices, stopped: Stopped): Promise<void> {
  const { notices } = services;
  const { plan, end, left } = stopped;
  if (end.kind === 'busy') {
    void notices.showWarning(
      end.holder.own
        ? vscode.l10n.t('The plan is under way already.')
        : vscode.l10n.t('The plan is under way in another window.'),
    );
    return;
  }
  const { report } = end;
  if (plan.origin.kind === 'list') await followList(services, stopped, report);
  if (plan.origin.kind === 'drafts') await followDrafts(services, plan, report);
  const showReport = asCommand(vscode.l10n.t('Show Report'), commands.planReport, plan.id);
  if (end.kind === 'paused') {
    const counts = countsText(plan, report);
    const text =
      end.error === undefined
        ? vscode.l10n.t('{0} {1}.', pauseText(end.why), counts)
        : vscode.l10n.t('{0} {1} {2}.', pauseText(end.why), notices.message(end.error), counts);
    void notices.showWarning(text, ...leftActions(plan, report), showReport);
    return;
  }
  const { counts, rows } = report;
  const allDone = counts.done + counts.nothingToDo === rows.length && !left.some(mayBeTakenIn);
  const back = asCommand(vscode.l10n.t('Roll Back'), commands.planRollBack, plan.id);
  const failed = counts.refused > 0 || rows.some(mayBeTried);
  const actions = [
    ...(failed ? [asCommand(vscode.l10n.t('Retry What Failed'), commands.planRetry, plan.id)] : []),
    ...(counts.done > 0 && !importOf(plan) ? [back] : []),
    showReport,
  ];
  const { leftOut = [] } = plan;
  const text = [
    vscode.l10n.t('{0}.', countsText(plan, report)),
    leftCounts(left),
    leftOut.length > 0 ? vscode.l10n.t('{0} were left out.', leftOut.length) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
  void (allDone ? notices.showInfo(text, ...actions) : notices.showWarning(text, ...actions));
}

/** What can be done with a plan that did not end. */
export function leftActions(plan: Pick<Plan, 'id' | 'origin'>, { counts }: PlanReport): NoticeAction[] {
  const { id } = plan;
  return [
    asCommand(vscode.l10n.t('Continue'), commands.planContinue, id),
    ...(counts.refused > 0 ? [asCommand(vscode.l10n.t('Retry What Failed'), commands.planRetry, id)] : []),
    ...(importOf(plan) ? [] : [asCommand(vscode.l10n.t('Roll Back'), commands.planRollBack, id)]),
    asCommand(vscode.l10n.t('Leave'), commands.planLeave, id),
  ];
}

/** The list that a plan was made of rests on what was carried out, and says at its items what was not. */
async function followList(
  { lists, notices }: PlanEndServices,
  { plan, left, found }: Stopped,
  report: PlanReport,
): Promise<void> {
  if (plan.origin.kind !== 'list') return;
  const done = new Map<string, MessageContent>();
  const ends = new Map<string, ItemEnd>();
  const { Error: severity } = vscode.DiagnosticSeverity;
  for (const { item, why, content } of left) {
    const key = addressKey(item.address);
    if (why === 'nothingToDo' && content) done.set(key, content);
    const how = why === 'conflict' || why === 'recalled' || why === 'gone' || why === 'unreadable';
    const text = how ? endText(why) : undefined;
    if (text !== undefined) ends.set(key, { severity, text, ...(content && { service: content }) });
  }
  for (const row of report.rows) {
    const { address, end: how, revision, code, index } = row;
    const key = addressKey(address);
    const item = plan.items[index];
    if (!item) continue;
    // Not what was read back: what differs there somebody may have made since, and the next plan asks about it.
    if (how === 'done' || how === 'nothingToDo') done.set(key, { ...item.base, ...item.content });
    const text = endText(how);
    if (text === undefined) continue;
    const service = how === 'conflict' ? (found.get(key) ?? revision?.outcome.readBack) : undefined;
    ends.set(key, {
      severity,
      text: code === undefined ? text : `${text} ${notices.message(answerOf(row, code))}`,
      ...(code !== undefined && { code }),
      ...(service && { service }),
    });
  }
  const uri = vscode.Uri.parse(plan.origin.uri);
  const document = openDocument(uri);
  await lists.ended(uri, done, ends, document?.getText() ?? '');
}

/** What the service refused stands at its place in the draft. */
async function followDrafts(
  { problems }: PlanEndServices,
  { connection }: Plan,
  { rows }: PlanReport,
): Promise<void> {
  const refused = rows.filter(({ end, code }) => end === 'refused' && code !== undefined);
  for (const row of refused.slice(0, REFUSALS_SHOWN)) {
    const { address, code = 0 } = row;
    await problems.refused(messageUri({ connectionId: connection.id, address }), answerOf(row, code));
  }
}

/** What the service answered to the modification of a message. */
function answerOf({ address, revision }: ReportRow, code: number): ChatServiceError {
  return new ChatServiceError(chatCalls[address.chat].modify, code, revision?.outcome.info ?? '');
}
