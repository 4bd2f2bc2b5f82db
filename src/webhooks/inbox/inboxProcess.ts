import { fork, type ChildProcess } from 'node:child_process';
import type { InboxSettings, InboxStart } from './inbox';
import type { FromInbox, ToInbox } from './wire';

/** Why the inbox could not begin: another window has it, its port is not to be had, or something else. */
export type InboxFailure = 'taken' | 'port' | 'failed';

/** The inbox did not begin. */
export class InboxStartError extends Error {
  override readonly name = 'InboxStartError';

  constructor(
    readonly failure: InboxFailure,
    /** Where the one of another window listens. */
    readonly port: number | undefined,
    detail: string,
  ) {
    super(`the inbox did not start: ${detail}`);
  }

  static is(error: unknown): error is InboxStartError {
    return error instanceof InboxStartError;
  }
}

/** What the process of the inbox is made of. */
export interface InboxProcessOptions {
  /** The inbox's bundle. */
  readonly script: string;
  /** Folder of its files; made when missing. */
  readonly folder: string;
  /** Something was written down. */
  readonly onNews: () => void;
  /** Something went wrong, though webhooks are answered. */
  readonly onTrouble: (detail: string) => void;
  /** The process ended without being asked to. */
  readonly onExit: () => void;
}

const START_MS = 30_000;
const STOP_MS = 3000;
const PORT_CODES = ['EADDRINUSE', 'EACCES'];

/** The inbox as a process that ends with this window. */
export class InboxProcess {
  private running: { readonly child: ChildProcess; readonly port: number } | undefined;
  private starting: Promise<number> | undefined;

  constructor(private readonly options: InboxProcessOptions) {}

  /** Where it listens; undefined while it does not run. */
  get port(): number | undefined {
    return this.running?.port;
  }

  /** Its process id. */
  get pid(): number | undefined {
    return this.running?.child.pid;
  }

  /**
   * Starts it; calls at the same time share one start.
   *
   * @returns the port
   * @throws {InboxStartError}
   */
  start(settings: InboxSettings, port: number): Promise<number> {
    if (this.running) return Promise.resolve(this.running.port);
    this.starting ??= this.launch({ ...settings, port, folder: this.options.folder }).finally(
      () => (this.starting = undefined),
    );
    return this.starting;
  }

  /** Tells a running one what it shall know. */
  change(settings: InboxSettings): void {
    this.send({ do: 'change', settings });
  }

  /** Lets a running one remove what is kept. */
  clear(): void {
    this.send({ do: 'clear' });
  }

  /** Stops it and waits until it has ended. */
  async stop(): Promise<void> {
    await this.starting?.catch(() => undefined);
    const child = this.running?.child;
    if (!child) return;
    this.send({ do: 'stop' });
    this.running = undefined;
    await ended(child);
  }

  /** Ends it without waiting. */
  dispose(): void {
    const child = this.running?.child;
    this.running = undefined;
    child?.kill();
  }

  private send(message: ToInbox): void {
    const child = this.running?.child;
    if (child?.connected) child.send(message);
  }

  private launch(start: InboxStart): Promise<number> {
    const { script, onNews, onTrouble, onExit } = this.options;
    const child = fork(script, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      // The desktop's Node is Electron; this makes it plain Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    return new Promise<number>((resolve, reject) => {
      let said = '';
      const timer = setTimeout(() => fail('failed', undefined, said), START_MS);
      const fail = (failure: InboxFailure, port: number | undefined, detail: string): void => {
        clearTimeout(timer);
        child.kill();
        reject(new InboxStartError(failure, port, detail));
      };
      const onMessage = (message: FromInbox): void => {
        switch (message.told) {
          case 'listening':
            clearTimeout(timer);
            this.running = { child, port: message.port };
            resolve(message.port);
            return;
          case 'taken':
            fail('taken', message.holder.port, `process ${message.holder.pid} has it`);
            return;
          case 'failed':
            fail(PORT_CODES.includes(message.code) ? 'port' : 'failed', undefined, message.detail);
            return;
          case 'news':
            onNews();
            return;
          case 'trouble':
            onTrouble(message.detail);
        }
      };
      child.on('message', onMessage);
      child.once('error', (error) => fail('failed', undefined, error.message));
      child.stderr?.on('data', (data: Buffer) => {
        // The end says what happened, and a process that writes without end must not fill this one.
        said = `${said}${data.toString()}`.slice(-2000);
      });
      child.once('exit', () => {
        if (this.running?.child === child) {
          this.running = undefined;
          onExit();
        } else fail('failed', undefined, said.trim());
      });
      const message: ToInbox = { do: 'start', start };
      child.send(message);
    });
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
  });
}
