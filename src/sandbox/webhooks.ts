import type { MessageContent } from '../chat/chatMessage';
import { webhookSign } from '../webhooks/signature';
import { Refusal, RequestBody } from './requestBody';
import type { SandboxSettings } from './settings';
import type { StoredMessage } from './store/storedMessage';
import { WebhookLog } from './webhookLog';

/** Where the app's webhooks go. */
export interface WebhookTarget {
  /** http or https; a query of its own is kept. */
  readonly url: string;
  /** With it, requests are signed. */
  readonly token?: string;
  /** `CallbackCommand`s that are switched on; all when absent. */
  readonly commands?: readonly string[];
}

/** What a webhook before sending decided: go on, perhaps with other content, or drop the message silently. */
export type Verdict = 'drop' | { readonly content?: RequestBody };

/** A webhook that is asked, and the codes by which it can refuse. */
export interface AskedWebhook {
  readonly command: string;
  /** The service's code for a plain no. */
  readonly refused: number;
  /** Codes that the app may choose itself. */
  readonly custom: { readonly first: number; readonly last: number };
}

/** Milliseconds the app has to answer; fixed, the documentation says. */
const TIMEOUT_MS = 2000;
const BEFORE_SEND = {
  command: 'C2C.CallbackBeforeSendMsg',
  refused: 20_006,
  custom: { first: 120_001, last: 130_000 },
} as const;
const AFTER_SEND = 'C2C.CallbackAfterSendMsg';

