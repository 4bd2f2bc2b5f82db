import { watch } from 'node:fs';
import { makeFolder, namesIn, TEMPORARY_PREFIX } from './atomic';
import { nodeFiles, type FileLayer } from './fileLayer';

/** How often a folder is looked at where the system cannot tell about changes. */
const pollMs = 700;

/**
 * Tells the names of files in a folder (made when missing, not those below it) that appear, change or go, by
 * whichever process. A name may be told more often than it changes. Where the system's own watching fails (its
 * watches used up, a network drive), the folder is looked at regularly instead.
 */
export function watchFolder(
  folder: string,
  onName: (name: string) => void,
  layer: FileLayer = nodeFiles,
): { dispose(): void } {
  let disposed = false;
  let stop = (): void => undefined;
  const tell = (name: string): void => {
    if (!disposed) onName(name);
  };

  const poll = (): void => {
    let before: ReadonlyMap<string, string> | undefined;
    const look = async (): Promise<void> => {
      const now = await signatures(folder, layer);
      if (disposed) return;
      if (before) for (const name of changes(before, now)) onName(name);
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
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name !== null && !name.startsWith(TEMPORARY_PREFIX)) onName(name);
      });
      stop = () => watcher.close();
      watcher.on('error', () => {
        watcher.close();
        if (!disposed) poll();
      });
    } catch {
      poll();
    }
    // What changed before watching began is told too.
    for (const name of await namesIn(folder, layer).catch(() => [])) tell(name);
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
