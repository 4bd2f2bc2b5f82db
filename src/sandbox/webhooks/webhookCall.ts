import { SERVICE_MS } from '../../webhooks/rules/rule';
import { signatureAt } from '../../webhooks/signature';
import type { WebhookTarget } from './webhookTarget';

const ALERT = 'Alert.RequestOverLimit';

/** What the app answered to a webhook. */
export interface WebhookReply {
  /** HTTP status; undefined without an answer. */
  readonly status: number | undefined;
  /** Body of the answer, or why there is none. */
  readonly answer: string;
  readonly durationMs: number;
  /** Whether the time was up. */
  readonly late: boolean;
}

/**
 * Sends one webhook (269/1522). Never throws.
 *
 * @param request JSON text of the body
 * @param now Unix milliseconds that the signature is made at
 */
export async function callWebhook(
  { url: address, token }: WebhookTarget,
  sdkAppId: number,
  command: string,
  request: string,
  now: number,
  stopping: AbortSignal,
): Promise<WebhookReply> {
  const url = new URL(address);
  const query = { ...queryOf(sdkAppId, command), ...(token !== undefined && signatureAt(token, now)) };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const started = performance.now();
  const timeUp = AbortSignal.timeout(SERVICE_MS);
  let status: number | undefined;
  let answer: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: request,
      redirect: 'manual',
      signal: AbortSignal.any([stopping, timeUp]),
    });
    answer = await response.text();
    status = response.status;
  } catch (error) {
    answer = causeOf(error);
  }
  return {
    status,
    answer,
    durationMs: performance.now() - started,
    late: status === undefined && timeUp.aborted,
  };
}

/** The alert is no client's doing: its page shows no ClientIP (trtc.io/document/60256). */
function queryOf(sdkAppId: number, command: string): Record<string, string> {
  return {
    SdkAppid: String(sdkAppId),
    CallbackCommand: command,
    contenttype: 'json',
    ...(command !== ALERT && { ClientIP: '127.0.0.1' }),
    OptPlatform: 'RESTAPI',
  };
}

/** What went wrong; `fetch` hides it in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
