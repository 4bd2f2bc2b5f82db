import type { AnswerOutcome } from '../../webhooks/commands/answers';

/** One webhook that was sent. */
export interface SentWebhook {
  /** Counts them since the start or the last reset, from 1. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** `CallbackCommand`. */
  readonly command: string;
  readonly request: string;
  /** HTTP status; undefined without an answer. */
  readonly status: number | undefined;
  /** Body of the answer, or why there is none. */
  readonly answer: string;
  readonly durationMs: number;
  /** What the service does with the answer, of a webhook that it waits for. */
  readonly outcome?: AnswerOutcome;
}

const KEPT = 200;
const LONGEST = 16 * 1024;

/** The last webhooks that were sent. */
export class WebhookLog {
  private sent: SentWebhook[] = [];
  private count = 0;
  private readonly listeners = new Set<(webhook: SentWebhook) => void>();

  add(webhook: Omit<SentWebhook, 'number'>): SentWebhook {
    const { request, answer } = webhook;
    const kept = { ...webhook, number: ++this.count, request: cut(request), answer: cut(answer) };
    this.sent.push(kept);
    if (this.sent.length > KEPT) this.sent.shift();
    for (const listener of this.listeners) listener(kept);
    return kept;
  }

  /** Oldest first, and the number of all. */
  list(): { total: number; webhooks: readonly SentWebhook[] } {
    return { total: this.count, webhooks: this.sent };
  }

  /** Called with each that is added. @returns what ends that */
  listen(listener: (webhook: SentWebhook) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  clear(): void {
    this.sent = [];
    this.count = 0;
  }
}

function cut(text: string): string {
  return text.length > LONGEST ? `${Buffer.from(text.slice(0, LONGEST)).toString()}…` : text;
}
