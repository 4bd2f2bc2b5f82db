import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { storageKeys } from '../contributions/ids';
import { settings, type Settings } from '../contributions/settings';
import { fileErrorCode } from '../files/fileLayer';
import { watchFolder } from '../files/watchFolder';
import type { Log } from '../ui/log';
import { NoticeError } from '../ui/noticeError';
import { InboxProcess, InboxStartError } from '../webhooks/inbox/inboxProcess';
import { inboxPath } from '../webhooks/inbox/listener';
import type { InboxSettings } from '../webhooks/inbox/inbox';
import { EventReader } from '../webhooks/store/eventReader';
import { inboxHolder } from '../webhooks/store/inboxLock';
import { segmentsIn } from '../webhooks/store/segments';
import { digestOf, type EventDigest } from './eventDigest';

/** How things stand with the inbox of this machine. */
export type InboxState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'running'; readonly url: string }
  /** Another window has it, at this port if it told. */
  | { readonly kind: 'elsewhere'; readonly port: number | undefined };

/** A webhook that is kept, with what its row says. */
export type InboxEvent = NonNullable<ReturnType<EventReader<EventDigest>['get']>>;

/** What the inbox is made of. */
export interface WebhookInboxServices {
  readonly context: Pick<
    vscode.ExtensionContext,
    'secrets' | 'globalState' | 'globalStorageUri' | 'asAbsolutePath'
  >;
  readonly read: Settings;
  readonly log: Log;
}

/** The document of rules, in the folder of the inbox. */
export const RULES_FILE = 'inbox.chatrules.json';
const NO_RULES = '{\n  "rules": []\n}\n';

