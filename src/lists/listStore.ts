import * as path from 'node:path';
import { fromRecord, toRecord } from '../chat/address';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, setAside, toCheckedJson } from '../files/checkedJson';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { isRecord } from '../json/values';
import type { ListedMessage } from './formatList';

/** A list on this machine: the messages it was made of, as they are its bases now. */
export interface StoredList {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly connectionId: string;
  /** What it was made of, for a person. */
  readonly title: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  readonly messages: readonly ListedMessage[];
}

/** The text of a list that was saved. */
export interface SavedText {
  readonly text: string;
  /** Rises strictly with each change of the text. */
  readonly mtime: number;
}

const FORMAT = 1;
const LIST = '.list.json';
const TEXT = '.text.json';

/**
 * Lists on disk, without secrets:
 *
 *     <folder>/<id>.list.json    what the list was made of
 *     <folder>/<id>.text.json    its text, once it was saved
 */
export class ListStore {
  constructor(
    private readonly folder: string,
    private readonly layer: FileLayer = nodeFiles,
  ) {}

  async write(list: StoredList): Promise<void> {
    const { id, connectionId, title, at, messages } = list;
    const record = {
      format: FORMAT,
      id,
      connectionId,
      title,
      at,
      messages: messages.map(({ address, ...message }) => ({ ...toRecord(address), ...message })),
    };
    await writeFileAtomic(this.file(id, LIST), toCheckedJson(record), this.layer);
  }

  /** Undefined when there is none, or its file is damaged, which is then set aside. */
  async read(id: string): Promise<StoredList | undefined> {
    if (!isListId(id)) return undefined;
    const file = this.file(id, LIST);
    const text = await readIfThere(file, this.layer);
    if (text === undefined) return undefined;
    const list = listFrom(fromCheckedJson(text));
    if (list?.id !== id) await setAside(file, this.layer);
    return list?.id === id ? list : undefined;
  }

  async writeText(id: string, { text, mtime }: SavedText): Promise<void> {
    await writeFileAtomic(this.file(id, TEXT), toCheckedJson({ format: FORMAT, mtime, text }), this.layer);
  }

  /** The saved text; undefined when none was saved. */
  async readText(id: string): Promise<SavedText | undefined> {
    const file = this.file(id, TEXT);
    const content = await readIfThere(file, this.layer);
    if (content === undefined) return undefined;
    const record = fromCheckedJson(content);
    if (typeof record?.text === 'string' && typeof record.mtime === 'number')
      return { text: record.text, mtime: record.mtime };
    await setAside(file, this.layer);
    return undefined;
  }

  async remove(id: string): Promise<void> {
    for (const ending of [TEXT, LIST]) await removeFile(this.file(id, ending), this.layer);
  }

  /** Removes all lists of a connection. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const name of await namesIn(this.folder, this.layer)) {
      if (!name.endsWith(LIST)) continue;
      const list = await this.read(name.slice(0, -LIST.length));
      if (list?.connectionId === connectionId) await this.remove(list.id);
    }
  }

  private file(id: string, ending: string): string {
    return path.join(this.folder, `${id}${ending}`);
  }
}

/** True for what can name a list. */
function isListId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}

/** The hash of the file says that it is what was written; what another format could have is looked at. */
function listFrom(record: Record<string, unknown> | undefined): StoredList | undefined {
  if (record?.format !== FORMAT || !Array.isArray(record.messages)) return undefined;
  const { id, connectionId, title, at } = record;
  if (typeof id !== 'string' || typeof connectionId !== 'string') return undefined;
  if (typeof title !== 'string' || typeof at !== 'number') return undefined;
  const messages = record.messages.flatMap((entry: unknown): ListedMessage[] => {
    if (!isRecord(entry)) return [];
    const address = fromRecord(entry);
    if (!address) return [];
    const { sender, time, flags, content, isGone, isSystem } = entry as unknown as ListedMessage;
    return [
      {
        address,
        sender,
        time,
        flags,
        content,
        ...(isGone !== undefined && { isGone }),
        ...(isSystem !== undefined && { isSystem }),
      },
    ];
  });
  return messages.length === record.messages.length ? { id, connectionId, title, at, messages } : undefined;
}
