import { addressKey } from '../chat/address';
import { Listeners } from '../documents/listeners';
import { Turns } from '../documents/turns';
import { baseOf, ListComparer, type ListBase } from '../lists/compareList';
import { listOf, type ListedMessage } from '../lists/formatList';
import type { ListStore, SavedText, StoredList } from '../lists/listStore';
import type { ListLeases } from './listLeases';

/** Another window saved the list since this one read it. */
export class ListMovedError extends Error {
  override readonly name = 'ListMovedError';
}

/** A list as this window has it. */
export interface KeptList {
  readonly made: StoredList;
  /** The text on the disk, as far as this window knows. */
  saved: SavedText;
  /** What this window's text rests on where that is not what the list was made of, by the key of the address. */
  rest: ReadonlyMap<string, ListedMessage>;
  /** All messages that it rests on. */
  messages: ReadonlyMap<string, ListedMessage>;
  bases: ReadonlyMap<string, ListBase>;
  readonly comparer: ListComparer;
  /** VS Code holds text of it that was not saved. */
  unsaved: boolean;
  /** The time of change that VS Code was told last: who saves knows of no later one. */
  told: number;
  /** The bytes of the text that VS Code read or wrote last. */
  bytes: number;
  /** VS Code read the file in this window, so that it is known what its text came from. */
  shown: boolean;
}

/**
 * The lists of this machine as one window has them. A text and what it rests on belong together: the saved ones lie in
 * one file, and what unsaved text rests on in a file of the window, so that neither another window nor a restart makes a
 * text rest on contents that it was not made from. An older base can only be a conflict; a newer one would overwrite.
 */
export class KeptLists {
  private readonly lists = new Map<string, KeptList>();
  private readonly loading = new Map<string, Promise<KeptList | undefined>>();
  private readonly turns = new Turns();
  private readonly moved = new Listeners<[StoredList]>();
  private readonly rested = new Listeners<[StoredList]>();
  private watcher: { dispose(): void } | undefined;

  /** The text on the disk is another one. */
  readonly onDidSaveElsewhere = this.moved.event;
  /** A list rests on something else. */
  readonly onDidRest = this.rested.event;

