import * as http from 'node:http';
import * as https from 'node:https';
import { BodyBuffer } from '../http/bodyBuffer';

/** What came of sending a webhook to a server. */
export interface PostOutcome {
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
  /** The answer, at most {@link MOST_ANSWER} bytes of it. */
  readonly text: string;
  /** Why there is no answer: not within the time, or what went wrong. */
  readonly error?: 'late' | 'failed';
  readonly detail?: string;
  readonly ms: number;
}

/** A webhook to be sent. */
export interface Post {
  /** Where to, with the whole query. */
  readonly url: URL;
  readonly body: Buffer;
  readonly contentType: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** More than that no answer to a webhook says; what follows is not read. */
const MOST_ANSWER = 256 * 1024;

/** Sends a webhook as the service does. Redirects are not followed: the service does not either, as far as is known. */
export function postWebhook({ url, body, contentType, timeoutMs, signal }: Post): Promise<PostOutcome> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = signal ? AbortSignal.any([signal, timeout]) : timeout;
  return new Promise((resolve, reject) => {
    const finish = (outcome: Omit<PostOutcome, 'ms'>): void =>
      resolve({ ...outcome, ms: performance.now() - started });
    const fail = (error: Error): void => {
      if (signal?.aborted) reject(error);
      else if (timeout.aborted) finish({ status: undefined, text: '', error: 'late' });
      else finish({ status: undefined, text: '', error: 'failed', detail: error.message });
    };
    const { request } = url.protocol === 'https:' ? https : http;
    const asked = request(url, {
      method: 'POST',
      headers: { 'Content-Type': contentType, 'Content-Length': body.length },
      signal: ended,
      agent: false,
    });
    asked.on('error', fail);
    asked.on('response', (response) => {
      const answer = new BodyBuffer();
      const whole = (): void =>
        finish({ status: response.statusCode, text: answer.whole().subarray(0, MOST_ANSWER).toString() });
      response.on('data', (piece: Buffer) => {
        answer.add(piece);
        if (answer.length < MOST_ANSWER) return;
        whole();
        response.destroy();
      });
      response.on('end', whole);
      response.on('error', fail);
    });
    asked.end(body);
  });
}
