import pLimit from 'p-limit';
import { storageKeys } from '../contributions/ids';
import { readConnection, type Connection } from './connection';
import type { SecretVault } from './secretVault';

/** The part of VS Code's `Memento` that is used. */
export interface KeyValueStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const VERSION = 1;

/** Connections were stored by a newer version of the extension; writing would lose what this one does not know. */
export class NewerStoreError extends Error {
  constructor(readonly version: unknown) {
    super(`connections are stored in format ${String(version)}, this version writes ${VERSION}`);
    this.name = 'NewerStoreError';
  }
}

/**
 * Connections on this machine: what is no secret as plain JSON in the key-value store, the secret in the vault under
 * the connection's id. Every change reads what is stored, changes it and writes it back one change at a time, and is undone
 * when one of its two halves fails.
 */
export class ConnectionStore {
  private readonly inTurn = pLimit(1);
  private known: { readonly entries: unknown[]; readonly list: readonly Connection[] } | undefined;

  constructor(
    private readonly memory: KeyValueStore,
    private readonly vault: SecretVault,
  ) {}

  /** All connections in the order they were added. Entries that cannot be read are left out, but kept in the store. */
  list(): readonly Connection[] {
    // The tree asks for every row; what is stored is read anew only when it is another object.
    const entries = this.read();
    if (this.known?.entries !== entries) {
      this.known = { entries, list: entries.flatMap((entry) => readConnection(entry) ?? []) };
    }
    return this.known.list;
  }

  /**
   * Adds a connection, or replaces the one with its id or with the id `replaces`. Without `secret` the stored one is
   * kept where the id stays; one of another id was given for another place and goes.
   *
   * @param from makes it of the one that it replaces as that is when it is its turn: a user may have been added meanwhile
   * @returns false when the secret could not be kept beyond this session.
   */
  put(
    connection: Connection,
    secret?: string,
    replaces = connection.id,
    from: (current: Connection | undefined) => Connection = () => connection,
  ): Promise<boolean> {
    return this.inTurn(async () => {
      const previous = await this.vault.get(connection.id);
      const lasting = secret === undefined || (await this.vault.set(connection.id, secret));
      try {
        await this.write((entries) => {
          const index = entries.findIndex((entry) => idOf(entry) === replaces);
          const others = entries
            .filter((entry) => idOf(entry) !== connection.id && idOf(entry) !== replaces)
            .map((entry) => withoutFormer(entry, connection.id));
          const current = entries[index] ?? entries.find((entry) => idOf(entry) === connection.id);
          others.splice(index < 0 ? others.length : index, 0, from(readConnection(current)));
          return others;
        });
      } catch (error) {
        if (secret !== undefined) await this.vault.restore(connection.id, previous);
        throw error;
      }
      if (replaces !== connection.id) await this.vault.delete(replaces);
      return lasting;
    });
  }

  /** Changes a connection that is there, its id excepted; does nothing when it is not, or when nothing changes. */
  change(id: string, change: (connection: Connection) => Connection): Promise<boolean> {
    return this.inTurn(async () => {
      const current = this.list().find((connection) => connection.id === id);
      if (current === undefined) return false;
      const changed = change(current);
      if (changed === current) return false;
      await this.write((entries) =>
        entries.map((entry) => (idOf(entry) === id ? { ...changed, id } : entry)),
      );
      return true;
    });
  }

  /** Removes a connection and its secret; neither, when one of the two cannot be removed. */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const before = this.read();
      await this.write((entries) => entries.filter((entry) => idOf(entry) !== id));
      try {
        await this.vault.delete(id);
      } catch (error) {
        await this.write(() => before);
        throw error;
      }
    });
  }

  private read(): unknown[] {
    const stored = this.memory.get(storageKeys.connections);
    if (typeof stored !== 'object' || stored === null || !('connections' in stored)) return [];
    return Array.isArray(stored.connections) ? (stored.connections as unknown[]) : [];
  }

  private async write(change: (entries: unknown[]) => unknown[]): Promise<void> {
    const stored = this.memory.get(storageKeys.connections);
    if (typeof stored === 'object' && stored !== null && 'version' in stored && stored.version !== VERSION) {
      throw new NewerStoreError(stored.version);
    }
    await this.memory.update(storageKeys.connections, { version: VERSION, connections: change(this.read()) });
  }
}

/** What is kept under an id belongs to the connection that has it now, and to no other one that had it. */
function withoutFormer(entry: unknown, id: string): unknown {
  const connection = readConnection(entry);
  if (!connection?.former.includes(id)) return entry;
  return { ...connection, former: connection.former.filter((other) => other !== id) };
}

function idOf(entry: unknown): string | undefined {
  return readConnection(entry)?.id;
}
