import * as path from 'node:path';
import { chatFromRecord, fromRecord, toRecord, type ChatAddress } from '../chat/address';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, isNewer, setAside, toCheckedJson } from '../files/checkedJson';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { watchFolder } from '../files/watchFolder';
import { isRecord } from '../json/values';
import type { ListedMessage } from './formatList';
import { isListId } from './listId';

/** The conversation that a list was made of, or a day of it. */
export interface ListSource {
  readonly chat: ChatAddress;
  /** Unix seconds, inclusive. */
  readonly maxTime?: number;
}

/** A list on this machine: what it was made of, which never changes but for its connection. What it rests on by now stands beside its text. */
export interface StoredList {
  /** See `newListId`. */
  readonly id: string;
  readonly connectionId: string;
  /** What it was made of, for a person. */
  readonly title: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  /** Absent for messages that were selected, found or pasted. */
  readonly source?: ListSource;
  readonly messages: readonly ListedMessage[];
}

/** The text of a list that was saved. */
export interface SavedText {
  readonly text: string;
  /** Rises strictly with each change of the text. */
  readonly mtime: number;
  /** The messages that it rests on, where they are other ones than the list was made of, or came to it later. */
  readonly rest: readonly ListedMessage[];
}

const FORMAT = 1;
const LIST = '.list.json';
const TEXT = '.text.json';

/**
 * Lists on disk, without secrets:
 *
 *     <folder>/<id>.list.json    what the list was made of
 *     <folder>/<id>.text.json    its text, once it was saved, and what that rests on
 */
export class ListStore {
  constructor(
    private readonly folder: string,
    private readonly layer: FileLayer = nodeFiles,
  ) {}

  async write(list: StoredList): Promise<void> {
    const { id, connectionId, title, at, source, messages } = list;
    const record = {
      format: FORMAT,
      id,
      connectionId,
      title,
      at,
      ...(source && { source: { ...source.chat, maxTime: source.maxTime } }),
      messages: plainMessages(messages),
    };
    await writeFileAtomic(this.file(id, LIST), toCheckedJson(record), this.layer);
  }

  /** Undefined when there is none, or its file is damaged, which is then set aside. */
  async read(id: string): Promise<StoredList | undefined> {
    if (!isListId(id)) return undefined;
    const file = this.file(id, LIST);
    const text = await readIfThere(file, this.layer);
    if (text === undefined) return undefined;
    const record = fromCheckedJson(text);
    const list = listFrom(record);
    if (list?.id !== id && !isNewer(record, FORMAT)) await setAside(file, this.layer);
    return list?.id === id ? list : undefined;
  }

  async writeText(id: string, { text, mtime, rest }: SavedText): Promise<void> {
    const record = { format: FORMAT, mtime, rest: plainMessages(rest), text };
    await writeFileAtomic(this.file(id, TEXT), toCheckedJson(record), this.layer);
  }

  /** The saved text; undefined when none was saved. */
  async readText(id: string): Promise<SavedText | undefined> {
    const file = this.file(id, TEXT);
    const content = await readIfThere(file, this.layer);
    if (content === undefined) return undefined;
    const record = fromCheckedJson(content);
    const rest = messagesFrom(record?.rest ?? []);
    if (typeof record?.text === 'string' && typeof record.mtime === 'number' && rest)
      return { text: record.text, mtime: record.mtime, rest };
    if (!isNewer(record, FORMAT)) await setAside(file, this.layer);
    return undefined;
  }

  /** Tells of lists whose text was saved, by whichever window. */
  watch(onSaved: (id: string) => void): { dispose(): void } {
    const onName = (name: string): void => {
      if (name.endsWith(TEXT)) onSaved(name.slice(0, -TEXT.length));
    };
    return watchFolder(this.folder, { onName }, this.layer);
  }

  async remove(id: string): Promise<void> {
    for (const ending of [TEXT, LIST]) await removeFile(this.file(id, ending), this.layer);
  }

  /** Removes all lists of a connection. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const { id } of await this.ofConnection(connectionId)) await this.remove(id);
  }

  /** Gives all lists of a connection to the one that took its place. */
  async moveConnection(from: string, to: string): Promise<void> {
    for (const list of await this.ofConnection(from)) await this.write({ ...list, connectionId: to });
  }

  private async ofConnection(connectionId: string): Promise<StoredList[]> {
    const names = (await namesIn(this.folder, this.layer)).filter((name) => name.endsWith(LIST));
    const lists = await Promise.all(names.map((name) => this.read(name.slice(0, -LIST.length))));
    return lists.flatMap((list) => (list?.connectionId === connectionId ? [list] : []));
  }

  private file(id: string, ending: string): string {
    return path.join(this.folder, `${id}${ending}`);
  }
}

/** The hash of the file says that it is what was written; what another format could have is looked at. */
function listFrom(record: Record<string, unknown> | undefined): StoredList | undefined {
  if (record?.format !== FORMAT) return undefined;
  const { id, connectionId, title, at } = record;
  if (typeof id !== 'string' || typeof connectionId !== 'string') return undefined;
  if (typeof title !== 'string' || typeof at !== 'number') return undefined;
  const messages = messagesFrom(record.messages);
  const source = sourceFrom(record.source);
  return messages && { id, connectionId, title, at, ...(source && { source }), messages };
}

function sourceFrom(record: unknown): ListSource | undefined {
  const chat = isRecord(record) ? chatFromRecord(record) : undefined;
  if (!isRecord(record) || !chat) return undefined;
  return { chat, ...(typeof record.maxTime === 'number' && { maxTime: record.maxTime }) };
}

/** Messages as records of a file, and nothing that a caller's objects carry besides. */
export function plainMessages(messages: readonly ListedMessage[]): object[] {
  return messages.map((message) => ({ ...toRecord(message.address), ...factsOf(message) }));
}

/** What {@link plainMessages} wrote; undefined when it is none. */
export function messagesFrom(records: unknown): ListedMessage[] | undefined {
  if (!Array.isArray(records)) return undefined;
  const messages = records.flatMap((entry: unknown): ListedMessage[] => {
    const address = isRecord(entry) ? fromRecord(entry) : undefined;
    return address ? [listed({ ...(entry as ListedMessage), address })] : [];
  });
  return messages.length === records.length ? messages : undefined;
}

/** What a list keeps of a message, and nothing that a caller's object carries besides. */
export function listed(message: ListedMessage): ListedMessage {
  return { address: message.address, ...factsOf(message) };
}

/** What a message is beside its address. */
function factsOf(message: ListedMessage): Omit<ListedMessage, 'address'> {
  const { sender, time, flags, content, isGone, isSystem } = message;
  return {
    ...{ sender, time, flags, content },
    ...(isGone !== undefined && { isGone }),
    ...(isSystem !== undefined && { isSystem }),
  };
}
