import * as vscode from 'vscode';
import type { Credential } from '../chat/chatMessage';
import { ChatClient, type Exchange } from '../chat/client';
import { storageKeys } from '../contributions/ids';
import { NoticeError } from '../ui/noticeError';
import type { Addition } from './additions';
import { ClientPool } from './clientPool';
import {
  connectionId,
  isSandbox,
  makeConnection,
  type Connection,
  type ConnectionDetails,
} from './connection';
import { duplicateError, readOnlyError } from './connectionErrors';
import type { ConnectionStore } from './connectionStore';
import { credentialOf, Credentials, type AskSecret, type ClientOptions } from './credentials';
import type { LocalSandbox } from '../localSandbox/localSandbox';
import { sandboxDetails } from './sandboxDetails';
import type { SandboxInfo } from '../localSandbox/sandboxInfo';
import type { SecretVault } from './secretVault';
import { checkEndpoint } from '../chat/regions';
import { Signer } from '../chat/signatures/signer';
import { checkEndpointText, checkSdkAppId, checkUserId } from './inputChecks';

/** What changed: the list itself or one connection's facts, its users and conversations, or its secret. */
export interface ConnectionsChange {
  /** Undefined when several may have changed. */
  readonly id?: string;
  readonly what: 'list' | 'users' | 'credential';
}

/** What a connection was before it was edited, and what it is now: another id, perhaps another app. */
export interface ConnectionMove {
  readonly from: Connection;
  readonly to: Connection;
}

/** Who is told of what connections do. */
export interface ConnectionReports {
  /** A request has ended, whatever came of it; `connection` is the name of the one it went through. */
  onExchange(exchange: Exchange, connection: string): void;
}

