import * as vscode from 'vscode';
import { appLine } from '../connections/names';
import type { Connection } from '../connections/connection';
import type { LeftOutReason, ReadImport } from '../transfer/importItems';
import { chatsOf } from '../transfer/importPlan';
import type { ImportEnd } from '../transfer/importRun';
import { askInDialog } from '../ui/messages';
import { askText } from '../ui/wizard';

/** Asks once for the whole import. A sandbox does not ask; in production the count is typed. */
export async function askForImport(
  connection: Connection,
  plan: ReadImport,
  accounts: readonly string[],
  perSecond: number,
): Promise<'import' | 'show' | 'cancel'> {
  if (connection.environment === 'sandbox') return 'import';
  const count = plan.items.length;
  const run = vscode.l10n.t('Import {0}', count);
  const show = vscode.l10n.t('Show Report');
  const chosen = await askInDialog(
    vscode.l10n.t('Import {0} messages into {1}?', count, connection.name),
    [
      appLine(connection),
      vscode.l10n.t('Conversations: {0}', chatsOf(plan.items).length),
      vscode.l10n.t('Left out: {0}', plan.leftOut.length),
      ...(accounts.length > 0
        ? [vscode.l10n.t('Accounts that are imported first: {0}', accounts.length)]
        : []),
      vscode.l10n.t(
        'Pace: up to {0} messages a second, so that others can use the app meanwhile',
        Math.floor(perSecond),
      ),
      vscode.l10n.t('They go into history without webhooks or pushes. No call takes an import back.'),
    ],
    run,
    show,
  );
  if (chosen === show) return 'show';
  if (chosen !== run) return 'cancel';
  if (connection.environment === 'production')
    await askText(vscode.l10n.t('Import in Production'), {
      prompt: vscode.l10n.t('Type how many messages will be imported: {0}', count),
      validate: (text) =>
        text.trim() === String(count) ? undefined : vscode.l10n.t('There are {0} messages.', count),
    });
  return 'import';
}

/** What was planned, what became of it, and of each message that was not imported why. */
export function importPage(
  { name: connection, sdkAppId }: Connection,
  list: string,
  plan: ReadImport,
  accounts: readonly string[],
  end: ImportEnd | undefined,
): string {
  const refused = (end?.refused ?? []).map(({ index, code, info }) => ({
    item: index + 1,
    reason:
      code === undefined
        ? vscode.l10n.t('The answer was lost, and it is not known whether it is there.')
        : vscode.l10n.t('The service refused it.'),
    ...(code !== undefined && { code }),
    ...(info !== undefined && { info }),
  }));
  const report = {
    list,
    connection,
    sdkAppId,
    accountsImportedFirst: accounts,
    conversations: chatsOf(plan.items).map(([chat, items]) => ({ ...chat, messages: items.length })),
    ...(end ? { imported: end.done, notTried: end.notTried } : { toImport: plan.items.length }),
    notImported: [
      ...plan.leftOut.map(({ index, reason, address, code }) => ({
        ...(index >= 0 && { item: index + 1 }),
        reason: reasonText(reason),
        ...(code !== undefined && { code }),
        ...(address && { address }),
      })),
      ...refused,
    ],
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** How it ended, in a line. */
export function endText(end: ImportEnd, plan: ReadImport, error: string | undefined): string {
  const said = [vscode.l10n.t('{0} of {1} messages were imported.', end.done, plan.items.length)];
  if (plan.leftOut.length > 0) said.push(vscode.l10n.t('{0} were left out.', plan.leftOut.length));
  if (end.refused.length > 0) said.push(vscode.l10n.t('{0} were refused.', end.refused.length));
  if (end.notTried > 0)
    said.push(
      vscode.l10n.t('{0} were not tried: import the list again, and only they are imported.', end.notTried),
    );
  if (error !== undefined) said.push(error);
  return said.join(' ');
}

function reasonText(reason: LeftOutReason): string {
  switch (reason) {
    case 'notAMessage':
      return vscode.l10n.t('It names no message.');
    case 'recalled':
      return vscode.l10n.t('It was recalled.');
    case 'placeholder':
      return vscode.l10n.t('It is a placeholder of a message that is gone.');
    case 'system':
      return vscode.l10n.t('The service made it, and it cannot be imported.');
    case 'incomplete':
      return vscode.l10n.t('It has no content, no sender or no time.');
    case 'wrong':
      return vscode.l10n.t('The service would refuse it.');
    case 'doubled':
      return vscode.l10n.t('The list has another message with the same MsgKey between the same users.');
    case 'there':
      return vscode.l10n.t('It is there already.');
    case 'noGroup':
      return vscode.l10n.t('The group is not there.');
    case 'notNewer':
      return vscode.l10n.t('A group takes only what is newer than its newest message.');
    case 'noAccount':
      return vscode.l10n.t('Its sender or its receiver has no account.');
  }
}
