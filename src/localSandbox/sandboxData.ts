import fetch from 'node-fetch';
import { SandboxError } from './sandboxInfo';

/** Data take longer than a question. */
const TIMEOUT_MS = 60_000;

/**
 * Gives a sandbox data: a list of messages or a seed.
 *
 * @param add whether what it has stays
 * @throws SandboxError `refused`, with what the sandbox says is wrong
 */
export async function putSandboxData(
  endpoint: string,
  text: string,
  add: boolean,
  signal?: AbortSignal,
): Promise<void> {
  await request(endpoint, `seed${add ? '?add=1' : ''}`, text, signal);
}

/** What a call gets in place of its answer, as the sandbox takes it. */
export interface SandboxFault {
  /** `service/command`, or `*` for every call. */
  readonly command: string;
  readonly kind: 'code';
  readonly code: number;
  /** For so many calls. */
  readonly times: number;
}

/** Lets a sandbox answer calls with a code. */
export async function addSandboxFault(
  endpoint: string,
  fault: SandboxFault,
  signal?: AbortSignal,
): Promise<void> {
  await request(endpoint, 'faults', JSON.stringify(fault), signal);
}

/** All data of a sandbox, as a seed. */
export function readSandboxData(endpoint: string, signal?: AbortSignal): Promise<string> {
  return request(endpoint, 'snapshot', undefined, signal);
}

/** Where a sandbox sends its webhooks, as JSON. */
export function readWebhookTarget(endpoint: string): Promise<string> {
  return request(endpoint, 'webhook', undefined, undefined);
}

async function request(
  endpoint: string,
  route: string,
  body: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(`${endpoint}/sandbox/${route}`, {
      ...(body !== undefined && { method: 'POST', body }),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const text = await response.text();
    if (response.ok) return text;
    throw new SandboxError('refused', errorIn(text) ?? `HTTP ${response.status}`);
  } catch (error) {
    signal?.throwIfAborted();
    if (SandboxError.is(error)) throw error;
    throw new SandboxError('noAnswer', endpoint, { cause: error });
  }
}

function errorIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
