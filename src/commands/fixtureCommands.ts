import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { CommandHandlers } from '../contributions/commands';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { MessageDocuments } from '../documents/messageDocuments';
import { readOpenMessages } from '../documents/readOpenMessages';
import { parseList, type ParsedList } from '../lists/parseList';
import { partsOf } from '../transfer/parts';
import { snapshotItems } from '../transfer/snapshot';
import { listText } from '../transfer/listText';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { openDocument } from '../ui/openDocument';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick } from '../ui/wizard';
import { placeToSave } from './placeToSave';
import { writeTexts } from './writeTexts';

/** What loading and saving fixtures works with. */
export interface FixtureServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly notices: Notices;
}

/** *Load into Sandbox* and *Save Sandbox as Fixture*: lists of messages in files, in and out of the sandbox. */
export function fixtureCommands(
  services: FixtureServices,
): Pick<CommandHandlers, 'sandboxLoad' | 'sandboxSave'> {
  return {
    sandboxLoad: async (uri) => {
      const list = uri ?? (await chosenList(vscode.l10n.t('Load into Sandbox'), services.notices));
      const replace = await askPick(vscode.l10n.t('Load into Sandbox'), {
        placeholder: vscode.l10n.t('What becomes of the messages that are in the sandbox?'),
        choices: [
          { value: false, label: vscode.l10n.t('They Stay'), icon: 'add' },
          {
            value: true,
            label: vscode.l10n.t('The List Takes Their Place'),
            detail: vscode.l10n.t('Everything else in the sandbox goes. Drafts and history stay.'),
            icon: 'replace-all',
          },
        ],
      });
      const count = await loadFixture(services, list, replace);
      sayInStatusBar(loadedText(count));
    },
    sandboxSave: () => saveSandbox(services),
  };
}

/**
 * Gives the sandbox the messages of a list, starting it where it does not run. Views and open messages follow.
 *
 * @returns how many there are
 * @throws NoticeError for what is no list
 */
export async function loadFixture(
  { connections, documents }: Pick<FixtureServices, 'connections' | 'documents'>,
  uri: vscode.Uri,
  replace: boolean,
): Promise<number> {
  const { text, list } = await readList(uri);
  await withProgress(
    vscode.l10n.t('Loading {0} messages into the sandbox', list.items.length),
    ({ signal }) => connections.sandbox.load(partsOf(text, list), replace, signal),
  );
  const { id } = await connections.useSandbox();
  connections.sandboxChanged();
  await readOpenMessages(documents, id);
  return list.items.length;
}

/** What is said of messages that were loaded. */
export function loadedText(count: number): string {
  return count === 1
    ? vscode.l10n.t('The sandbox has the message now.')
    : vscode.l10n.t('The sandbox has the {0} messages now.', count);
}

/** The list that is shown, else one of the folders that are open, else one of the person's files. */
export async function chosenList(title: string, notices: Notices): Promise<vscode.Uri> {
  const shown = vscode.window.activeTextEditor?.document;
  if (shown?.languageId === LIST_LANGUAGE) return shown.uri;
  const found = await vscode.workspace
    .findFiles('**/*.chatmsgs.json', undefined, 1000)
    // Where VS Code cannot search, the person can still say where it is.
    .then(undefined, (error: unknown) => {
      void notices.showWarning(
        vscode.l10n.t('VS Code could not look for lists in the folders: {0}', notices.message(error)),
      );
      return [];
    });
  if (found.length === 0) return listFromAnywhere(title);
  return askPick(title, {
    placeholder: vscode.l10n.t('Which list?'),
    choices: found
      .map((uri) => ({ value: uri, label: vscode.workspace.asRelativePath(uri) }))
      .sort((one, other) => (one.label < other.label ? -1 : 1)),
  });
}

async function listFromAnywhere(title: string): Promise<vscode.Uri> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('{0}: which list of messages (*.chatmsgs.json)?', title),
      // Not every system knows an ending of two parts.
      filters: { [vscode.l10n.t('Lists of messages')]: ['chatmsgs.json', 'json'] },
    })) ?? [];
  if (!file) throw new vscode.CancellationError();
  return file;
}

/**
 * A list that lies in a file, as it stands in an editor where it does.
 *
 * @throws NoticeError for what is no list
 */
export async function readList(
  uri: vscode.Uri,
): Promise<{ readonly text: string; readonly list: ParsedList }> {
  const text = await textOf(uri);
  const list = parseList(text);
  if (!list.isList || list.brokenAt !== undefined)
    throw new NoticeError(vscode.l10n.t('{0} is no list of messages.', vscode.workspace.asRelativePath(uri)));
  return { text, list };
}

async function textOf(uri: vscode.Uri): Promise<string> {
  const open = openDocument(uri);
  if (open) return open.getText();
  return Buffer.from(await vscode.workspace.fs.readFile(uri))
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

async function saveSandbox({ connections, notices }: FixtureServices): Promise<vscode.Uri | undefined> {
  const snapshot = await connections.sandbox.snapshot();
  const items = [...snapshotItems(snapshot)];
  if (items.length === 0) throw new NothingToDo(vscode.l10n.t('There are no messages in the sandbox.'));
  const target = await vscode.window.showSaveDialog({
    defaultUri: placeToSave('fixture.chatmsgs.json'),
    title: vscode.l10n.t('Save Sandbox as Fixture'),
    filters: { [vscode.l10n.t('Lists of messages')]: ['chatmsgs.json'] },
  });
  if (!target) return undefined;
  await writeTexts(target, listText([items]));
  void notices.showInfo(
    items.length === 1
      ? vscode.l10n.t('The message of the sandbox is in {0}.', target.fsPath)
      : vscode.l10n.t('The {0} messages of the sandbox are in {1}.', items.length, target.fsPath),
    { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [target] },
  );
  return target;
}
