import type { FileLayer, OpenFile } from '../../src/files/fileLayer';

/** A process' life, in steps; at the fatal one it stops, and whatever it was at never goes on. */
export class Life {
  onDeath: () => void = () => undefined;
  /** Resolves when it is over. */
  readonly death: Promise<'dead'>;
  steps = 0;
  dead = false;
  /** The disk takes nothing more. */
  diskFull = false;
  private fatal = Number.POSITIVE_INFINITY;
  private die: () => void = () => undefined;

  constructor() {
    this.death = new Promise((resolve) => (this.die = () => resolve('dead')));
  }

  endAfter(steps: number): void {
    this.fatal = this.steps + steps;
  }

  goOn(): void {
    this.fatal = Number.POSITIVE_INFINITY;
  }

  end(): void {
    if (this.dead) return;
    this.dead = true;
    this.onDeath();
    this.die();
  }

  /** Never returns once the process is dead. */
  step(): Promise<void> {
    this.steps += 1;
    if (this.steps > this.fatal) this.end();
    return this.dead ? new Promise(() => undefined) : Promise.resolve();
  }
}

/** The disk of a process: it does nothing more once that is dead, and takes nothing once it is full. */
export function mortalFiles(files: FileLayer, life: Life): FileLayer {
  const mortal = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      await life.step();
      return work(...args);
    };
  };
  return {
    open: mortal(async (file, flags) => {
      const open = await files.open(file, flags);
      const wrapped: OpenFile = {
        writeFile: mortal((data, encoding) => {
          if (life.diskFull) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
          return open.writeFile(data, encoding);
        }),
        sync: mortal(() => open.sync()),
        close: mortal(() => open.close()),
      };
      return wrapped;
    }),
    readFile: mortal((file, encoding) => files.readFile(file, encoding)),
    readdir: mortal((folder) => files.readdir(folder)),
    stat: mortal((file) => files.stat(file)),
    rename: mortal((from, to) => files.rename(from, to)),
    unlink: mortal((file) => files.unlink(file)),
    mkdir: mortal((folder, options) => files.mkdir(folder, options)),
    rm: mortal((target, options) => files.rm(target, options)),
  };
}
