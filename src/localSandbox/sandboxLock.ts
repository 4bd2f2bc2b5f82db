import { rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';

/** Who holds the lock. */
export interface LockHolder {
  /** The window's process while the sandbox starts, then the sandbox's own. */
  readonly pid: number;
  /** Where the sandbox listens, once it does. */
  readonly endpoint?: string;
}

/** A lock file that also tells other windows where the sandbox listens. */
export class SandboxLock {
  private held = false;

  constructor(private readonly file: string) {}

  /** Takes the lock; false when somebody has it. */
  async acquire(): Promise<boolean> {
    try {
      await writeFile(this.file, JSON.stringify({ pid: process.pid }), { flag: 'wx' });
      this.held = true;
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Removes the lock of a holder that is gone, unless somebody else took it over meanwhile. */
  async clear(holder: LockHolder | undefined): Promise<void> {
    if (JSON.stringify(await this.read()) === JSON.stringify(holder)) await rm(this.file, { force: true });
  }

  /** Tells the others where the sandbox listens. */
  async publish(pid: number, endpoint: string): Promise<void> {
    await writeFile(this.file, JSON.stringify({ pid, endpoint }));
  }

  /** The holder, or undefined when the lock is free or its file cannot be read. */
  async read(): Promise<LockHolder | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(this.file, 'utf8'));
      if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') {
        return undefined;
      }
      const endpoint = 'endpoint' in value && typeof value.endpoint === 'string' ? value.endpoint : undefined;
      return endpoint === undefined ? { pid: value.pid } : { pid: value.pid, endpoint };
    } catch {
      // No file, or one that is being written: either way nobody can be named.
      return undefined;
    }
  }

  async release(): Promise<void> {
    if (!this.held) return;
    this.held = false;
    await rm(this.file, { force: true });
  }

  /** For the end of the window, when nothing can be waited for. */
  releaseSync(): void {
    if (!this.held) return;
    this.held = false;
    rmSync(this.file, { force: true });
  }
}
