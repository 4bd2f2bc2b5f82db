import { storageKeys } from '../contributions/ids';

/** The part of VS Code's `SecretStorage` that is used. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/**
 * Secrets by connection id. A machine without a keyring, or one that is locked, loses them or throws: then a secret
 * lives in memory until the window closes, and is asked for again after that.
 */
export class SecretVault {
  /** What is known here, by the key of the machine's store. */
  private readonly session = new Map<string, string>();

  /**
   * @param onSecret told of every secret that passes, so that the log can keep it out.
   * @param onFailure told when the machine's store fails; nothing is thrown for it but by {@link delete}.
   */
  constructor(
    private readonly store: SecretStore,
    private readonly onSecret: (secret: string) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** The secret, or undefined when it was never given or was lost. */
  async get(id: string): Promise<string | undefined> {
    const key = storageKeys.secret(id);
    const known = this.session.get(key);
    if (known !== undefined) return known;
    try {
      const secret = await this.store.get(key);
      if (secret === undefined || secret === '') return undefined;
      this.remember(key, secret);
      return secret;
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
  }

  /** Keeps a secret. @returns false when it is kept for this session only. */
  async set(id: string, secret: string): Promise<boolean> {
    const key = storageKeys.secret(id);
    this.remember(key, secret);
    try {
      await this.store.store(key, secret);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }

  /** Forgets a secret, here and in the machine's store; throws when the store refuses. */
  async delete(id: string): Promise<void> {
    const key = storageKeys.secret(id);
    await this.store.delete(key);
    this.session.delete(key);
  }

  /** Puts back what was there before a change that failed. */
  async restore(id: string, previous: string | undefined): Promise<void> {
    if (previous === undefined) await this.delete(id);
    else await this.set(id, previous);
  }

  /**
   * Takes over what another window stored or deleted, instead of what is remembered of it here.
   *
   * @param key of the machine's store, which tells of every change of its own, this window's too
   * @returns whether it is another secret than the one that was known here
   */
  async takeOver(key: string): Promise<boolean> {
    // Other rooms keep secrets of their own there, which are not to be read and remembered here.
    if (!key.startsWith(storageKeys.secret(''))) return false;
    const known = this.session.get(key);
    try {
      const secret = await this.store.get(key);
      // What was given here meanwhile is newer.
      if (secret === known || this.session.get(key) !== known) return false;
      if (secret === undefined || secret === '') this.session.delete(key);
      else this.remember(key, secret);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }

  private remember(key: string, secret: string): void {
    this.onSecret(secret);
    this.session.set(key, secret);
  }
}