/** The one inbox of this machine: its process if this window has it, its webhooks whoever has it. */
export class WebhookInbox implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly process: InboxProcess;
  private readonly reader: EventReader<EventDigest>;
  private readonly subscriptions: { dispose(): unknown }[];
  private segment: Promise<string> | undefined;

  /** A webhook came, was answered, or is gone; or the inbox began or ended. */
  readonly onDidChange = this.changed.event;
  readonly folder: string;
  readonly rulesFile: string;

  constructor(private readonly services: WebhookInboxServices) {
    const { context, log, read } = services;
    this.folder = path.join(context.globalStorageUri.fsPath, 'webhooks');
    this.rulesFile = path.join(this.folder, RULES_FILE);
    const events = path.join(this.folder, 'events');
    this.reader = new EventReader(events, (_, body) => digestOf(body));
    this.process = new InboxProcess({
      script: context.asAbsolutePath(path.join('dist', 'inbox.js')),
      folder: this.folder,
      onNews: () => void this.refresh(),
      onTrouble: (detail) => log.warn(`inbox: ${detail}`),
      onExit: () => {
        log.warn('the inbox ended by itself');
        this.changed.fire();
      },
    });
    this.subscriptions = [
      this.changed,
      watchFolder(events, { onName: () => void this.refresh(), onReady: () => void this.refresh() }),
      read.onDidChange([settings.webhooksHosts], () => void this.tellChange()),
      // Another window may have set it.
      context.secrets.onDidChange(({ key }) => {
        if (key === storageKeys.webhookToken) void this.tellChange();
      }),
    ];
  }

  /** Newest first. */
  list(): readonly InboxEvent[] {
    return this.reader.list();
  }

  get(number: number): InboxEvent | undefined {
    return this.reader.get(number);
  }

  /** How many of those that are kept are of an app, or do not say of which. */
  async countOf(sdkAppId: number): Promise<number> {
    await this.refresh();
    return this.list().filter(({ received }) => [String(sdkAppId), undefined].includes(appOf(received)))
      .length;
  }

  /** @throws NoticeError when it is not kept any more */
  async body(number: number): Promise<Buffer> {
    const body = await this.reader.body(number);
    if (body === undefined) throw new NoticeError(vscode.l10n.t('This webhook is not kept any more.'));
    return body;
  }

  /** Whether this window has it. */
  get isRunning(): boolean {
    return this.process.port !== undefined;
  }

  /** Reads what came since. */
  async refresh(): Promise<void> {
    try {
      if (await this.reader.refresh()) this.changed.fire();
    } catch (error) {
      this.services.log.error(error, 'inbox');
    }
  }

  async state(): Promise<InboxState> {
    const { port } = this.process;
    if (port !== undefined) return { kind: 'running', url: await this.urlAt(port) };
    const holder = await inboxHolder(this.folder);
    return holder ? { kind: 'elsewhere', port: holder.port } : { kind: 'stopped' };
  }

  /** Starts it if it does not run. @returns its address @throws NoticeError */
  async start(): Promise<string> {
    const port = this.services.read.read(settings.webhooksPort);
    try {
      const got = await this.process.start(await this.settings(), port);
      this.changed.fire();
      return await this.urlAt(got);
    } catch (error) {
      if (InboxStartError.is(error)) throw worded(error, port);
      throw error;
    }
  }

  /** Stops the one of this window. @throws NoticeError when another window has it */
  async stop(): Promise<void> {
    if (!this.isRunning) await this.demandMine();
    await this.process.stop();
    this.changed.fire();
  }

  /** Removes all webhooks that are kept. @throws NoticeError when another window has the inbox */
  async clear(): Promise<void> {
    if (this.isRunning) {
      this.process.clear();
      return;
    }
    await this.demandMine();
    for (const file of await segmentsIn(path.join(this.folder, 'events'))) await rm(file, { force: true });
    await this.refresh();
  }

  /** The token that webhooks are signed with; undefined when none is known. */
  async token(): Promise<string | undefined> {
    const token = await this.services.context.secrets.get(storageKeys.webhookToken);
    if (token !== undefined) this.services.log.hide(token);
    return token === '' ? undefined : token;
  }

  /** @param token empty for none */
  async setToken(token: string): Promise<void> {
    const { secrets } = this.services.context;
    this.services.log.hide(token);
    if (token === '') await secrets.delete(storageKeys.webhookToken);
    else await secrets.store(storageKeys.webhookToken, token);
    await this.tellChange();
  }

  /** Hosts outside this machine that webhooks may be sent on to. */
  get trusted(): readonly string[] {
    return this.services.context.globalState.get<readonly string[]>(storageKeys.webhookHosts) ?? [];
  }

  async trust(host: string): Promise<void> {
    await this.services.context.globalState.update(storageKeys.webhookHosts, [
      ...new Set([...this.trusted, host]),
    ]);
    await this.tellChange();
  }

  /** The text of the rules. */
  async rules(): Promise<string> {
    try {
      return await readFile(this.rulesFile, 'utf8');
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return NO_RULES;
      throw error;
    }
  }

  /** Tells the process what changed: rules, token, hosts. */
  async tellChange(): Promise<void> {
    if (this.isRunning) this.process.change(await this.settings());
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.process.dispose();
  }

  private async settings(): Promise<InboxSettings> {
    const token = await this.token();
    return {
      segment: await this.keptSegment(),
      ...(token !== undefined && { token }),
      hosts: this.services.read.read(settings.webhooksHosts),
      rules: await this.rules(),
      trusted: this.trusted,
    };
  }

  /** True for an address of this inbox, wherever it listened then. */
  async isAddress(url: string): Promise<boolean> {
    return new URL(url).pathname === inboxPath(await this.keptSegment());
  }

  private async urlAt(port: number): Promise<string> {
    return `http://127.0.0.1:${port}${inboxPath(await this.keptSegment())}`;
  }

  /** The random part of the address, made once for this machine, whoever asks for it meanwhile. */
  private keptSegment(): Promise<string> {
    this.segment ??= this.readSegment().catch((error: unknown) => {
      this.segment = undefined;
      throw error;
    });
    return this.segment;
  }

  /** Hexadecimal: the console takes no `--` in an address. */
  private async readSegment(): Promise<string> {
    const { secrets } = this.services.context;
    const kept = await secrets.get(storageKeys.webhookSegment);
    if (kept !== undefined) return kept;
    const made = randomBytes(16).toString('hex');
    await secrets.store(storageKeys.webhookSegment, made);
    return made;
  }

  private async demandMine(): Promise<void> {
    const holder = await inboxHolder(this.folder);
    if (holder) throw new NoticeError(elsewhereText(holder.port));
  }
}

/** The SDKAppID that a webhook came with. */
export function appOf({ query }: InboxEvent['received']): string | undefined {
  return query.find(([name]) => name.toLowerCase() === 'sdkappid')?.[1];
}

/** That another window has the inbox. */
export function elsewhereText(port: number | undefined): string {
  return port === undefined
    ? vscode.l10n.t('Another window of VS Code has the inbox of this machine.')
    : vscode.l10n.t('Another window of VS Code has the inbox of this machine, at port {0}.', port);
}

function worded(error: InboxStartError, port: number): NoticeError {
  switch (error.failure) {
    case 'taken':
      return new NoticeError(elsewhereText(error.port), [], { cause: error });
    case 'port':
      return new NoticeError(
        vscode.l10n.t(
          'The inbox cannot listen at port {0}: another program has it, or this machine does not allow it.',
          port,
        ),
        [
          {
            title: vscode.l10n.t('Open Settings'),
            command: 'workbench.action.openSettings',
            arguments: [settings.webhooksPort.id],
          },
        ],
        { cause: error },
      );
    case 'failed':
      return new NoticeError(vscode.l10n.t('The inbox did not start: {0}', error.message), [], {
        cause: error,
      });
  }
}
