import * as path from 'node:path';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, setAside, toCheckedJson } from '../files/checkedJson';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { NameBook } from './nameBook';

const FORMAT = 1;
const ENDING = '.names.json';

/** Whose names are remembered of lists that no connection has. */
export const NO_CONNECTION = 'files';

/** The books of names, one for each connection, so that an account has the same neutral name in every export of it. */
export class PseudonymStore {
  constructor(
    private readonly folder: string,
    private readonly layer: FileLayer = nodeFiles,
  ) {}

  /** An empty book where there is none, or a damaged one, which is set aside. */
  async read(connectionId: string): Promise<NameBook> {
    const file = this.file(connectionId);
    const text = await readIfThere(file, this.layer);
    if (text === undefined) return NameBook.empty();
    const record = fromCheckedJson(text);
    const book = record?.format === FORMAT ? NameBook.fromRecord(record) : undefined;
    if (!book) await setAside(file, this.layer);
    return book ?? NameBook.empty();
  }

  async write(connectionId: string, book: NameBook): Promise<void> {
    const record = { format: FORMAT, connectionId, ...book.toRecord() };
    await writeFileAtomic(this.file(connectionId), toCheckedJson(record), this.layer);
  }

  async removeConnection(connectionId: string): Promise<void> {
    await removeFile(this.file(connectionId), this.layer);
  }

  /** Gives the names of a connection to the one that took its place. Where that has given names, both books stay. */
  async moveConnection(from: string, to: string): Promise<void> {
    const there = await this.connections();
    if (!there.includes(from) || there.includes(to)) return;
    await this.write(to, await this.read(from));
    await this.removeConnection(from);
  }

  /** The connections that have a book. */
  async connections(): Promise<string[]> {
    return (await namesIn(this.folder, this.layer))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => decodeURIComponent(name.slice(0, -ENDING.length)));
  }

  private file(connectionId: string): string {
    return path.join(this.folder, `${encodeURIComponent(connectionId)}${ENDING}`);
  }
}
