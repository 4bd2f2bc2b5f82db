import * as vscode from 'vscode';
import { importCalls } from '../bulk/planGates';
import type { ChatClient } from '../chat/client';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import type { CommandHandlers } from '../contributions/commands';
import { plainConnection } from '../journal/revision';
import type { Plans } from '../planning/plans';
import {
  accountsIn,
  readImport,
  withAccounts,
  type ImportItem,
  type ReadImport,
} from '../transfer/importItems';
import { newImport, planImport } from '../transfer/importPlan';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import type { Pages } from '../ui/pages';
import { withProgress } from '../ui/progress';
import { askPick, askText } from '../ui/wizard';
import { chosenList, readList } from './fixtureCommands';
import { importPage, importQuestion } from './importTexts';
import { pickConnection } from './pickConnection';

/** What *Import List…* works with. */
export interface ImportServices {
  readonly connections: Connections;
  readonly notices: Notices;
  readonly pages: Pages;
  readonly plans: Plans;
}

/**
 * *Import List…*: the messages of a list into an app, by rising time, as a plan. What is there is found first, and left out.
 */
export function importCommand(services: ImportServices): Pick<CommandHandlers, 'listImport'> {
  return {
    listImport: async (what) => {
      const title = vscode.l10n.t('Import List');
      const isList = what !== undefined && 'scheme' in what;
      const uri = isList ? what : await chosenList(title, services.notices);
      const { text, list } = await readList(uri);
      const connection = await pickConnection(services.connections, isList ? undefined : what, title);
      const client = await services.connections.client(connection.id, { interactive: true });
      const read = readImport(text, list);
      for (const { place } of read.items) client.demand(importCalls[place.chat]);
      await importList(services, connection, client, read, uri);
    },
  };
}

async function importList(
  { pages, plans }: ImportServices,
  connection: Connection,
  client: ChatClient,
  read: ReadImport,
  uri: vscode.Uri,
): Promise<void> {
  const title = vscode.l10n.t('Import into {0}', connection.name);
  const { accounts, read: wanted } = await withAccountsFor(client, read, title);
  const found = await withProgress(title, ({ signal, report }) => {
    report(vscode.l10n.t('Looking for messages that are there'));
    return planImport(client, wanted, new Set(accounts), signal);
  });
  const name = vscode.workspace.asRelativePath(uri);
  const of = { connection: plainConnection(connection), title: name, uri: uri.toString(), accounts };
  const plan = newImport(of, found, Date.now());
  if (plan.items.length === 0)
    throw new NoticeError(vscode.l10n.t('None of the {0} messages can be imported.', found.leftOut.length), [
      {
        title: vscode.l10n.t('Show Report'),
        command: 'vscode.open',
        arguments: [pages.write('import/report.json', importPage(plan))],
      },
    ]);
  await plans.import(plan, importQuestion(pages));
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
