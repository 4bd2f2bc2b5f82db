import { createHash, randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, isNewer, setAside, toCheckedJson } from '../files/checkedJson';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { watchFolder } from '../files/watchFolder';
import { withMember } from '../outgoing/editOutgoing';
import type { SentDocument, UnsentDocuments } from './sendRequest';

/** A message on this machine that is not sent yet. */
export interface Unsent {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly connectionId: string;
  /** What was saved last, or what it was made with; broken JSON included. */
  readonly text: string;
  /** Rises strictly with each change of the text. Milliseconds since 1970. */
  readonly mtime: number;
}

const FORMAT = 1;
const ENDING = '.new.json';

/** Messages that are not sent yet, on disk: a readable file each, without secrets. What `write` returned for survives a power cut. */
export class UnsentStore implements UnsentDocuments {
  constructor(
    private readonly folder: string,
    private readonly layer: FileLayer = nodeFiles,
    private readonly now: () => number = Date.now,
    /** Told after everything that changes what {@link list} gives. */
    private readonly onChange: () => void = () => undefined,
  ) {}

  /** Makes a document. */
  async create(connectionId: string, text: string, id = randomBytes(8).toString('hex')): Promise<Unsent> {
    return this.put({ id, connectionId, text, mtime: this.now() });
  }

  /** Keeps a text of a document that is there. @returns undefined when it is not, having been sent or given up */
  async write(id: string, text: string): Promise<Unsent | undefined> {
    const before = await this.read(id);
    return before && this.put({ ...before, text, mtime: Math.max(this.now(), before.mtime + 1) });
  }

  /** Undefined when there is none, or its file is damaged, which is then set aside. */
  async read(id: string): Promise<Unsent | undefined> {
    if (!/^[0-9a-f]{16}$/.test(id)) return undefined;
    const file = this.file(id);
    const content = await readIfThere(file, this.layer);
    if (content === undefined) return undefined;
    const record = fromCheckedJson(content);
    if (record?.format === FORMAT && record.id === id) {
      const { connectionId, text, mtime } = record;
      if (typeof connectionId === 'string' && typeof text === 'string' && typeof mtime === 'number')
        return { id, connectionId, text, mtime };
    }
    if (!isNewer(record, FORMAT)) await setAside(file, this.layer);
    return undefined;
  }

  /** Tells of documents that were written or removed, by whichever window. */
  watch(onWritten: (id: string) => void): { dispose(): void } {
    const onName = (name: string): void => {
      if (name.endsWith(ENDING)) onWritten(name.slice(0, -ENDING.length));
    };
    return watchFolder(this.folder, { onName }, this.layer);
  }

  async has(id: string): Promise<boolean> {
    return (await this.read(id)) !== undefined;
  }

  async sent(
    id: string,
    failed: readonly string[],
    wasSent: (text: string) => boolean,
  ): Promise<SentDocument> {
    const before = await this.read(id);
    if (before && !wasSent(before.text)) return { kept: true };
    let rest: string | undefined;
    if (before && failed.length > 0) {
      rest = createHash('sha256').update(`${id} rest`).digest('hex').slice(0, 16);
      await this.create(
        before.connectionId,
        withMember(before.text, 'To_Account', JSON.stringify(failed)),
        rest,
      );
    }
    await this.remove(id);
    return rest === undefined ? {} : { rest };
  }

  async remove(id: string): Promise<void> {
    await removeFile(this.file(id), this.layer);
    this.onChange();
  }

  /** All that are not sent yet, the newest first. */
  async list(): Promise<Unsent[]> {
    const names = (await namesIn(this.folder, this.layer)).filter((name) => name.endsWith(ENDING));
    const all = await Promise.all(names.map((name) => this.read(name.slice(0, -ENDING.length))));
    return all.flatMap((one) => one ?? []).sort((one, other) => other.mtime - one.mtime);
  }

  /** Removes all of a connection. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const one of await this.list()) if (one.connectionId === connectionId) await this.remove(one.id);
  }

  /** Gives all of a connection to the one that took its place. */
  async moveConnection(from: string, to: string): Promise<void> {
    for (const one of await this.list())
      if (one.connectionId === from) await this.put({ ...one, connectionId: to });
  }

  private async put(unsent: Unsent): Promise<Unsent> {
    await writeFileAtomic(this.file(unsent.id), toCheckedJson({ format: FORMAT, ...unsent }), this.layer);
    this.onChange();
    return unsent;
  }

  private file(id: string): string {
    return path.join(this.folder, `${id}${ENDING}`);
  }
}
