import * as vscode from 'vscode';
import { planRate, type Pace, type PacedCall } from '../bulk/pace';
import { shareOf } from '../bulk/planGates';
import { specOf, type CallName } from '../chat/calls/specs';
import type { ChatAddress } from '../chat/address';
import type { ChatClient } from '../chat/client';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { CommandHandlers } from '../contributions/commands';
import { settings, type Settings } from '../contributions/settings';
import { importAccounts } from '../modify/accountImport';
import {
  accountsIn,
  readImport,
  withAccounts,
  type ImportItem,
  type ReadImport,
} from '../transfer/importItems';
import { planImport } from '../transfer/importPlan';
import { runImport, type ImportEnd } from '../transfer/importRun';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import type { Pages } from '../ui/pages';
import { withProgress } from '../ui/progress';
import { askPick, askText } from '../ui/wizard';
import type { ExplorerView } from '../views/conversations/explorerView';
import { checkUserId } from '../connections/inputChecks';
import { chosenList, readList } from './fixtureCommands';
import { askForImport, endText, importPage } from './importTexts';
import { pickConnection } from './pickConnection';

/** What *Import List…* works with. */
export interface ImportServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly notices: Notices;
  readonly pages: Pages;
  readonly pace: Pace;
  readonly read: Settings;
}

const calls: Readonly<Record<ChatAddress['chat'], CallName>> = {
  c2c: 'openim/importmsg',
  group: 'group_open_http_svc/import_group_msg',
};

/**
 * *Import List…*: the messages of a list into an app, by rising time. What is there is found first, so that an import that
 * was stopped, by whatever, goes on by importing again.
 */
export function importCommand(services: ImportServices): Pick<CommandHandlers, 'listImport'> {
  return {
    listImport: async (what) => {
      const title = vscode.l10n.t('Import List');
      const isList = what !== undefined && 'scheme' in what;
      const uri = isList ? what : await chosenList(title);
      const { text, list } = await readList(uri);
      const connection = await pickConnection(services.connections, isList ? undefined : what, title);
      const client = await services.connections.client(connection.id, { interactive: true });
      client.demand(calls.c2c);
      await importList(
        services,
        connection,
        client,
        readImport(text, list),
        vscode.workspace.asRelativePath(uri),
      );
    },
  };
}

async function importList(
  services: ImportServices,
  connection: Connection,
  client: ChatClient,
  read: ReadImport,
  name: string,
): Promise<void> {
  const { pages, notices, explorer } = services;
  const title = vscode.l10n.t('Import into {0}', connection.name);
  const chosen = await withAccountsFor(client, read, title);
  const plan = await withProgress(title, ({ signal, report }) => {
    report(vscode.l10n.t('Looking for messages that are there'));
    return planImport(client, chosen.read, new Set(chosen.accounts), signal);
  });
  const page = (end?: ImportEnd): vscode.Uri =>
    pages.write('import/report.json', importPage(connection, name, plan, chosen.accounts, end));
  const look = { title: vscode.l10n.t('Show Report'), command: 'vscode.open', arguments: [page()] };
  if (plan.items.length === 0)
    throw new NoticeError(vscode.l10n.t('None of the {0} messages can be imported.', plan.leftOut.length), [
      look,
    ]);
  demandFit(services, connection, plan.items.length);
  const share = shareOf(connection, services.read.read(settings.plansShareInProduction) / 100);
  const paced = (chat: ChatAddress['chat']): PacedCall => ({
    endpoint: connection.endpoint,
    sdkAppId: connection.sdkAppId,
    command: calls[chat],
    perSecond: specOf(calls[chat]).perSecond,
    share,
  });
  const answer = await askForImport(connection, plan, chosen.accounts, planRate(paced('c2c')));
  if (answer === 'show') await vscode.commands.executeCommand('vscode.open', page());
  if (answer !== 'import') return;
  const end = await withProgress(title, async ({ signal, report }) => {
    if (chosen.accounts.length > 0) await importMissing(client, chosen.accounts, signal);
    return runImport(client, plan.items, {
      gates: { c2c: services.pace.gate(paced('c2c')), group: services.pace.gate(paced('group')) },
      signal,
      onProgress: (done) => report(vscode.l10n.t('{0} of {1} messages', done, plan.items.length)),
    });
  });
  explorer.refresh();
  const said = endText(end, plan, end.error && notices.message(end.error));
  const report = { ...look, arguments: [page(end)] };
  const isWhole = end.notTried === 0 && end.refused.length === 0;
  // Not waited for: a notice may stay for hours.
  void (isWhole ? notices.showInfo(said, report) : notices.showWarning(said, report));
}

