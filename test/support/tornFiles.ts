import * as path from 'node:path';
import type { FileFacts, FileLayer, OpenFile } from '../../src/files/fileLayer';

/** Thrown by every operation from the power cut on. */
export class PowerCut extends Error {
  constructor() {
    super('The power is off.');
  }
}

interface Inode {
  /** What a reader sees. */
  data: string;
  /** What is on the disk; undefined while nothing of the file was synced. */
  durable: string | undefined;
  mtimeMs: number;
}

interface Folder {
  /** Its own name is on the disk: the folder above was synced since it was made. */
  kept: boolean;
  seen: Map<string, Inode>;
  durable: Map<string, Inode>;
  /** Changes of names since the folder was last synced, in order. */
  pending: ((names: Map<string, Inode>) => void)[];
}

/**
 * A disk in memory that keeps after a power cut only what was synced: a file's bytes by fsync of the file, its name
 * by fsync of its folder. Of the rest chance decides: a folder keeps a beginning of its name changes, a file comes
 * back old, whole, torn, empty or full of zeros.
 */
export class TornFiles implements FileLayer {
  private folders = new Map<string, Folder>();
  private operations = 0;
  private cutAt = Number.POSITIVE_INFINITY;

  constructor(private readonly clock: () => number = () => 0) {
    this.folders.set('/', { ...newFolder(), kept: true });
  }

  /** How many operations were carried out so far: the places where a power cut can happen. */
  get count(): number {
    return this.operations;
  }

  /** The power goes after so many more operations. */
  cutAfter(operations: number): void {
    this.cutAt = this.operations + operations;
  }

  /** The power is back: what was not synced is kept, torn or lost as `random` (0 ≤ x < 1) says. */
  recover(random: () => number): void {
    this.cutAt = Number.POSITIVE_INFINITY;
    for (const name of [...this.folders.keys()]) {
      if (this.folders.get(name)?.kept === false && random() < 0.5) this.folders.delete(name);
    }
    this.dropUnreachable();
    const fates = new Map<Inode, string>();
    for (const folder of this.folders.values()) {
      const kept = Math.floor(random() * (folder.pending.length + 1));
      for (const change of folder.pending.slice(0, kept)) change(folder.durable);
      folder.pending = [];
      for (const inode of folder.durable.values()) {
        if (!fates.has(inode)) fates.set(inode, fate(inode, random));
      }
      folder.seen = new Map(folder.durable);
    }
    for (const [inode, data] of fates) Object.assign(inode, { data, durable: data });
    for (const folder of this.folders.values()) folder.kept = true;
  }

  /** All files with their text as a reader sees them now, by path. */
  files(): Map<string, string> {
    const found = new Map<string, string>();
    for (const [folder, { seen }] of this.folders) {
      for (const [name, { data }] of seen) found.set(path.join(folder, name), data);
    }
    return found;
  }

  async open(file: string, flags: 'r' | 'wx'): Promise<OpenFile> {
    await this.tick();
    if (flags === 'r') {
      if (!this.folders.has(file)) this.inode(file);
      return this.handle(file);
    }
    const folder = this.folder(path.dirname(file));
    const name = path.basename(file);
    if (folder.seen.has(name)) throw failure('EEXIST', file);
    const inode: Inode = { data: '', durable: undefined, mtimeMs: this.clock() };
    this.change(folder, (names) => names.set(name, inode));
    return this.handle(file);
  }

  async readFile(file: string): Promise<string> {
    await this.tick();
    return this.inode(file).data;
  }

  async readdir(folder: string): Promise<string[]> {
    await this.tick();
    const below = [...this.folders.keys()].filter((name) => name !== '/' && path.dirname(name) === folder);
    return [...this.folder(folder).seen.keys(), ...below.map((name) => path.basename(name))];
  }

  async stat(file: string): Promise<FileFacts> {
    await this.tick();
    if (this.folders.has(file)) return { size: 0, mtimeMs: 0 };
    const { data, mtimeMs } = this.inode(file);
    return { size: Buffer.byteLength(data), mtimeMs };
  }

