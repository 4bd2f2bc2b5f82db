import * as vscode from 'vscode';
import type { ChatAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import type { HistoryCursor } from '../chat/client';
import type { Connections } from '../connections/connections';
import type { ListDocuments } from '../listEditing/listDocuments';
import type { StoredList } from '../lists/listStore';
import {
  fittingItems,
  layOut,
  linesOf,
  MOST_LINES,
  type LaidOut,
  type ListedMessage,
} from '../lists/formatList';
import { showNotice } from '../ui/messages';
import { NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';

/** Messages for lists, as many at a time as an editor likes. */
export interface MessageSupply {
  /** The next ones, oldest first; none when there are no more. */
  next(): Promise<readonly LaidOut[]>;
  /** True when more may come. */
  readonly more: boolean;
}

/** What a list is made of, beside its messages. */
export type ListHead = Pick<StoredList, 'connectionId' | 'title' | 'source'>;

/**
 * Makes a list and opens it. Where it would be longer than an editor likes, that is said, with *Split*, which makes
 * another list of the messages that come next.
 */
export async function openAsList(
  lists: ListDocuments,
  head: ListHead,
  supply: MessageSupply,
): Promise<vscode.Uri> {
  const messages = await supply.next();
  if (messages.length === 0) throw new NothingToDo(vscode.l10n.t('There are no messages here to be edited.'));
  const { uri } = await lists.create(head, messages);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  if (supply.more) void offerSplit(lists, head, supply, messages.length);
  return uri;
}

async function offerSplit(
  lists: ListDocuments,
  head: ListHead,
  supply: MessageSupply,
  count: number,
): Promise<void> {
  const split = vscode.l10n.t('Split');
  const text = vscode.l10n.t(
    'The list has {0} messages: it would be longer than {1} lines with the others, more than an editor likes. Split makes another list of the next ones.',
    count,
    MOST_LINES,
  );
  if ((await showNotice('info', text, split)) !== split) return;
  try {
    // The part that reloading reads anew is the first one's.
    await openAsList(lists, { connectionId: head.connectionId, title: head.title }, supply);
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    void showNotice('error', error instanceof Error ? error.message : String(error));
  }
}

/** Messages in the order in which history shows them. */
export function newestFirst(messages: readonly ChatMessage[]): ChatMessage[] {
  return [...messages].sort((one, other) => other.time - one.time || other.seq - one.seq);
}

/** Messages that are there already, the newest of them first in line. */
export class GivenMessages implements MessageSupply {
  private left: readonly ListedMessage[];

  /** @param messages newest first */
  constructor(messages: readonly ListedMessage[]) {
    this.left = messages;
  }

  get more(): boolean {
    return this.left.length > 0;
  }

  next(): Promise<readonly LaidOut[]> {
    const laidOut = this.left.map(layOut);
    const count = fittingItems(laidOut.map(({ text }) => text));
    this.left = this.left.slice(count);
    return Promise.resolve(laidOut.slice(0, count).reverse());
  }
}

/** The messages of a conversation or of a day, read from the service. */
export class HistoryMessages implements MessageSupply {
  /** What was read and did not fit. */
  private left: readonly LaidOut[] = [];
  private after: HistoryCursor | undefined;
  more = true;

  constructor(
    private readonly connections: Connections,
    private readonly connectionId: string,
    private readonly title: string,
    private readonly window: {
      readonly chat: ChatAddress;
      readonly minTime?: number;
      readonly maxTime?: number;
    },
  ) {}

  next(): Promise<readonly LaidOut[]> {
    return withProgress(
      vscode.l10n.t('Reading the messages of {0}', this.title),
      async ({ signal, report }) => {
        const client = await this.connections.client(this.connectionId, { interactive: true, signal });
        const messages: LaidOut[] = [];
        let lines = 2;
        const taken = (page: readonly LaidOut[]): boolean => {
          for (const [index, message] of page.entries()) {
            lines += linesOf(message.text);
            if (lines > MOST_LINES) {
              this.left = page.slice(index);
              return false;
            }
            messages.push(message);
          }
          return true;
        };
        const before = this.left;
        this.left = [];
        if (!taken(before)) return messages.reverse();
        const request = { ...this.window, ...(this.after && { after: this.after }) };
        if (before.length > 0 && !this.after) return this.end(messages);
        for await (const page of client.history(request, signal)) {
          this.after = page.cursor;
          const fits = taken(page.messages.map(layOut));
          report(vscode.l10n.t('{0} messages', messages.length));
          if (!fits) return messages.reverse();
        }
        return this.end(messages);
      },
    );
  }

  private end(messages: readonly LaidOut[]): readonly LaidOut[] {
    this.more = false;
    return [...messages].reverse();
  }
}
