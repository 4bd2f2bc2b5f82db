import * as vscode from 'vscode';
import type { LeftOutReason, Plan } from '../bulk/plan';
import { byChat } from '../chat/byChat';
import { appLine } from '../connections/names';
import type { AskImport } from '../planning/plans';
import { askInDialog, showNotice } from '../ui/messages';
import type { Pages } from '../ui/pages';
import { askText } from '../ui/wizard';

/** Asks once for a whole import, whose report stands in an editor as soon as one wants to see it. */
export function importQuestion(pages: Pages): AskImport {
  return async (plan, perSecond) => {
    for (let shown = false; ; shown = true) {
      const answer = await askForImport(plan, perSecond, shown);
      if (answer !== 'show') return answer === 'import';
      const page = pages.write('import/report.json', importPage(plan));
      await vscode.commands.executeCommand('vscode.open', page);
    }
  };
}

/**
 * A sandbox does not ask; in production the count is typed.
 *
 * @param shown its report stands in an editor already, so that no dialog may stand before it
 */
async function askForImport(
  { connection, items, accounts = [], leftOut = [] }: Plan,
  perSecond: number,
  shown: boolean,
): Promise<'import' | 'show' | 'cancel'> {
  if (connection.environment === 'sandbox') return 'import';
  const count = items.length;
  const run = vscode.l10n.t('Import {0}', count);
  const show = vscode.l10n.t('Show Report');
  const asked =
    count === 1
      ? vscode.l10n.t('Import 1 message into {0}?', connection.name)
      : vscode.l10n.t('Import {0} messages into {1}?', count, connection.name);
  const lines = [
    appLine(connection),
    vscode.l10n.t('Conversations: {0}', byChat(items).length),
    vscode.l10n.t('Left out: {0}', leftOut.length),
    ...(accounts.length > 0 ? [vscode.l10n.t('Accounts that are imported first: {0}', accounts.length)] : []),
    vscode.l10n.t(
      'Pace: up to {0} messages a second, so that others can use the app meanwhile',
      Math.floor(perSecond),
    ),
    vscode.l10n.t('They go into history without webhooks or pushes. No call takes an import back.'),
  ];
  const chosen = shown ? await showNotice('info', asked, run) : await askInDialog(asked, lines, run, show);
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

/** What is planned, and of each message that is not imported why. */
export function importPage({ origin, connection, accounts = [], items, leftOut = [] }: Plan): string {
  const page = {
    ...('title' in origin && { list: origin.title }),
    connection: connection.name,
    sdkAppId: connection.sdkAppId,
    accountsImportedFirst: accounts,
    conversations: byChat(items).map((one) => ({ ...one.chat, messages: one.items.length })),
    toImport: items.length,
    notImported: leftOut.map(({ index, reason, address, code }) => ({
      ...(index >= 0 && { item: index + 1 }),
      reason: reasonText(reason),
      ...(code !== undefined && { code }),
      ...(address && { address }),
    })),
  };
  return `${JSON.stringify(page, null, 2)}\n`;
}

/** Why a message of a list is not imported. */
export function reasonText(reason: LeftOutReason): string {
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
