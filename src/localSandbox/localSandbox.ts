import { isRecord, valueOfJson } from '../json/values';
import {
  addSandboxFault,
  putSandboxData,
  readSandboxData,
  readWebhookTarget,
  type SandboxFault,
} from './sandboxData';
import { endpointProblem, readSandboxInfo, SandboxError, type SandboxInfo } from './sandboxInfo';
import type { SandboxProcess } from './sandboxProcess';
import { wordSandboxError } from './sandboxTexts';

/** How things stand with the sandbox. */
export interface SandboxStatus {
  /** `setting`: one that runs by itself; `own`: one that the extension starts and stops. */
  readonly kind: 'setting' | 'own';
  /** What it told; undefined while it does not run. */
  readonly info: SandboxInfo | undefined;
  /** The endpoint of the setting; undefined for our own. */
  readonly endpoint: string | undefined;
}

/** Where webhooks go, with whatever else was said of it. */
type Target = Readonly<Record<string, unknown>> & { readonly url: string };

/**
 * The one sandbox of this machine: the one the setting names, which somebody else runs, else our own process.
 */
export class LocalSandbox {
  /**
   * @param endpoint the setting's value, empty when there is none; read anew at each use.
   * @param ownProcess made at its first use, so that nothing is looked at before.
   */
  constructor(
    private readonly endpoint: () => string,
    private readonly ownProcess: () => SandboxProcess,
  ) {}

  /** The endpoint of the setting, or undefined when the sandbox is our own. */
  get configured(): string | undefined {
    const endpoint = this.endpoint().trim();
    return endpoint === '' ? undefined : endpoint;
  }

  /** What is wrong with the setting, in words for the person; undefined when nothing is. */
  get misconfigured(): unknown {
    const endpoint = this.configured;
    const problem = endpoint === undefined ? undefined : endpointProblem(endpoint);
    return problem && wordSandboxError(problem);
  }

  async status(signal?: AbortSignal): Promise<SandboxStatus> {
    const endpoint = this.configured;
    if (endpoint === undefined) {
      return { kind: 'own', info: await this.ownProcess().running(signal), endpoint };
    }
    const info = await readSandboxInfo(endpoint, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (SandboxError.is(error)) return undefined;
      throw error;
    });
    return { kind: 'setting', info, endpoint };
  }

  /** Starts our own, or asks the one of the setting, which must run. Errors are worded for the person. */
  async start(signal?: AbortSignal): Promise<SandboxInfo> {
    const endpoint = this.configured;
    const info = await worded(
      endpoint === undefined ? this.ownProcess().start() : readSandboxInfo(endpoint, signal),
    );
    // Who changes the setting while one starts, or answers, means the one of the setting.
    return this.configured === endpoint ? info : this.start(signal);
  }

  /**
   * As {@link start}, but our own stays stopped when a person stopped it: then the error says that it does not run, with
   * a button to start it.
   */
  async startUnlessStopped(signal?: AbortSignal): Promise<SandboxInfo> {
    const stopped = this.configured === undefined && (await this.ownProcess().wasStopped());
    return stopped ? this.info(signal) : this.start(signal);
  }

  /** What the running sandbox tells; an error, worded for the person, when it does not run. */
  async info(signal?: AbortSignal): Promise<SandboxInfo> {
    const endpoint = this.configured;
    if (endpoint !== undefined) return worded(readSandboxInfo(endpoint, signal));
    const info = await this.ownProcess().running(signal);
    if (info === undefined) throw wordSandboxError(new SandboxError('notRunning', ''));
    return info;
  }

  /** Stops our own; one of the setting is not ours to stop. */
  stop(): Promise<void> {
    return worded(this.own().then((process) => process.stop()));
  }

  /** Brings the sample data of our own back; one of the setting is not ours to reset. */
  reset(): Promise<SandboxInfo> {
    return worded(this.own().then((process) => process.reset()));
  }

  /**
   * Starts it if it does not run, and gives it messages: lists, the first of which may take the place of all that is
   * there.
   */
  async load(lists: readonly string[], replace: boolean, signal?: AbortSignal): Promise<void> {
    const { endpoint } = await this.start(signal);
    for (const [index, list] of lists.entries())
      await worded(putSandboxData(endpoint, list, !(replace && index === 0), signal));
  }

  /** Lets the running sandbox answer calls with a code. */
  async addFault(fault: SandboxFault, signal?: AbortSignal): Promise<void> {
    const { endpoint } = await this.info(signal);
    await worded(addSandboxFault(endpoint, fault, signal));
  }

  /** All data of the running sandbox, as a seed. */
  async snapshot(signal?: AbortSignal): Promise<string> {
    const { endpoint } = await this.info(signal);
    return worded(readSandboxData(endpoint, signal));
  }

  /** Where the running sandbox sends its webhooks, as it was told; undefined when it sends none, or does not run. */
  async webhookTarget(): Promise<{ readonly endpoint: string; readonly target: Target } | undefined> {
    const { info } = await this.status();
    if (!info) return undefined;
    const { endpoint } = info;
    const target = valueOfJson(await worded(readWebhookTarget(endpoint)));
    return isRecord(target) && typeof target.url === 'string'
      ? { endpoint, target: { ...target, url: target.url } }
      : undefined;
  }

  private own(): Promise<SandboxProcess> {
    const endpoint = this.configured;
    if (endpoint !== undefined) return Promise.reject(new SandboxError('elsewhere', endpoint));
    return Promise.resolve(this.ownProcess());
  }
}

async function worded<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw wordSandboxError(error);
  }
}
