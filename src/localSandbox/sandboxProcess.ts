import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSandboxInfo, SandboxError, type SandboxInfo } from './sandboxInfo';
import { SandboxLock } from './sandboxLock';

/** What a sandbox process needs to know. */
export interface SandboxProcessOptions {
  /** The sandbox's bundle. */
  readonly script: string;
  /** Folder of its data file and its lock; made when missing. */
  readonly folder: string;
  /** The port to ask for, 0 for any; another one is taken when it is not free, and then kept. */
  readonly port: () => number;
  /** The key that UserSigs for it are signed with, made once and kept for it. */
  readonly secretKey: () => Promise<string>;
  /** Gets what the process writes, in pieces. */
  readonly onOutput: (text: string) => void;
  /** The process ended without being asked to. */
  readonly onExit: () => void;
}

/** Files beside the lock: that a person stopped it, and the port that was asked for and got the last time. */
const STOPPED = 'stopped';
const PORT = 'port';
const START_MS = 30_000;
const STOP_MS = 3000;

/**
 * A sandbox of our own, as a process that ends with VS Code. Windows share it: the first one starts it, the others
 * find it through a lock file beside its data, so that never two work on the same data.
 */
export class SandboxProcess {
  private child: ChildProcess | undefined;
  private starting: Promise<SandboxInfo> | undefined;
  private readonly lock: SandboxLock;

  constructor(private readonly options: SandboxProcessOptions) {
    this.lock = new SandboxLock(join(options.folder, 'running.json'));
  }

  /** True when it runs and was started by this window. */
  get isOwn(): boolean {
    return this.child !== undefined;
  }

  /** Process id of the sandbox that this window started. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The sandbox that runs, started by whatever window; undefined when there is none. */
  async running(signal?: AbortSignal): Promise<SandboxInfo | undefined> {
    const endpoint = (await this.lock.read())?.endpoint;
    if (endpoint === undefined) return undefined;
    try {
      return await readSandboxInfo(endpoint, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (SandboxError.is(error)) return undefined;
      throw error;
    }
  }

  /**
   * True when a person stopped it, in whatever window, and nobody started it since: then nothing but a person starts it
   * again.
   */
  async wasStopped(): Promise<boolean> {
    return (await this.kept(STOPPED)) !== undefined;
  }

  /** Starts it, or finds the one that runs. Calls at the same time share one start. */
  start(): Promise<SandboxInfo> {
    this.starting ??= this.startOnce().finally(() => (this.starting = undefined));
    return this.starting;
  }

  /** Stops it and waits until it has ended. One that another window started stays, and that is an error. */
  async stop(): Promise<void> {
    await this.starting?.catch(() => undefined);
    if (this.child === undefined) {
      const other = await this.running();
      if (other !== undefined) throw new SandboxError('elsewhere', other.endpoint);
      return;
    }
    await this.endChild();
    await writeFile(join(this.options.folder, STOPPED), new Date().toISOString());
    await this.lock.release();
  }

  /** Stops it, throws its data away and starts it with fresh sample data. */
  async reset(): Promise<SandboxInfo> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
    return this.start();
  }

  /** Ends the process without waiting. */
  dispose(): void {
    const child = this.child;
    this.child = undefined;
    if (child === undefined) return;
    child.kill();
    this.lock.releaseSync();
  }

  /** Ends the process of this window, when there is one, and waits until it has. */
  private async endChild(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child !== undefined) await ended(child);
  }

  private get dataFolder(): string {
    return join(this.options.folder, 'data');
  }

  private async startOnce(): Promise<SandboxInfo> {
    await mkdir(this.dataFolder, { recursive: true });
    while (!(await this.lock.acquire())) {
      const holder = await this.lock.read();
      const other = await this.waitForOther();
      if (other !== undefined) return other;
      await this.lock.clear(holder);
    }
    try {
      const key = await this.options.secretKey();
      const asked = this.options.port();
      const info = await this.launchAtFirst([await this.lastPort(asked), asked, 0], key);
      await writeFile(join(this.options.folder, PORT), `${asked} ${new URL(info.endpoint).port}`);
      await rm(join(this.options.folder, STOPPED), { force: true });
      await this.lock.publish(this.child?.pid ?? process.pid, info.endpoint);
      return info;
    } catch (error) {
      // It may listen by now: without the lock nobody would find it, and its data would be taken for good.
      await this.endChild();
      await this.lock.release();
      throw error;
    }
  }

  /**
   * Where it listened the last time that this port was asked for, so that clients that were pointed at it find it
   * again; the asked one when there is none.
   */
  private async lastPort(asked: number): Promise<number> {
    const [wanted, port] = ((await this.kept(PORT)) ?? '').split(' ').map(Number);
    return wanted === asked && port !== undefined && port > 0 && port <= 65_535 ? port : asked;
  }

  /** Listens at the first of these ports that can be used. */
  private async launchAtFirst([port = 0, ...others]: readonly number[], key: string): Promise<SandboxInfo> {
    try {
      return await this.launch(port, key);
    } catch (error) {
      // One that listens and does not tell about itself has the data, which the next one needs.
      await this.endChild();
      const next = others.filter((other) => other !== port);
      if (next.length === 0) throw error;
      this.options.onOutput(`Port ${port} cannot be used, taking another one.\n`);
      return this.launchAtFirst(next, key);
    }
  }

  private async kept(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.options.folder, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Another window holds the lock: wait until its sandbox answers, or until it is plain that it never will. */
  private async waitForOther(): Promise<SandboxInfo | undefined> {
    for (const end = Date.now() + START_MS; Date.now() < end;) {
      const holder = await this.lock.read();
      // A file without content is being written at this moment.
      if (holder !== undefined && !isAlive(holder.pid)) return undefined;
      const info = await this.running();
      if (info !== undefined || holder?.endpoint !== undefined) return info;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  }

  private launch(port: number, secretKey: string): Promise<SandboxInfo> {
    const { script, onOutput } = this.options;
    const child = fork(script, ['--port', String(port), '--data', join(this.dataFolder, 'sandbox.json')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      // The desktop's Node is Electron; the first makes it plain Node. As an argument, others would see the key.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TENCENT_CHAT_SANDBOX_KEY: secretKey },
    });
    this.child = child;
    return new Promise<SandboxInfo>((resolve, reject) => {
      let said = '';
      let settled = false;
      const fail = (cause?: Error): void => {
        clearTimeout(timer);
        if (settled) {
          if (this.child !== child) return;
          this.child = undefined;
          this.lock.releaseSync();
          this.options.onExit();
          return;
        }
        if (this.child === child) this.child = undefined;
        settled = true;
        child.kill();
        reject(new SandboxError('notStarted', said.trim().split('\n').at(-1) ?? '', { cause }));
      };
      const timer = setTimeout(() => fail(), START_MS);
      child.once('error', fail);
      child.once('exit', () => fail());
      child.stderr?.on('data', (data: Buffer) => {
        said += data.toString();
        onOutput(data.toString());
      });
      child.stdout?.on('data', (data: Buffer) => {
        onOutput(data.toString());
        if (settled) return;
        said += data.toString();
        const endpoint = /^Sandbox listening on (\S+)$/m.exec(said)?.[1];
        if (endpoint === undefined) return;
        settled = true;
        clearTimeout(timer);
        resolve(readSandboxInfo(endpoint));
      });
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
    child.kill();
  });
}

/** True while a process with this id runs, whoever owns it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