  constructor(
    private readonly store: ListStore,
    private readonly leases: ListLeases,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** A list that was opened before; undefined for any other. */
  peek(id: string): KeptList | undefined {
    return this.lists.get(id);
  }

  open(id: string): Promise<KeptList | undefined> {
    const known = this.lists.get(id);
    if (known) return Promise.resolve(known);
    const loading = this.loading.get(id) ?? this.load(id);
    this.loading.set(id, loading);
    return loading.finally(() => this.loading.delete(id));
  }

  /** @param laidOut its messages as they are laid out, where that is known */
  async make(list: StoredList, laidOut: readonly ListBase[] = list.messages.map(baseOf)): Promise<void> {
    this.followOthers();
    await this.store.write(list);
    await this.leases.sweep();
    // Whoever makes a list opens it next: it need not be read and laid out again.
    this.hold(list, laidOut);
  }

  /** Keeps a text on the disk. @throws ListMovedError when another window saved one that VS Code does not know */
  async write(id: string, text: string): Promise<void> {
    await this.inTurn(id, async (list) => {
      const disk = await this.store.readText(id);
      if (disk && disk.mtime !== list.told) {
        list.told = disk.mtime;
        this.take(list, disk);
        throw new ListMovedError(`another window saved the list ${id}`);
      }
      const mtime = Math.max(Date.now(), list.saved.mtime + 1);
      const saved = { text, mtime, rest: [...list.rest.values()] };
      await this.store.writeText(id, saved);
      list.saved = saved;
      list.told = mtime;
      list.bytes = Buffer.byteLength(text);
    });
  }

  /**
   * VS Code asks about the file, also right before it writes. It asks a person before it overwrites a later one, but not
   * where that is as long as the one it read: then it does not count as told, and {@link write} refuses.
   */
  asked(list: KeptList): SavedText {
    const { saved, unsaved, bytes } = list;
    if (!unsaved || Buffer.byteLength(saved.text) !== bytes) list.told = saved.mtime;
    return saved;
  }

  /** VS Code reads the file now. */
  handedOut(list: KeptList): SavedText {
    const { saved } = list;
    list.shown = true;
    list.told = saved.mtime;
    list.bytes = Buffer.byteLength(saved.text);
    return saved;
  }

  /** VS Code holds unsaved text. What it rests on is on the disk when this returns. */
  async edited(id: string): Promise<void> {
    await this.inTurn(id, async (list) => {
      if (list.unsaved) return;
      // Text that was not made from what this window read came back after a restart.
      const found = list.shown ? undefined : await this.left(id);
      list.unsaved = true;
      if (found) this.restOn(list, found.rest);
      await this.keepLease(list);
      if (found?.orphan === true) await this.leases.takeOver(found);
    });
  }

  /** VS Code holds this text, and it is no other than a file's. */
  async clean(id: string, text: string): Promise<void> {
    await this.inTurn(id, async (list) => {
      if (list.unsaved) await this.leases.release(id);
      list.unsaved = false;
      this.follow(list, text);
    });
  }

  /**
   * A text rests on other contents now.
   *
   * @param savedToo whether the text on the disk does as well
   */
  async restOnOther(id: string, news: readonly ListedMessage[], savedToo: boolean): Promise<void> {
    if (news.length === 0) return;
    await this.inTurn(id, async (list) => {
      const rest = new Map(list.rest);
      for (const message of news) rest.set(addressKey(message.address), message);
      this.restOn(list, [...rest.values()]);
      if (list.unsaved) await this.keepLease(list);
      if (!savedToo) return;
      const disk = await this.store.readText(id);
      // What another window saved meanwhile rests on what it rests on there.
      if (disk && disk.mtime !== list.saved.mtime) {
        this.take(list, disk);
        return;
      }
      const saved = { ...list.saved, rest: [...rest.values()] };
      await this.store.writeText(id, saved);
      list.saved = saved;
    });
  }

  async removeConnection(connectionId: string): Promise<void> {
    for (const [id, { made }] of this.lists) if (made.connectionId === connectionId) this.lists.delete(id);
    await this.leases.removeConnection(connectionId);
    await this.store.removeConnection(connectionId);
  }

  /** Gives the lists of a connection to the one that took its place. They are read anew when they are shown there. */
  async moveConnection(from: string, to: string): Promise<void> {
    await this.store.moveConnection(from, to);
    for (const [id, { made }] of this.lists) if (made.connectionId === from) this.lists.delete(id);
  }

  dispose(): void {
    this.watcher?.dispose();
    this.moved.dispose();
    this.rested.dispose();
  }

  private async load(id: string): Promise<KeptList | undefined> {
    this.followOthers();
    const made = await this.store.read(id);
    if (!made) return undefined;
    const text = await this.store.readText(id);
    return this.lists.get(id) ?? this.hold(made, made.messages.map(baseOf), text);
  }

  private followOthers(): void {
    this.watcher ??= this.store.watch((saved) => {
      this.adopt(saved).catch(this.onFailure);
    });
  }

  private hold(
    made: StoredList,
    laidOut: readonly ListBase[],
    saved: SavedText = { text: listOf(laidOut.map(({ text }) => text)), mtime: made.at, rest: [] },
  ): KeptList {
    const bases = byKey(laidOut);
    const list: KeptList = {
      made,
      saved,
      rest: new Map(),
      messages: byKey(made.messages),
      bases,
      comparer: new ListComparer(bases),
      unsaved: false,
      told: saved.mtime,
      bytes: Buffer.byteLength(saved.text),
      shown: false,
    };
    if (saved.rest.length > 0) this.restOn(list, saved.rest);
    this.lists.set(made.id, list);
    return list;
  }

  /** What unsaved text rests on that VS Code gave back: of several the oldest, which overwrites nothing. */
  private async left(id: string) {
    const others = await this.leases.others(id);
    const orphans = others.filter(({ orphan }) => orphan);
    return orphans[0] ?? others[0];
  }

  private async adopt(id: string): Promise<void> {
    if (!this.lists.has(id)) return;
    await this.inTurn(id, async (list) => {
      const disk = await this.store.readText(id);
      if (disk) this.take(list, disk);
    });
  }

  private take(list: KeptList, disk: SavedText): void {
    const { saved } = list;
    if (disk.mtime === saved.mtime && sameRest(disk.rest, saved.rest)) return;
    list.saved = disk;
    if (disk.mtime !== saved.mtime) this.moved.fire(list.made);
    // The text is what it was, and rests on something else since another window carried out what it says.
    else if (!list.unsaved) this.follow(list, disk.text);
  }

  /** A text that is the saved one rests on what that rests on. */
  private follow(list: KeptList, text: string): void {
    if (text === list.saved.text && !sameRest([...list.rest.values()], list.saved.rest))
      this.restOn(list, list.saved.rest);
  }

  private restOn(list: KeptList, rest: readonly ListedMessage[]): void {
    const { made } = list;
    list.rest = byKey(rest);
    const messages = new Map([...byKey(made.messages), ...list.rest]);
    list.bases = new Map(
      [...messages].map(([key, message]) => {
        const known = list.bases.get(key);
        return [key, known && list.messages.get(key) === message ? known : baseOf(message)];
      }),
    );
    list.messages = messages;
    list.comparer.rest(list.bases);
    this.rested.fire(made);
  }

  private keepLease({ made, rest, saved }: KeptList): Promise<void> {
    return this.leases.keep(made.id, made.connectionId, { rest: [...rest.values()], mtime: saved.mtime });
  }

  private inTurn(id: string, work: (list: KeptList) => Promise<void>): Promise<void> {
    return this.turns.run(id, async () => {
      const list = await this.open(id);
      if (list) await work(list);
    });
  }
}

function byKey<T extends Pick<ListedMessage, 'address'>>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((one) => [addressKey(one.address), one]));
}

function sameRest(one: readonly ListedMessage[], other: readonly ListedMessage[]): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
