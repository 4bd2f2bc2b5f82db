import * as vscode from 'vscode';
import type { AccountsArgument } from '../contributions/arguments';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import { importAccounts as importAndFindOut } from '../modify/accountImport';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { askText } from '../ui/wizard';
import { pickConnection } from './pickConnection';
import { askInDialog } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';

/** Accounts whose import may be asked for at once; the offers name two. */
const MOST = 100;

/**
 * Imports the accounts that are named, or the one that the person types. One that is there already is imported again,
 * which changes nothing of it.
 *
 * @throws NoticeError when a name is not a UserID
 */
export async function importAccounts(
  { connections }: { readonly connections: Connections },
  argument: AccountsArgument | undefined,
): Promise<void> {
  const title = vscode.l10n.t('Import Account');
  const connection = await pickConnection(connections, argument, title);
  const userIds = await accountsToImport(connection, argument?.userIds ?? [], title);
  const client = await connections.client(connection.id, { interactive: true });
  const names = userIds.join(', ');
  const outcome = await withProgress(vscode.l10n.t('Importing {0}…', names), ({ signal }) =>
    importAndFindOut(client, userIds, { signal }),
  );
  switch (outcome.kind) {
    case 'done':
      break;
    case 'refused':
    case 'unreachable':
      throw outcome.error;
    case 'unknown':
      throw new NoticeError(
        vscode.l10n.t(
          'It is not known whether {0} was imported: the service cannot be asked. Import again, which changes nothing about an account that is there.',
          names,
        ),
        [],
        { cause: outcome.error },
      );
    case 'cancelled':
      throw new vscode.CancellationError();
  }
  if (outcome.failed.length > 0) {
    throw new NoticeError(vscode.l10n.t('The service did not import {0}.', outcome.failed.join(', ')));
  }
  sayInStatusBar(
    userIds.length === 1
      ? vscode.l10n.t('{0} has an account now.', names)
      : vscode.l10n.t('{0} have accounts now.', names),
  );
}

async function accountsToImport(
  connection: Connection,
  named: readonly string[],
  title: string,
): Promise<readonly string[]> {
  if (named.length === 0) {
    return [await askText(title, { prompt: vscode.l10n.t('UserID of the account'), validate: checkUserId })];
  }
  const userIds = [...new Set(named)];
  const complaint = userIds.map(checkUserId).find((one) => one !== undefined);
  if (complaint !== undefined) throw new NoticeError(complaint);
  if (userIds.length > MOST) throw new NoticeError(vscode.l10n.t('At most {0} accounts at once.', MOST));
  if (connection.environment === 'production' && !(await confirmed(connection, userIds))) {
    throw new vscode.CancellationError();
  }
  return userIds;
}

/** Whoever typed a name has chosen it; names that came with a button or a link are shown before they are sent. */
async function confirmed({ name, sdkAppId }: Connection, userIds: readonly string[]): Promise<boolean> {
  const run = vscode.l10n.t('Import');
  const chosen = await askInDialog(
    vscode.l10n.t('Import accounts into PRODUCTION?'),
    [vscode.l10n.t('App: {0} ({1})', name, sdkAppId), userIds.join(', ')],
    run,
  );
  return chosen === run;
}
