import * as vscode from 'vscode';
import { addressKey } from '../chat/address';
import type { ChatClient } from '../chat/client';
import type { Connections } from '../connections/connections';
import { workspaceEdit } from '../diagnostics/quickFixes';
import type { ItemEnd, ListDocuments } from '../listEditing/listDocuments';
import { parseListUri } from '../listEditing/listUri';
import type { ListedMessage } from '../lists/formatList';
import type { ListSource } from '../lists/listStore';
import { mergeList } from '../lists/mergeList';
import { openList } from '../planning/modifyList';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { readListed } from './listReading';

/**
 * *Reload* of a list: messages that came since come in, items that were not changed follow the service, and changed
 * ones stay as they are.
 */
export async function reloadList(
  { connections, lists }: { readonly connections: Connections; readonly lists: ListDocuments },
  uri: vscode.Uri | undefined,
): Promise<void> {
  const document = await openList(uri);
  const ref = parseListUri(document.uri);
  const contents = await lists.contentsOf(document.uri);
  if (!ref || !contents)
    throw new NothingToDo(
      vscode.l10n.t('This list belongs to no connection, so there is nothing to reload.'),
    );
  const { source, messages } = contents;
  const fresh = await withProgress(
    vscode.l10n.t('Reading the messages of the list again'),
    async ({ signal, report }) => {
      const client = await connections.client(ref.connectionId, { interactive: true, signal });
      return source
        ? readConversation(client, source, messages, signal, report)
        : readListed(client, [...messages.values()], signal);
    },
  );
  const comparison = lists.compare(document.uri, document.getText());
  if (!comparison || comparison.list.brokenAt !== undefined || !comparison.list.isList)
    throw new NoticeError(
      vscode.l10n.t('The list is no JSON as it stands, so nothing was reloaded. Mend or undo that first.'),
    );
  const { edits, rest, added, updated, conflicts } = mergeList(
    document.getText(),
    comparison,
    messages,
    fresh,
  );
  const clean = !document.isDirty;
  if (edits.length > 0 && !(await vscode.workspace.applyEdit(workspaceEdit(document, edits))))
    throw new NoticeError(vscode.l10n.t('The list could not be edited. Try again.'));
  // Before it rests on what the service shows, its text says that: the other way round items would look changed.
  const saved = clean && (edits.length === 0 || (await document.save()));
  const ends = new Map(
    conflicts.map(({ address, content }): [string, ItemEnd] => [
      addressKey(address),
      {
        severity: vscode.DiagnosticSeverity.Warning,
        text: vscode.l10n.t(
          'The service shows another content by now than this item was made from. It stays as it is here.',
        ),
        service: content,
      },
    ]),
  );
  await lists.reloaded(document.uri, rest, ends, { text: document.getText(), saved });
  sayInStatusBar(
    conflicts.length === 0
      ? vscode.l10n.t('List reloaded: {0} new messages, {1} that were modified', added, updated)
      : vscode.l10n.t(
          'List reloaded: {0} new messages, {1} that were modified, {2} changed here and there',
          added,
          updated,
          conflicts.length,
        ),
  );
}

/** The conversation from the first message of the list on. */
async function readConversation(
  client: ChatClient,
  { chat, maxTime }: ListSource,
  messages: ReadonlyMap<string, ListedMessage>,
  signal: AbortSignal,
  report: (text: string) => void,
): Promise<ListedMessage[]> {
  // Of a place that is gone the time is not known.
  const times = [...messages.values()].map(({ time }) => time).filter((time) => time > 0);
  const minTime = times.reduce((one, other) => Math.min(one, other), Number.MAX_SAFE_INTEGER);
  const window = {
    ...(times.length > 0 && { minTime }),
    ...(maxTime !== undefined && { maxTime }),
  };
  const fresh: ListedMessage[] = [];
  for await (const page of client.history({ chat, ...window }, signal)) {
    fresh.push(...page.messages);
    report(vscode.l10n.t('{0} messages', fresh.length));
  }
  return fresh;
}
