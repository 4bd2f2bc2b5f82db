import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Journal } from '../../journal/journal';
import type { MessageLocks } from '../../modify/lock';
import { Sender } from '../../sending/sender';
import { UnsentStore } from '../../sending/unsentStore';
import type { Notices } from '../../ui/notices';
import type { Own } from '../../ui/room';
import { SendMessage, type SendServices } from '../../unsent/sendMessage';
import { UnsentFiles } from '../../unsent/unsentFiles';
import type { Reports } from './createReports';

/** Messages that are not sent yet, on this machine. */
export interface UnsentMessages {
  readonly store: UnsentStore;
  readonly files: UnsentFiles;
  readonly onDidChange: vscode.Event<void>;
}

/** Puts the documents together. */
export function createUnsent(own: Own, storage: string, notices: Notices): UnsentMessages {
  const changed = own(new vscode.EventEmitter<void>());
  const store = new UnsentStore(path.join(storage, 'unsent'), undefined, undefined, () => changed.fire());
  const files = own(new UnsentFiles(store, (error) => notices.message(error)));
  return { store, files, onDidChange: changed.event };
}

/** What sending is made of. */
export interface SendingServices extends Reports, Omit<SendServices, 'sender'> {
  readonly journal: Journal;
  readonly locks: MessageLocks;
  readonly unsent: UnsentStore;
}

/** Sending, and what finds out afterwards how it ended. */
export interface Sending {
  readonly send: SendMessage;
  /** Looks how earlier sendings ended, without asking anybody. */
  settle(connectionId?: string): Promise<void>;
}

/** Puts sending together. */
export function createSending(services: SendingServices): Sending {
  const { journal, locks, unsent, damage, connections } = services;
  const sender = new Sender({
    journal,
    locks,
    documents: unsent,
    onJournalError: (error) => damage.unjournaled(error),
  });
  const send = new SendMessage({ ...services, sender });
  return {
    send,
    settle: async (connectionId) => {
      const settled = await sender.settle(async ({ id }) => {
        try {
          return await connections.client(id);
        } catch {
          // Removed, without its secret, or with its sandbox not running: it is left for another time.
          return undefined;
        }
      }, connectionId);
      send.tellSettled(settled);
    },
  };
}
