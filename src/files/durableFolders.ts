import * as path from 'node:path';
import { syncFolder } from './atomic';
import type { FileLayer } from './fileLayer';

/**
 * Makes folders below a root so that a power cut cannot take them away with all that is in them. A folder that
 * exists is no sign of that: the process that made it may have died before it was synced. So each is synced once
 * by whoever uses it first, its root included.
 */
export class DurableFolders {
  private readonly known = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly layer: FileLayer,
  ) {}

  /** `folder` is the root or below it. */
  async make(folder: string): Promise<void> {
    if (this.known.has(folder)) return;
    await this.layer.mkdir(folder, { recursive: true });
    const top = path.dirname(this.root);
    for (let at = folder; at !== top && at !== path.dirname(at);) {
      at = path.dirname(at);
      await syncFolder(at, this.layer);
    }
    this.known.add(folder);
  }
}
