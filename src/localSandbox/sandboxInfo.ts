import fetch from 'node-fetch';
import { checkEndpoint, isLoopback } from '../chat/regions';

/** What a sandbox tells about itself on loopback. Its key is made up for the sandbox and is no secret. */
export interface SandboxInfo {
  /** Base URL it answered at. */
  readonly endpoint: string;
  readonly sdkAppId: number;
  readonly administrator: string;
  readonly secretKey: string;
  readonly version: number;
  /** Its users, the administrator left out. */
  readonly users: readonly string[];
}

/** Why a sandbox cannot be used. */
export type SandboxProblem =
  | 'noEndpoint'
  | 'notLoopback'
  | 'noAnswer'
  | 'notRunning'
  | 'notSandbox'
  | 'notStarted'
  /** It does not take the data that it was given; the detail says why. */
  | 'refused'
  /** It runs, and is not ours to stop. */
  | 'elsewhere';

/** A sandbox that does not do what was asked; worded by the shell. */
export class SandboxError extends Error {
  constructor(
    readonly problem: SandboxProblem,
    /** The endpoint in question, or what the process last said. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`sandbox: ${problem} (${detail})`, options);
    this.name = 'SandboxError';
  }

  static is(error: unknown): error is SandboxError {
    return error instanceof SandboxError;
  }
}

/** Long enough for a machine, or an extension host, that is busy with other things. */
const TIMEOUT_MS = 10_000;

/** What is wrong with an address of a sandbox; undefined for one that can be asked. */
export function endpointProblem(endpoint: string): SandboxError | undefined {
  const checked = checkEndpoint(endpoint);
  if (!('endpoint' in checked)) return new SandboxError('noEndpoint', endpoint);
  const isHere = isLoopback(new URL(checked.endpoint).hostname);
  return isHere ? undefined : new SandboxError('notLoopback', endpoint);
}

/** Asks the sandbox at `endpoint` for its app and key. Only ever asks this machine. */
export async function readSandboxInfo(endpoint: string, signal?: AbortSignal): Promise<SandboxInfo> {
  const problem = endpointProblem(endpoint);
  const checked = checkEndpoint(endpoint);
  if (problem !== undefined || !('endpoint' in checked)) {
    throw problem ?? new SandboxError('noEndpoint', endpoint);
  }
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let body: unknown;
  try {
    const response = await fetch(`${checked.endpoint}/sandbox/info`, {
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    body = await response.json();
  } catch (error) {
    signal?.throwIfAborted();
    throw new SandboxError(error instanceof SyntaxError ? 'notSandbox' : 'noAnswer', endpoint, {
      cause: error,
    });
  }
  const info = infoFrom(body, checked.endpoint);
  if (info === undefined) throw new SandboxError('notSandbox', endpoint);
  return info;
}

function infoFrom(value: unknown, endpoint: string): SandboxInfo | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { sdkAppId, administrator, secretKey, version, users } = value as Record<string, unknown>;
  if (typeof sdkAppId !== 'number' || typeof administrator !== 'string' || typeof secretKey !== 'string')
    return undefined;
  return {
    endpoint,
    sdkAppId,
    administrator,
    secretKey,
    version: typeof version === 'number' ? version : 0,
    users: Array.isArray(users)
      ? users.filter((user) => typeof user === 'string' && user !== administrator)
      : [],
  };
}
