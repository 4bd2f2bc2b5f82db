import type { Credential } from '../chat/chatMessage';
import { decodeUserSig } from '../chat/userSig';
import type { LocalSandbox } from '../localSandbox/localSandbox';
import type { SandboxInfo } from '../localSandbox/sandboxInfo';
import { isSandbox, type Connection, type CredentialKind } from './connection';
import { MissingSecretError } from './connectionErrors';
import type { SecretVault } from './secretVault';

/** What may be done for a client, or for its credential. */
export interface ClientOptions {
  /** May ask for a lost secret, and may start the sandbox. */
  readonly interactive?: boolean;
  /** May start the sandbox unless a person stopped it; as `interactive` unless given. */
  readonly startSandbox?: boolean;
  readonly signal?: AbortSignal;
}

/** How a person is asked for the secret of a connection in one step; undefined when they decline. */
export type AskSecret = (connection: Connection) => Promise<string | undefined>;

/** A secret that was entered, and whether it outlives the session. */
interface Entered {
  readonly secret: string;
  readonly lasting: boolean;
}

/** What connections sign with: what is stored, what a person enters, or what a running sandbox tells. */
export class Credentials {
  private readonly asking = new Map<string, Promise<Entered | undefined>>();

  /** @param keep keeps what was entered, and says whether it outlives the session */
  constructor(
    private readonly vault: SecretVault,
    private readonly sandbox: LocalSandbox,
    private readonly askSecret: AskSecret,
    private readonly keep: (id: string, secret: string) => Promise<boolean>,
  ) {}

  /**
   * The credential of a connection.
   *
   * @throws MissingSecretError when the secret is lost and nobody may be asked or nobody answers, `NoticeError` when the
   * sandbox does not run
   */
  async of(connection: Connection, options: ClientOptions): Promise<Credential> {
    const { id, name, credentialKind } = connection;
    if (isSandbox(connection))
      return credentialOf(credentialKind, (await this.sandboxInfo(options)).secretKey);
    const stored = await this.stored(id, credentialKind);
    if (stored) return stored;
    const given = options.interactive === true ? await this.ask(connection) : undefined;
    if (given === undefined) throw new MissingSecretError(id, name);
    return credentialOf(credentialKind, given.secret);
  }

  /**
   * What is stored of a connection, as far as it is of the kind that is wanted. Another window may just be changing both, one
   * after the other, and a UserSig stands in every URL: a key must never be taken for one.
   */
  async stored(id: string, kind: CredentialKind): Promise<Credential | undefined> {
    const secret = await this.vault.get(id);
    if (secret === undefined || (kind === 'userSig' && decodeUserSig(secret) === undefined)) return undefined;
    return credentialOf(kind, secret);
  }

  /** What the sandbox tells of itself. @throws NoticeError when it does not run */
  sandboxInfo(options: ClientOptions): Promise<SandboxInfo> {
    const { interactive = false, startSandbox = interactive, signal } = options;
    return startSandbox ? this.sandbox.startUnlessStopped(signal) : this.sandbox.info(signal);
  }

  /** Asks for a secret and keeps it. Whoever asks meanwhile shares the question and its answer. */
  ask(connection: Connection): Promise<Entered | undefined> {
    const { id } = connection;
    const asked =
      this.asking.get(id) ??
      this.askSecret(connection)
        .then(async (secret) =>
          secret === undefined ? undefined : { secret, lasting: await this.keep(id, secret) },
        )
        .finally(() => this.asking.delete(id));
    this.asking.set(id, asked);
    return asked;
  }
}

/** A secret as what one signs with. */
export function credentialOf(kind: CredentialKind, secret: string): Credential {
  return kind === 'userSig' ? { kind, userSig: secret } : { kind: 'secretKey', secretKey: secret };
}
