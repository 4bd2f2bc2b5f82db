import * as vscode from 'vscode';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { CommandHandlers } from '../contributions/commands';
import type { NodeArgument } from '../contributions/arguments';
import type { Connections } from '../connections/connections';
import { parseListUri } from '../listEditing/listUri';
import { formatItem } from '../lists/formatList';
import { itemText, parseList } from '../lists/parseList';
import { NO_CONNECTION, type PseudonymStore } from '../pseudonyms/pseudonymStore';
import { listText } from '../transfer/listText';
import { Spool } from '../transfer/spool';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import type { Pages } from '../ui/pages';
import { withProgress, type TaskProgress } from '../ui/progress';
import { askPick } from '../ui/wizard';
import type { TreeNode } from '../views/conversations/nodes/nodes';
import { agreedPseudonyms } from './exportPreview';
import { placeOf, selectedMessages, type Rows } from './messageSources';
import { placeToSave } from './placeToSave';
import { writeTexts } from './writeTexts';

/** What *Export…* works with. */
export interface ExportServices {
  readonly connections: Connections;
  readonly explorer: Rows;
  readonly notices: Notices;
  readonly pages: Pages;
  readonly names: PseudonymStore;
  /** Where messages wait until all of them are there. */
  readonly spoolFolder: string;
}

/** What is exported. */
interface Exported {
  /** Whose names are remembered; a file of a workspace has those of none. */
  readonly connectionId: string;
  readonly name: string;
  /** Puts the items into the spool. @returns how many messages cannot be read */
  fill(spool: Spool, progress: TaskProgress): Promise<number>;
}

/** How the messages are written. */
type Manner = 'asTheyAre' | 'pseudonyms' | 'texts';

/** *Export…*: messages as a list in a file, as they are or with other names. */
export function exportCommand(services: ExportServices): Pick<CommandHandlers, 'listExport'> {
  return {
    listExport: async (what, nodes) => {
      const source = await exported(services, what, nodes);
      const manner = await askPick<Manner>(vscode.l10n.t('Export {0}', source.name), {
        placeholder: vscode.l10n.t('How are the messages written?'),
        choices: [
          { value: 'asTheyAre', label: vscode.l10n.t('As They Are'), icon: 'export' },
          {
            value: 'pseudonyms',
            label: vscode.l10n.t('Pseudonymised'),
            detail: vscode.l10n.t(
              'Accounts, telephone numbers, mail addresses, hosts and ids of media get neutral names; texts stay.',
            ),
            icon: 'eye-closed',
          },
          {
            value: 'texts',
            label: vscode.l10n.t('Pseudonymised, with All Texts'),
            detail: vscode.l10n.t('Texts become others too, of the same length and script.'),
            icon: 'eye-closed',
          },
        ],
      });
      const target = await vscode.window.showSaveDialog({
        defaultUri: placeToSave(`${fileName(source.name)}.chatmsgs.json`),
        title: vscode.l10n.t('Export {0}', source.name),
        saveLabel: vscode.l10n.t('Export'),
        filters: { [vscode.l10n.t('Lists of messages')]: ['chatmsgs.json'] },
      });
      return target && (await write(services, source, manner, target));
    },
  };
}

async function write(
  { notices, pages, names, spoolFolder }: ExportServices,
  source: Exported,
  manner: Manner,
  target: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Exporting {0}', source.name);
  const spool = await Spool.open(spoolFolder);
  let unreadable: number;
  try {
    unreadable = await withProgress(title, (progress) => source.fill(spool, progress));
    if (spool.count === 0) throw new NothingToDo(vscode.l10n.t('There are no messages here to be exported.'));
    const book = manner === 'asTheyAre' ? undefined : await names.read(source.connectionId);
    const pseudonyms = book && (await agreedPseudonyms(pages, spool, book, manner === 'texts', source.name));
    await withProgress(title, async ({ signal }) => {
      // The names are kept before anybody has the file: the next export of this connection uses them again.
      if (book) await names.write(source.connectionId, book);
      const change = pseudonyms && ((item: string) => pseudonyms.hide(item));
      await writeTexts(target, listText(spool.pages(), change, signal));
    });
  } finally {
    await spool.dispose();
  }
  const said =
    spool.count === 1
      ? vscode.l10n.t('1 message was exported to {0}.', target.fsPath)
      : vscode.l10n.t('{0} messages were exported to {1}.', spool.count, target.fsPath);
  // Not waited for: a notice may stay for hours.
  void notices.showInfo(
    unreadable === 0
      ? said
      : `${said} ${vscode.l10n.t('{0} could not be read and were left out.', unreadable)}`,
    { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [target] },
  );
  return target;
}

async function exported(
  services: ExportServices,
  what: NodeArgument | vscode.Uri | undefined,
  nodes: readonly NodeArgument[] | undefined,
): Promise<Exported> {
  if (what === undefined || 'scheme' in what) return ofList(what);
  const rows = (nodes ?? services.explorer.together(what)).flatMap(
    ({ id }) => services.explorer.node(id) ?? [],
  );
  const [first] = rows;
  if (!first) throw chooseError();
  return first.kind === 'message' ? ofMessages(rows) : ofPlaces(services, rows);
}

async function ofList(uri: vscode.Uri | undefined): Promise<Exported> {
  const document = uri
    ? await vscode.workspace.openTextDocument(uri)
    : vscode.window.activeTextEditor?.document;
  if (!document || (!uri && document.languageId !== LIST_LANGUAGE)) throw chooseError();
  const text = document.getText();
  const { items, brokenAt } = parseList(text);
  if (brokenAt !== undefined)
    throw new NoticeError(vscode.l10n.t('The list is no JSON. Mend it first; its problems say where.'));
  return {
    connectionId: parseListUri(document.uri)?.connectionId ?? NO_CONNECTION,
    name: vscode.l10n.t('List'),
    fill: async (spool) => {
      await spool.add(items.map((item) => itemText(text, item)).reverse());
      return 0;
    },
  };
}

function ofMessages(rows: readonly TreeNode[]): Exported {
  const { connectionId, name, messages } = selectedMessages(rows);
  return {
    ...{ connectionId, name },
    fill: async (spool) => {
      await spool.add(messages.map(formatItem));
      return 0;
    },
  };
}

/** Conversations, days and users, read page by page. */
function ofPlaces({ connections }: ExportServices, rows: readonly TreeNode[]): Exported {
  const places = rows.flatMap((row) => placeOf(row) ?? []);
  const [first] = places;
  if (!first || places.length < rows.length || places.some((one) => one.connectionId !== first.connectionId))
    throw chooseError();
  const { connectionId } = first;
  return {
    connectionId,
    name: places.map(({ name }) => name).join(', '),
    fill: async (spool, { signal, report }) => {
      const client = await connections.client(connectionId, { interactive: true, signal });
      let unreadable = 0;
      for (const place of places) {
        for await (const chat of place.chats(client, signal)) {
          spool.begin();
          for await (const page of client.history({ chat, ...place.window }, signal)) {
            await spool.add(page.messages.map(formatItem));
            unreadable += page.unreadable.length;
            report(vscode.l10n.t('{0} messages', spool.count));
          }
        }
      }
      return unreadable;
    },
  };
}

function chooseError(): NothingToDo {
  return new NothingToDo(
    vscode.l10n.t(
      'Choose users, conversations, days or messages of one connection in the Conversations view, or open a list.',
    ),
  );
}

/** A name that every system takes. */
function fileName(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N}_-]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'messages'
  );
}
