import type { MessageContent } from '../../chat/chatMessage';
import { answerRule, judgeAnswer, readAnswer, type AnswerOutcome } from '../../webhooks/commands/answers';
import { Refusal, RequestBody } from '../requestBody';
import type { SandboxSettings } from '../settings';
import type { StoredMessage } from '../store/storedMessage';
import { callWebhook, type WebhookReply } from './webhookCall';
import { WebhookLog, type SentWebhook } from './webhookLog';
import type { WebhookTarget } from './webhookTarget';

/** What a webhook before sending decided: go on, perhaps with other content, or drop the message silently. */
export type Verdict = 'drop' | { readonly content?: RequestBody };

const BEFORE_SEND = 'C2C.CallbackBeforeSendMsg';
const AFTER_SEND = 'C2C.CallbackAfterSendMsg';
const ALERT = 'Alert.RequestOverLimit';
/** Milliseconds between two alerts of one call. */
const ALERT_PAUSE_MS = 1000;

/** Calls the app's webhooks, as the service does (page 269/1522). Unread messages are only counted when one is told of them. */
export class Webhooks {
  /** Set to switch webhooks on. */
  target: WebhookTarget | undefined;
  readonly log = new WebhookLog();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();
  private readonly alerted = new Map<string, number>();

  constructor(
    private readonly sdkAppId: number,
    private readonly settings: () => SandboxSettings,
    private readonly now: () => number,
  ) {}

  /** Whether anybody is asked before a message is sent. */
  get hasBeforeSend(): boolean {
    return this.wants(BEFORE_SEND);
  }

  /** Whether anybody is told after a message was sent. */
  get hasAfterSend(): boolean {
    return this.wants(AFTER_SEND);
  }

  /** Asks before a message between two users is sent. @throws {Refusal} as {@link askContent} */
  beforeSend(facts: Record<string, unknown>, content: MessageContent): Promise<Verdict> {
    return this.askContent(BEFORE_SEND, facts, content);
  }

  /**
   * Asks before a message is sent. Without a usable answer within 2 s the message goes on, or is refused with 80003,
   * as `webhookFailure` says.
   *
   * @param facts members of the body before the content
   * @throws {Refusal} the webhook's code for a no, one of the app's own, 80003
   */
  async askContent(
    command: string,
    facts: Record<string, unknown>,
    content: MessageContent,
  ): Promise<Verdict> {
    if (!this.wants(command)) return {};
    const { answer, outcome } = await this.post(command, bodyOf(command, facts, content));
    if (outcome?.kind === 'dropped') return 'drop';
    if (outcome?.kind === 'failed' && this.settings().webhookFailure === 'reject') {
      throw new Refusal(80003, 'the webhook before sending failed');
    }
    refuse(outcome);
    if (outcome?.kind === 'failed') return {};
    const body = RequestBody.parse(answer, this.settings().nulls);
    return body ? { content: body } : {};
  }

  /**
   * Asks before something else than a message. Without a usable answer it goes on: the console's switch is one for messages.
   *
   * @returns the accounts that are refused while others go on
   * @throws {Refusal} the webhook's code for a no, one of the app's own
   */
  async ask(command: string, facts: Record<string, unknown>): Promise<ReadonlySet<string>> {
    if (!this.wants(command)) return new Set();
    const { outcome } = await this.post(command, bodyOf(command, facts));
    refuse(outcome);
    const refused = outcome?.kind === 'singlesRefused' ? outcome.accounts : [];
    return new Set(refused.map(({ account }) => account));
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

  /**
   * Warns that a call is made at more than 80 % of its limit (trtc.io/document/60256). When in that second, and how often,
   * is not documented: here once a second, with the calls so far.
   */
  overLimit(call: { readonly name: string; readonly perSecond: number }, requests: number): void {
    if (!this.wants(ALERT)) return;
    const now = this.now();
    const last = this.alerted.get(call.name);
    if (last !== undefined && now >= last && now - last < ALERT_PAUSE_MS) return;
    this.alerted.set(call.name, now);
    const [ServiceName, Command] = call.name.split('/');
    this.tell(ALERT, { ServiceName, Command, Request: requests, Limit: call.perSecond });
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

  /** Tells of something that happened now, with `EventTime`; nobody looks at what is answered. */
  tellNow(command: string, facts: () => Record<string, unknown>): void {
    if (this.wants(command)) this.tell(command, { ...facts(), EventTime: this.now() });
  }

  /** Webhooks after an event go out beside the call, and nobody looks at what they answer. */
  tell(command: string, facts: Record<string, unknown>, content?: MessageContent): void {
    const call: Promise<unknown> = this.deliver(command, bodyOf(command, facts, content)).finally(() =>
      this.underWay.delete(call),
    );
    this.underWay.add(call);
  }

  /**
   * Sends any webhook, also one that is switched off, and waits for what is answered.
   *
   * @param body JSON text
   * @param target where to, instead of where webhooks go
   * @throws {Error} when webhooks go nowhere
   */
  send(command: string, body: string, target = this.target): Promise<SentWebhook> {
    return this.post(command, body, target);
  }

  /** A webhook after an event is sent again when its time was up, as often as `webhookRetries` says. */
  private async deliver(command: string, body: string): Promise<void> {
    for (let left = this.settings().webhookRetries; ; left--) {
      if (!this.target || this.stopping.signal.aborted) return;
      const { late } = await this.post(command, body);
      if (!late || left <= 0) return;
    }
  }

  private async post(
    command: string,
    request: string,
    target = this.target,
  ): Promise<WebhookReply & SentWebhook> {
    if (!target) throw new Error('There is no address that webhooks go to.');
    const at = this.now();
    const { signal } = this.stopping;
    const reply = await callWebhook(target, this.sdkAppId, command, request, at, signal);
    const { status, answer, durationMs } = reply;
    const outcome = answerRule(command) && judgeAnswer(command, readAnswer(status, answer));
    const sent = { at, command, request, status, answer, durationMs, ...(outcome && { outcome }) };
    return { ...this.log.add(sent), answer, late: reply.late };
  }
}

function refuse(outcome: AnswerOutcome | undefined): void {
  if (outcome?.kind === 'refused') {
    throw new Refusal(outcome.code, outcome.info ?? 'the webhook refused it');
  }
}

function bodyOf(command: string, facts: Record<string, unknown>, content?: MessageContent): string {
  let text = JSON.stringify({ CallbackCommand: command, ...facts }).slice(0, -1);
  if (content?.msgBody !== undefined) text += `,"MsgBody":${content.msgBody}`;
  if (content?.cloudCustomData !== undefined) text += `,"CloudCustomData":${content.cloudCustomData}`;
  return `${text}}`;
}
