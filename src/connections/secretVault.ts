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
    const known = this.session.get(id);
    if (known !== undefined) return known;
    try {
      const secret = await this.store.get(storageKeys.secret(id));
      if (secret === undefined || secret === '') return undefined;
      this.onSecret(secret);
      this.session.set(id, secret);
      return secret;
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
  }

  /** Keeps a secret. @returns false when it is kept for this session only. */
  async set(id: string, secret: string): Promise<boolean> {
    this.onSecret(secret);
    this.session.set(id, secret);
    try {
      await this.store.store(storageKeys.secret(id), secret);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }

  /** Forgets a secret, here and in the machine's store; throws when the store refuses. */
  async delete(id: string): Promise<void> {
    await this.store.delete(storageKeys.secret(id));
    this.session.delete(id);
  }

  /** Puts back what was there before a change that failed. */
  async restore(id: string, previous: string | undefined): Promise<void> {
    if (previous === undefined) await this.delete(id);
    else await this.set(id, previous);
  }

  /** Drops what is remembered of `id` for this session, so that the next read asks the machine's store. */
  forgetSession(id: string): void {
    this.session.delete(id);
  }
}
