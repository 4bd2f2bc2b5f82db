import { watch } from 'node:fs';
import { makeFolder, namesIn, TEMPORARY_PREFIX } from './atomic';
import { nodeFiles, type FileLayer } from './fileLayer';

/** How often a folder is looked at where the system cannot tell about changes. */
const pollMs = 700;

/** Who is told about a folder. */
export interface FolderWatcher {
  /** A file appeared, changed or went, by whichever process. Told more often than that, perhaps. */
  onName(name: string): void;
  /** From now on changes are told; what changed before was not. */
  onReady?(): void;
}

/**
 * Watches a folder (made when missing, without those below it). Where the system's own watching fails (its watches
 * used up, a network drive), the folder is looked at regularly instead.
 */
export function watchFolder(
  folder: string,
  watcher: FolderWatcher,
  layer: FileLayer = nodeFiles,
): { dispose(): void } {
  let disposed = false;
  let stop = (): void => undefined;
  const ready = (): void => {
    if (!disposed) watcher.onReady?.();
  };

  const poll = (): void => {
    let before: ReadonlyMap<string, string> | undefined;
    const look = async (): Promise<void> => {
      const now = await signatures(folder, layer);
      if (disposed) return;
      if (before) for (const name of changes(before, now)) watcher.onName(name);
      else ready();
      before = now;
    };
    const timer = setInterval(() => void look().catch(() => undefined), pollMs);
    timer.unref();
    void look().catch(() => undefined);
    stop = () => clearInterval(timer);
  };

  const start = async (): Promise<void> => {
    await makeFolder(folder, layer);
    if (disposed) return;
    const system = watch(folder, { persistent: false }, (_event, name) => {
      if (name !== null && !name.startsWith(TEMPORARY_PREFIX)) watcher.onName(name);
    });
    stop = () => system.close();
    system.on('error', () => {
      system.close();
      if (!disposed) poll();
    });
    ready();
  };

  void start().catch(() => {
    if (!disposed) poll();
  });
  return {
    dispose: () => {
      disposed = true;
      stop();
    },
  };
}

async function signatures(folder: string, layer: FileLayer): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of await namesIn(folder, layer)) {
    const facts = await layer.stat(`${folder}/${name}`).catch(() => undefined);
    if (facts) found.set(name, `${facts.mtimeMs} ${facts.size}`);
  }
  return found;
}

function changes(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const gone = [...before.keys()].filter((name) => !now.has(name));
  return [...gone, ...[...now.keys()].filter((name) => now.get(name) !== before.get(name))];
}