/** The connections of this machine and a client for each. Reads nothing before it is asked. */
export class Connections implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ConnectionsChange>();
  private readonly clients = new ClientPool();
  private readonly credentials: Credentials;

  private readonly reached = new vscode.EventEmitter<string>();

  private readonly moved = new vscode.EventEmitter<ConnectionMove>();

  private readonly sandboxState = new vscode.EventEmitter<'running' | 'stopped'>();

  readonly onDidChange = this.changed.event;
  /** The sandbox told of itself, or was stopped. */
  readonly onDidChangeSandbox = this.sandboxState.event;
  /** A connection was edited so that it has another id now. */
  readonly onDidMove = this.moved.event;
  /** The app of a connection, by its id, has just answered a request. */
  readonly onDidReach = this.reached.event;

  constructor(
    private readonly store: ConnectionStore,
    private readonly vault: SecretVault,
    readonly sandbox: LocalSandbox,
    askSecret: AskSecret,
    private readonly reports: ConnectionReports,
  ) {
    this.credentials = new Credentials(vault, sandbox, askSecret, (id, secret) => this.setSecret(id, secret));
  }

  /** All connections, in the order they were added. */
  list(): readonly Connection[] {
    return this.store.list();
  }

  get(id: string): Connection | undefined {
    return this.store.list().find((connection) => connection.id === id);
  }

  /**
   * Makes the connection of the sandbox that the setting names, if it is not there yet. Throws when that
   * sandbox does not answer.
   */
  async prepare(): Promise<void> {
    if (this.sandbox.configured === undefined || this.list().some(isSandbox)) return;
    await this.putSandbox(await this.sandbox.start());
  }

  /** Starts the sandbox if it does not run and gives its connection. */
  async useSandbox(): Promise<Connection> {
    return this.putSandbox(await this.sandbox.start());
  }

  /** @returns the new connection, and whether its secret outlives the session. */
  async add(
    details: ConnectionDetails,
    secret: string,
    readOnly = false,
  ): Promise<{ connection: Connection; lasting: boolean }> {
    const existing = this.sameAs(details);
    if (existing !== undefined) throw duplicateError(existing);
    const connection = makeConnection(checkedDetails(details), { readOnly });
    const lasting = await this.store.put(connection, secret);
    this.changed.fire({ what: 'list' });
    return { connection, lasting };
  }

  /** The connection with the same endpoint, app and administrator: there is one at most. */
  sameAs(details: Parameters<typeof connectionId>[0]): Connection | undefined {
    return this.get(connectionId(details));
  }

  /**
   * Changes what a connection is. Its id may change: then the secret that it has goes, unless another one is given or
   * `moveSecret` says that the person chose to use it there too. Without `secret` it is kept where the id stays.
   */
  async update(
    id: string,
    details: ConnectionDetails,
    secret?: string,
    moveSecret = false,
  ): Promise<{ connection: Connection; lasting: boolean }> {
    const existing = this.sameAs(details);
    if (existing !== undefined && existing.id !== id) throw duplicateError(existing);
    const edited = this.get(id);
    // Of another app nothing is the same; of one app everything, whoever asks, and by whichever domain.
    const former = edited?.sdkAppId === details.sdkAppId ? [...edited.former, id] : [];
    const checked = checkedDetails(details);
    const made = (now = edited): Connection => makeConnection(checked, { ...now, former });
    const connection = made(edited);
    const moved = moveSecret && connection.id !== id ? await this.vault.get(id) : undefined;
    const lasting = await this.store.put(connection, secret ?? moved, id, made);
    this.clients.drop(id);
    this.changed.fire({ what: 'list' });
    if (edited && connection.id !== id) this.moved.fire({ from: edited, to: connection });
    return { connection, lasting };
  }

  async remove(id: string): Promise<void> {
    await this.store.remove(id);
    this.clients.drop(id);
    this.changed.fire({ what: 'list' });
  }

  /** @returns false when the secret is kept for this session only. */
  async setSecret(id: string, secret: string): Promise<boolean> {
    const lasting = await this.vault.set(id, secret);
    this.clients.drop(id);
    this.changed.fire({ id, what: 'credential' });
    return lasting;
  }

  /**
   * Something in the machine's store of secrets changed: where another window gave a connection another secret, this one
   * uses that from now on.
   */
  async secretStored(key: string): Promise<void> {
    if (!(await this.vault.takeOver(key))) return;
    const id = this.list().find((connection) => storageKeys.secret(connection.id) === key)?.id;
    if (id === undefined) return;
    this.clients.drop(id);
    this.changed.fire({ id, what: 'credential' });
  }

  /**
   * Asks for the secret of a connection in one step.
   *
   * @returns whether it outlives the session; undefined when nobody answered
   */
  async enterSecret(id: string): Promise<boolean | undefined> {
    const connection = this.get(id);
    return connection && (await this.credentials.ask(connection))?.lasting;
  }

  /** Lets nothing be modified through a connection, or lets it again. */
  setReadOnly(id: string, readOnly: boolean): Promise<void> {
    return this.change(id, (connection) => ({ ...connection, readOnly }));
  }

  /** Changes which users, conversations and groups of an app are shown. */
  async change(id: string, addition: Addition): Promise<void> {
    if (await this.store.change(id, addition)) this.changed.fire({ id, what: 'users' });
  }

  /**
   * The client of a connection, one for all who ask. Throws {@link MissingSecretError} when the secret is lost and
   * nobody may be asked or nobody answers, and `NoticeError` when the sandbox does not run.
   */
  async client(id: string, options: ClientOptions = {}): Promise<ChatClient> {
    if (this.get(id) === undefined) await this.prepare();
    const connection = this.get(id);
    if (connection === undefined)
      throw new NoticeError(vscode.l10n.t('This connection is not in the list any more.'));
    const existing = this.clients.get(id);
    if (existing !== undefined) return existing;
    if (isSandbox(connection)) return this.sandboxClient(connection, options);
    return this.keep(connection, await this.credentials.of(connection, options));
  }

  /**
   * A client for what is not a connection yet, to try what was entered. Whoever asks for it disposes it.
   *
   * @param secret undefined for the one that is stored of the connection with the id `stored`
   * @returns undefined when that one is not on this machine
   */
  async trial(
    details: ConnectionDetails,
    secret: string | undefined,
    stored = '',
  ): Promise<ChatClient | undefined> {
    const connection = makeConnection(checkedDetails(details));
    const credential =
      secret === undefined
        ? await this.credentials.stored(stored, details.credentialKind)
        : credentialOf(details.credentialKind, secret);
    if (credential === undefined) return undefined;
    return new ChatClient(connection, credential, {
      onExchange: (exchange) => this.reports.onExchange(exchange, connection.name),
    });
  }

  /** How far the service's clock is ahead of this machine's, in ms, by the last answer of any app; undefined before one. */
  get clockOffsetMs(): number | undefined {
    return this.clients.all().find(({ clockOffsetMs }) => clockOffsetMs !== undefined)?.clockOffsetMs;
  }

  /**
   * What signs for a connection. Throws as {@link client} does.
   */
  async signer(id: string, options: ClientOptions = {}): Promise<Signer> {
    const connection = this.get(id);
    if (connection === undefined)
      throw new NoticeError(vscode.l10n.t('This connection is not in the list any more.'));
    return new Signer(connection.name, connection, await this.credentials.of(connection, options));
  }

  /** What signs, for every connection whose secret is at hand: nobody is asked and nothing is started. */
  async signers(): Promise<Signer[]> {
    const found = await Promise.allSettled(this.list().map(({ id }) => this.signer(id)));
    return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  /** Signs anew at the next call, or reads a sandbox's key again. */
  signAgain(id: string): void {
    const connection = this.get(id);
    if (connection !== undefined && isSandbox(connection)) this.clients.drop(id);
    else this.clients.get(id)?.renewUserSig();
  }

  /** The sandbox was started anew, or moved: whoever looks at it reads anew. */
  sandboxChanged(): void {
    this.dropSandboxes();
    const sandboxes = this.list().filter(isSandbox);
    // Where there is none yet, the list may get one.
    if (sandboxes.length === 0) this.changed.fire({ what: 'list' });
    for (const { id } of sandboxes) this.changed.fire({ id, what: 'credential' });
  }

  /** The sandbox was stopped. Nothing is read anew for that, since reading would start it again. */
  sandboxStopped(): void {
    this.dropSandboxes();
    this.sandboxState.fire('stopped');
  }

  dispose(): void {
    this.clients.dispose();
    this.changed.dispose();
    this.reached.dispose();
    this.moved.dispose();
    this.sandboxState.dispose();
  }

  private dropSandboxes(): void {
    for (const { id } of this.list().filter(isSandbox)) this.clients.drop(id);
  }

  private async sandboxClient(connection: Connection, options: ClientOptions): Promise<ChatClient> {
    const info = await this.credentials.sandboxInfo(options);
    const current = await this.putSandbox(info);
    if (current.id !== connection.id) {
      throw new NoticeError(
        vscode.l10n.t('The sandbox that runs now is another app than before. Refresh the tree.'),
      );
    }
    return this.keep(current, credentialOf('sandbox', info.secretKey));
  }

  private keep(connection: Connection, credential: Credential): ChatClient {
    const { id } = connection;
    // Looked up at each call: a client may live longer than the mark.
    const refuseToWrite = (): Error | undefined => {
      const current = this.get(id);
      return current?.readOnly ? readOnlyError(current) : undefined;
    };
    const onExchange = (exchange: Exchange): void => {
      this.reports.onExchange(exchange, (this.get(id) ?? connection).name);
      if (exchange.error === undefined) this.reached.fire(id);
    };
    return this.clients.keep(id, new ChatClient(connection, credential, { onExchange, refuseToWrite }));
  }

  /** Keeps what a running sandbox told, in place of what an earlier one did. */
  private async putSandbox(info: SandboxInfo): Promise<Connection> {
    const known = this.list().find(isSandbox);
    const details = sandboxDetails(info, known?.name ?? vscode.l10n.t('Sandbox'));
    const made = (now = known): Connection =>
      makeConnection(details, { ...now, met: [...new Set([...(now?.met ?? []), ...info.users])] });
    const connection = made(known);
    this.sandboxState.fire('running');
    if (JSON.stringify(known) === JSON.stringify(connection)) return connection;
    await this.store.put(connection, undefined, known?.id ?? connection.id, made);
    if (known !== undefined) this.clients.drop(known.id);
    this.changed.fire({ what: 'list' });
    return connection;
  }
}

/** @throws NoticeError when an endpoint, an SDKAppID or an administrator is none, however it came here */
function checkedDetails(details: ConnectionDetails): ConnectionDetails {
  const checked = checkEndpoint(details.endpoint);
  const complaint =
    checkEndpointText(details.endpoint) ??
    checkSdkAppId(String(details.sdkAppId)) ??
    checkUserId(details.administrator);
  if (complaint !== undefined || 'problem' in checked) throw new NoticeError(complaint ?? '');
  return { ...details, endpoint: checked.endpoint };
}