/** Calls the app's webhooks, as the service does (page 269/1522). Unread messages are only counted when one is told of them. */
export class Webhooks {
  /** Set to switch webhooks on. */
  target: WebhookTarget | undefined;
  readonly log = new WebhookLog();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly sdkAppId: number,
    private readonly settings: () => SandboxSettings,
    private readonly now: () => number,
  ) {}

  /** Whether anybody is asked before a message is sent. */
  get hasBeforeSend(): boolean {
    return this.wants(BEFORE_SEND.command);
  }

  /** Whether anybody is told after a message was sent. */
  get hasAfterSend(): boolean {
    return this.wants(AFTER_SEND);
  }

  /** Asks before a message between two users is sent. @throws {Refusal} as {@link ask} */
  beforeSend(facts: Record<string, unknown>, content: MessageContent): Promise<Verdict> {
    return this.ask(BEFORE_SEND, facts, content);
  }

  /**
   * Asks before a message is sent. Without a usable answer within 2 s the message goes on, or is refused with 80003,
   * as `webhookFailure` says.
   *
   * @param facts members of the body before the content
   * @throws {Refusal} the webhook's code for a no, one of the app's own, 80003
   */
  async ask(
    { command, refused, custom }: AskedWebhook,
    facts: Record<string, unknown>,
    content: MessageContent,
  ): Promise<Verdict> {
    if (!this.wants(command)) return {};
    let answer: RequestBody | undefined;
    try {
      answer = RequestBody.parse(await this.post(command, facts, content), this.settings().nulls);
    } catch {
      answer = undefined;
    }
    const code = answer?.get('ErrorCode');
    if (!answer || typeof code !== 'number') {
      if (this.settings().webhookFailure === 'deliver') return {};
      throw new Refusal(80003, 'the webhook before sending failed');
    }
    if (code === 0) return { content: answer };
    if (code === 2) return 'drop';
    const info = answer.get('ErrorInfo');
    if (code >= custom.first && code <= custom.last) {
      throw new Refusal(code, typeof info === 'string' ? info : '');
    }
    throw new Refusal(refused, 'the webhook before sending refused the message');
  }

  afterSend(facts: Record<string, unknown>, content: MessageContent, unread: () => number): void {
    if (!this.hasAfterSend) return;
    const result = { SendMsgResult: 0, ErrorInfo: 'send msg succeed', UnreadMsgNum: unread() };
    this.tell(AFTER_SEND, { ...facts, ...result }, content);
  }

  afterRecall({ from, to, key }: StoredMessage, unread: () => number): void {
    const command = 'C2C.CallbackAfterMsgWithDraw';
    if (!this.wants(command)) return;
    this.tell(command, {
      From_Account: from,
      To_Account: to,
      MsgKey: key,
      UnreadMsgNum: unread(),
    });
  }

  afterRead(owner: string, peer: string, time: number, unread: () => number): void {
    const command = 'C2C.CallbackAfterMsgReport';
    if (!this.wants(command)) return;
    this.tell(command, {
      Report_Account: owner,
      Peer_Account: peer,
      LastReadTime: time,
      UnreadMsgNum: unread(),
    });
  }

  /** `Operator_Account` of a call through REST is not documented; the administrator stands in for it. */
  afterModify(message: StoredMessage, operator: string): void {
    const command = 'C2C.CallbackAfterModifyMsg';
    if (!this.wants(command)) return;
    const { from, to, key, seq, random, time, body, cloud } = message;
    const facts = {
      Operator_Account: operator,
      From_Account: from,
      To_Account: to,
      MsgRandom: random,
      MsgSeq: seq,
      MsgTime: time,
      MsgKey: key,
      EventTime: this.now(),
    };
    const content = { msgBody: body, ...(cloud !== undefined && { cloudCustomData: cloud }) };
    this.tell(command, facts, content);
  }

  /** Resolves when no webhook is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.settled();
  }

  /** Whether a webhook is switched on. */
  wants(command: string): boolean {
    return this.target !== undefined && (this.target.commands?.includes(command) ?? true);
  }

  /** Webhooks after an event go out beside the call, and nobody looks at what they answer. */
  tell(command: string, facts: Record<string, unknown>, content?: MessageContent): void {
    const call: Promise<unknown> = this.post(command, facts, content)
      .catch(() => undefined)
      .finally(() => this.underWay.delete(call));
    this.underWay.add(call);
  }

  private async post(
    command: string,
    facts: Record<string, unknown>,
    content?: MessageContent,
  ): Promise<string> {
    const url = new URL(this.target?.url ?? '');
    const query: Record<string, string> = {
      SdkAppid: String(this.sdkAppId),
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '127.0.0.1',
      OptPlatform: 'RESTAPI',
      ...this.signature(),
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const request = webhookBody({ CallbackCommand: command, ...facts }, content);
    const at = this.now();
    const started = performance.now();
    let status: number | undefined;
    let text = '';
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: request,
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      status = answer.status;
      text = await answer.text();
      if (status !== 200) throw new Error(`HTTP ${status}`);
      return text;
    } catch (error) {
      if (status === undefined) text = causeOf(error);
      throw error;
    } finally {
      this.log.add({ at, command, request, status, answer: text, durationMs: performance.now() - started });
    }
  }

  private signature(): Record<string, string> {
    const token = this.target?.token;
    if (token === undefined) return {};
    const time = String(Math.floor(this.now() / 1000));
    return { Sign: webhookSign(token, time), RequestTime: time };
  }
}

/**
 * Reads where webhooks go from JSON: `{"url": "http://…", "token": "…", "commands": ["C2C.…"]}`.
 *
 * @throws {Error} that names what is wrong
 */
export function readWebhookTarget(value: Record<string, unknown>): WebhookTarget {
  const { url, token, commands } = value;
  if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw new Error('url is not an http or https address.');
  }
  if (token !== undefined && typeof token !== 'string') throw new Error('token is not a text.');
  const list = Array.isArray(commands) ? (commands as unknown[]) : undefined;
  if (commands !== undefined && !list?.every((name) => typeof name === 'string')) {
    throw new Error('commands is not a list of texts.');
  }
  return {
    url,
    ...(token !== undefined && { token }),
    ...(list && { commands: list.filter((name) => typeof name === 'string') }),
  };
}

function webhookBody(facts: Record<string, unknown>, content: MessageContent | undefined): string {
  let text = JSON.stringify(facts).slice(0, -1);
  if (content?.msgBody !== undefined) text += `,"MsgBody":${content.msgBody}`;
  if (content?.cloudCustomData !== undefined) text += `,"CloudCustomData":${content.cloudCustomData}`;
  return `${text}}`;
}

/** What went wrong; `fetch` hides it in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
