import { fileErrorCode } from '../../files/fileLayer';
import { Inbox, InboxTakenError, type InboxStart } from './inbox';
import type { FromInbox, ToInbox } from './wire';

/**
 * The inbox as a process of its own, so that a window that is busy costs no webhook its 2 s. It is told everything by the
 * window that started it, and ends with it.
 */

/** News are told so often at most: a window has more to do. */
const NEWS_MS = 40;

let inbox: Inbox | undefined;
let telling: NodeJS.Timeout | undefined;

function tell(message: FromInbox): void {
  if (process.connected) process.send?.(message);
}

const watcher = {
  onNews: () => {
    telling ??= setTimeout(() => {
      telling = undefined;
      tell({ told: 'news' });
    }, NEWS_MS);
  },
  onStoreError: (error: unknown) => tell({ told: 'trouble', detail: textOf(error) }),
};

async function start(settings: InboxStart): Promise<void> {
  try {
    const started = await Inbox.start(settings, watcher);
    inbox = started.inbox;
    tell({ told: 'listening', port: started.port });
  } catch (error) {
    if (error instanceof InboxTakenError) tell({ told: 'taken', holder: error.holder });
    else tell({ told: 'failed', code: fileErrorCode(error) ?? '', detail: textOf(error) });
    end();
  }
}

async function stop(): Promise<void> {
  await inbox?.stop();
  end();
}

function end(): void {
  if (process.connected) process.disconnect();
  process.exitCode = 0;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.on('message', (message: ToInbox) => {
  switch (message.do) {
    case 'start':
      void start(message.start);
      return;
    case 'change':
      inbox?.change(message.settings);
      return;
    case 'clear':
      inbox?.clear();
      return;
    case 'stop':
      void stop();
  }
});
// The window is gone, however that came.
process.on('disconnect', () => void stop().finally(() => process.exit()));
process.on('SIGTERM', () => void stop().finally(() => process.exit()));
