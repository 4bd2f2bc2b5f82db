import * as vscode from 'vscode';
import type { ChatMessage } from '../chat/chatMessage';
import type { Search } from '../lists/search';
import { summarize } from '../message/summary';
import { messageName } from '../ui/messageName';
import { plainText, textLimits } from '../ui/plainText';
import { createList, plainItem } from '../ui/wizard';

/** What a person chose of what was found. */
export type FoundChoice =
  { readonly kind: 'message'; readonly message: ChatMessage } | { readonly kind: 'all' | 'filters' };

type Row = vscode.QuickPickItem & { readonly choice: FoundChoice };

/** Rows of messages; with more of them nobody finds anything. */
const SHOWN = 500;
/** Rows that come are shown so often, in milliseconds. */
const PACE_MS = 200;

/**
 * Shows what a search finds as it finds it, until a person chooses something or closes the list, which ends the search.
 *
 * @param filters what is asked for beside the text, in words
 * @param tell told of what ended the search when something was found already
 * @throws vscode.CancellationError when the list is closed, and what ended a search that found nothing
 */
export async function showFound(
  title: string,
  search: Search,
  filters: string,
  abort: AbortController,
  tell: (error: unknown) => void,
): Promise<FoundChoice> {
  const list = createList<Row>(title, '');
  const stop: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('debug-stop'),
    tooltip: vscode.l10n.t('Stop Looking'),
  };
  const rows: Row[] = search.messages.slice(0, SHOWN).map(rowOf);
  let timer: NodeJS.Timeout | undefined;
  let shown = -1;
  const state = { looking: true };
  list.ignoreFocusOut = true;
  list.matchOnDescription = true;
  list.keepScrollPosition = true;
  list.busy = true;
  list.buttons = [stop];
  const show = (how: 'looking' | 'stopped' | 'done'): void => {
    clearTimeout(timer);
    timer = undefined;
    list.placeholder = plainText(stateText(search, how), textLimits.line);
    // Where nothing came, what a person is on stays where it is.
    if (shown === search.found && how === 'looking') return;
    shown = search.found;
    const [active] = list.activeItems;
    list.items = [...head(search, filters), ...rows];
    const same = active && list.items.find(({ choice }) => sameChoice(choice, active.choice));
    if (same) list.activeItems = [same];
  };
  try {
    return await new Promise<FoundChoice>((resolve, reject) => {
      list.onDidAccept(() => {
        const [chosen] = list.selectedItems;
        if (chosen) resolve(chosen.choice);
      });
      list.onDidHide(() => reject(new vscode.CancellationError()));
      list.onDidTriggerButton(() => abort.abort());
      show('looking');
      list.show();
      search
        .run((found) => {
          for (const message of found) if (rows.length < SHOWN) rows.push(rowOf(message));
          timer ??= setTimeout(() => show('looking'), PACE_MS);
        })
        .then(
          () => show('done'),
          (error: unknown) => {
            const failed = !abort.signal.aborted;
            abort.abort();
            if (failed && search.messages.length === 0) {
              reject(error instanceof Error ? error : new Error(String(error)));
              return;
            }
            if (failed) tell(error);
            show('stopped');
          },
        )
        .finally(() => {
          state.looking = false;
          list.busy = false;
          list.buttons = [];
        });
    });
  } finally {
    clearTimeout(timer);
    // One that waits for what it found to be taken may be gone on with.
    if (state.looking) abort.abort();
    list.dispose();
  }
}

function head(search: Search, filters: string): Row[] {
  const all = vscode.l10n.t('Open All {0} as List', search.messages.length);
  const filter = plainItem({ label: vscode.l10n.t('Filters…'), description: filters, icon: 'filter' });
  return [
    ...(search.messages.length === 0
      ? []
      : [
          {
            ...plainItem({ label: all, icon: 'list-flat' }),
            alwaysShow: true,
            choice: { kind: 'all' } as const,
          },
        ]),
    { ...filter, alwaysShow: true, choice: { kind: 'filters' } },
  ];
}

function rowOf(message: ChatMessage): Row {
  const name = messageName(message);
  const label = summarize(message.content).text || name;
  return { ...plainItem({ label, description: name }), choice: { kind: 'message', message } };
}

function sameChoice(one: FoundChoice, other: FoundChoice): boolean {
  if (one.kind === 'message' && other.kind === 'message') return one.message === other.message;
  return one.kind === other.kind;
}

function stateText({ found, read, done }: Search, state: 'looking' | 'stopped' | 'done'): string {
  switch (state) {
    case 'looking':
      return vscode.l10n.t('Looking through the messages: {0} of {1} have it', found, read);
    case 'stopped':
      return vscode.l10n.t('{0} found in the first {1} messages; looking was cancelled', found, read);
    case 'done':
      return done
        ? vscode.l10n.t('{0} found in {1} messages', found, read)
        : vscode.l10n.t(
            '{0} found in the first {1} messages, as many as a list may have. Open them to look on.',
            found,
            read,
          );
  }
}