/** The messages, with accounts for all of them: some that are imported first, others instead, or without those that lack one. */
async function withAccountsFor(
  client: ChatClient,
  read: ReadImport,
  title: string,
): Promise<{ readonly read: ReadImport; readonly accounts: readonly string[] }> {
  for (let current = read; ;) {
    const { items, leftOut } = current;
    const missing = await withProgress(title, async ({ signal, report }) => {
      report(vscode.l10n.t('Looking for the accounts'));
      const accounts = await client.accountCheck(accountsIn(items), signal);
      return accounts.flatMap(({ userId, imported }) => (imported ? [] : [userId]));
    });
    if (missing.length === 0) return { read: current, accounts: [] };
    switch (await askForAccounts(missing, title)) {
      case 'import':
        return { read: current, accounts: missing };
      case 'leave': {
        const lacks = new Set(missing);
        const isLeft = (item: ImportItem): boolean => accountsIn([item]).some((one) => lacks.has(one));
        const left = items.filter(isLeft).map(({ index }) => ({ index, reason: 'noAccount' as const }));
        return {
          read: { items: items.filter((item) => !isLeft(item)), leftOut: [...leftOut, ...left] },
          accounts: [],
        };
      }
      case 'map': {
        const others = await askForOthers(missing, title);
        current = { items: items.map((item) => withAccounts(item, others)), leftOut };
      }
    }
  }
}

function askForAccounts(missing: readonly string[], title: string): Promise<'import' | 'map' | 'leave'> {
  const names = missing.slice(0, 5).join(', ');
  return askPick<'import' | 'map' | 'leave'>(title, {
    placeholder: vscode.l10n.t('{0} of the accounts are not in the app: {1}', missing.length, names),
    choices: [
      { value: 'import', label: vscode.l10n.t('Import Them First'), icon: 'person-add' },
      { value: 'map', label: vscode.l10n.t('Use Other Accounts…'), icon: 'arrow-swap' },
      { value: 'leave', label: vscode.l10n.t('Leave Their Messages Out'), icon: 'circle-slash' },
    ],
  });
}

async function askForOthers(missing: readonly string[], title: string): Promise<Map<string, string>> {
  const others = new Map<string, string>();
  for (const account of missing) {
    const prompt = vscode.l10n.t('Account instead of {0}', account);
    others.set(account, await askText(title, { prompt, validate: checkUserId }));
  }
  return others;
}

async function importMissing(
  client: ChatClient,
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const outcome = await importAccounts(client, accounts, { signal });
  if (outcome.kind === 'cancelled') throw new vscode.CancellationError();
  if (outcome.kind === 'done') {
    if (outcome.failed.length === 0) return;
    throw new NoticeError(vscode.l10n.t('The service did not import {0}.', outcome.failed.join(', ')));
  }
  throw outcome.error;
}

/** In production a person said how many messages may go at once. */
function demandFit({ read }: ImportServices, { environment }: Connection, count: number): void {
  const most = read.read(settings.plansMaxInProduction);
  if (environment !== 'production' || count <= most) return;
  throw new NoticeError(
    vscode.l10n.t('In production {0} messages may be imported at once; these are {1}.', most, count),
    [
      {
        title: vscode.l10n.t('Open Settings'),
        command: 'workbench.action.openSettings',
        arguments: [settings.plansMaxInProduction.id],
      },
    ],
  );
}