  async rename(from: string, to: string): Promise<void> {
    await this.tick();
    const inode = this.inode(from);
    const source = this.folder(path.dirname(from));
    const target = this.folder(path.dirname(to));
    const rename = (names: Map<string, Inode>): void => {
      names.set(path.basename(to), inode);
      if (source === target) names.delete(path.basename(from));
    };
    this.change(target, rename);
    if (source !== target) this.change(source, (names) => names.delete(path.basename(from)));
  }

  async unlink(file: string): Promise<void> {
    await this.tick();
    this.inode(file);
    this.change(this.folder(path.dirname(file)), (names) => names.delete(path.basename(file)));
  }

  async mkdir(folder: string): Promise<string | undefined> {
    await this.tick();
    let topmost: string | undefined;
    for (let at = folder; !this.folders.has(at); at = path.dirname(at)) {
      this.folders.set(at, newFolder());
      topmost = at;
    }
    return topmost;
  }

  async rm(target: string): Promise<void> {
    await this.tick();
    for (const name of [...this.folders.keys()]) {
      if (name === target || name.startsWith(`${target}/`)) this.folders.delete(name);
    }
  }

  /** Puts text into a file as a fault would, past everything else. */
  damage(file: string, text: string): void {
    Object.assign(this.inode(file), { data: text, durable: text });
  }

  private handle(file: string): OpenFile {
    const folder = this.folders.get(file);
    return {
      writeFile: async (data) => {
        const inode = this.inode(file);
        // The power may go in the middle of a write.
        const before = inode.data;
        if (this.operations + 1 >= this.cutAt) inode.data = before + data.slice(0, data.length / 2);
        await this.tick();
        Object.assign(inode, { data: before + data, mtimeMs: this.clock() });
      },
      sync: async () => {
        await this.tick();
        if (folder) {
          for (const change of folder.pending) change(folder.durable);
          folder.pending = [];
          for (const [name, child] of this.folders) if (path.dirname(name) === file) child.kept = true;
        } else {
          const inode = this.inode(file);
          inode.durable = inode.data;
        }
      },
      close: () => Promise.resolve(),
    };
  }

  private change(folder: Folder, change: (names: Map<string, Inode>) => void): void {
    change(folder.seen);
    folder.pending.push(change);
  }

  private folder(folder: string): Folder {
    const found = this.folders.get(folder);
    if (!found) throw failure('ENOENT', folder);
    return found;
  }

  private inode(file: string): Inode {
    const found = this.folder(path.dirname(file)).seen.get(path.basename(file));
    if (!found) throw failure('ENOENT', file);
    return found;
  }

  /** Takes away folders whose folder is gone. */
  private dropUnreachable(): void {
    const names = [...this.folders.keys()].sort((a, b) => a.length - b.length);
    for (const name of names) {
      if (name !== '/' && !this.folders.has(path.dirname(name))) this.folders.delete(name);
    }
  }

  /** One operation; asynchronous as the real ones are, so that others come in between. */
  private async tick(): Promise<void> {
    await Promise.resolve();
    if (this.operations >= this.cutAt) throw new PowerCut();
    this.operations += 1;
  }
}

function newFolder(): Folder {
  return { kept: false, seen: new Map(), durable: new Map(), pending: [] };
}

function fate(inode: Inode, random: () => number): string {
  if (inode.durable === inode.data) return inode.data;
  const choices = [
    inode.durable ?? '',
    inode.data,
    inode.data.slice(0, Math.floor(random() * inode.data.length)),
    '',
    '\0'.repeat(inode.data.length),
  ];
  return choices[Math.floor(random() * choices.length)] ?? '';
}

function failure(code: string, file: string): Error {
  return Object.assign(new Error(`${code}: ${file}`), { code });
}

/** A small seeded generator (mulberry32): the same seed gives the same numbers, 0 ≤ x < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
