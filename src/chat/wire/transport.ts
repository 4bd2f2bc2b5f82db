import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import fetch from 'node-fetch';
import { ChatNetworkError, type NetworkReason } from '../errors';
import { isLoopback } from '../regions';

/** An HTTP answer with status 200, as text. */
export interface HttpAnswer {
  readonly text: string;
  readonly status: number;
  /** The answer's `Date` header in milliseconds; undefined when it has none. */
  readonly date: number | undefined;
}

export interface HttpRequest {
  /** For errors only. */
  readonly command: string;
  /** Path and query; the query holds the UserSig and is never repeated anywhere. */
  readonly path: string;
  /** JSON text. */
  readonly body: string;
  readonly signal: AbortSignal | undefined;
}

/** An answer is some 13 KB; what is a thousand times larger is not the service's. */
const LARGEST_ANSWER = 16 * 1024 * 1024;
const SOCKETS = 64;
/** Idle connections are closed after so long, before the other side does it while a request is on its way. */
const IDLE_MS = 15_000;
/** Tells our own timer from an abort by the caller. */
const TIMEOUT = 'timeout';

const unreachable = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);
const certificate =
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_|EPROTO$)/;

/** POSTs texts to one endpoint over connections that are kept alive. */
export class Transport {
  private readonly agent: HttpAgent;
  private readonly secure: boolean;
  private readonly underWay = new Set<AbortController>();
  /** Controllers of calls that went well: making one costs more than most of what else a call does here. */
  private readonly spare: AbortController[] = [];
  private disposed = false;

  /**
   * @param endpoint base URL without path
   * @param timeoutMs from the call until the last byte of its answer
   */
  constructor(
    private readonly endpoint: string,
    private readonly timeoutMs: number,
  ) {
    const url = new URL(endpoint);
    this.secure = url.protocol === 'https:' || isLoopback(url.hostname);
    const options = { keepAlive: true, timeout: IDLE_MS, maxSockets: SOCKETS, maxFreeSockets: SOCKETS };
    this.agent = url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  }

  /** Sends one POST. Everything that is not HTTP 200 with text in UTF-8 throws a `ChatNetworkError`. */
  async post(request: HttpRequest): Promise<HttpAnswer> {
    const { command, signal } = request;
    const fail = (
      reason: NetworkReason,
      outcomeUnknown: boolean,
      detail?: string,
      status?: number,
    ): never => {
      throw new ChatNetworkError({
        reason,
        command,
        outcomeUnknown,
        ...(detail !== undefined && { detail }),
        ...(status !== undefined && { status }),
      });
    };
    if (signal?.aborted || this.disposed) fail('aborted', false);
    if (!this.secure) fail('insecure', false, this.endpoint);

    const stop = this.spare.pop() ?? new AbortController();
    const timer = setTimeout(() => stop.abort(TIMEOUT), this.timeoutMs);
    const abort = () => stop.abort();
    this.underWay.add(stop);
    if (signal) {
      // Many calls at once may share one signal; that is no leak for Node to warn of.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', abort);
    }
    try {
      const response = await fetch(this.endpoint + request.path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: request.body,
        agent: this.agent,
        // A redirect would carry the signature to wherever it points.
        redirect: 'manual',
        signal: stop.signal,
      });
      const bytes = await bytesOf(response.body);
      if (response.status !== 200) {
        fail('httpStatus', response.status >= 500, `HTTP ${response.status}`, response.status);
      }
      const text = utf8(bytes) ?? fail('notJson', true, 'not UTF-8', 200);
      const date = Date.parse(response.headers.get('date') ?? '');
      return { text, status: response.status, date: Number.isNaN(date) ? undefined : date };
    } catch (error) {
      // Whatever is still on its way is not waited for.
      const { aborted } = stop.signal;
      const cause: unknown = stop.signal.reason;
      if (!aborted) stop.abort();
      if (ChatNetworkError.is(error)) throw error;
      if (cause === TIMEOUT) return fail('timeout', true, `no answer within ${this.timeoutMs} ms`);
      if (aborted) return fail('aborted', true);
      // The error's message quotes the URL with its signature, so only its code goes on.
      const code = codeOf(error);
      const reason = reasonOf(code);
      return fail(
        reason,
        reason !== 'unreachable' && reason !== 'unknownHost' && reason !== 'certificate',
        code,
      );
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      this.underWay.delete(stop);
      if (!stop.signal.aborted) this.spare.push(stop);
    }
  }

  /** Aborts what is under way and closes all connections. */
  dispose(): void {
    this.disposed = true;
    for (const stop of this.underWay) stop.abort();
    this.agent.destroy();
  }
}

/** Gathers a body. Twice as fast as node-fetch's own way, which goes through an async iterator. */
function bytesOf(body: NodeJS.ReadableStream | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (!body) {
      resolve(Buffer.alloc(0));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST_ANSWER) reject(new TooLarge());
    });
    body.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    body.on('error', reject);
    // Without an end before it: the connection broke.
    body.on('close', () => reject(new Error('closed')));
  });
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

class TooLarge extends Error {
  readonly code = 'max-size';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, type } = error as { code?: unknown; type?: unknown };
  if (typeof code === 'string') return code;
  return typeof type === 'string' ? type : 'unknown';
}

function reasonOf(code: string): NetworkReason {
  if (unreachable.has(code)) return 'unreachable';
  if (unknownHost.has(code)) return 'unknownHost';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (certificate.test(code)) return 'certificate';
  if (code.startsWith('HPE_') || code === 'max-size' || code.startsWith('Z_')) return 'notJson';
  return 'dropped';
}
