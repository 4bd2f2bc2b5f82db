import { setTimeout as wait } from 'node:timers/promises';
import { isLoopback } from '../../chat/regions';
import { valueOfJson } from '../../json/values';
import { eventFacts } from '../../webhooks/commands/facts';
import { postWebhook } from '../post';
import { ALLOW, readyAnswer } from '../rules/answerText';
import { FORWARD_MS, type Rule } from '../rules/rule';
import { RuleBook } from '../rules/ruleBook';
import type { AnsweredEvent, ForwardRecord } from '../store/records';
import type { IncomingWebhook, Reply } from './listener';

/** A reply, and what is written down of how it came about. */
export interface Answered {
  readonly reply: Reply;
  readonly facts: Pick<AnsweredEvent, 'action' | 'rule' | 'ruleKey' | 'tooSlow' | 'forward'>;
}

/** How much of another server's answer is written down. */
const MOST_KEPT = 16 * 1024;

/** Answers webhooks by rules; without one that matches everything is allowed. */
export class Answering {
  private book = new RuleBook([]);
  private trusted: readonly string[] = [];

  /** @param trusted hosts outside this machine that the person allowed webhooks to be sent on to */
  use(rules: readonly Rule[], trusted: readonly string[]): void {
    this.book.dispose();
    this.book = new RuleBook(rules);
    this.trusted = trusted;
  }

  async answer(command: string, webhook: IncomingWebhook): Promise<Answered> {
    const body = valueOfJson(webhook.body.toString());
    const { rule, tooSlow } = await this.book.decide({ command, facts: eventFacts(body), body });
    const noted = tooSlow.length > 0 ? { tooSlow } : {};
    if (!rule) return { reply: { status: 200, text: ALLOW }, facts: { action: 'allow', ...noted } };
    const { answer, delayMs, name, key } = rule;
    if (delayMs > 0) await wait(delayMs, undefined, { ref: false });
    const facts = { action: answer.do, rule: name, ruleKey: key, ...noted };
    if (answer.do !== 'forward') return { reply: readyAnswer(answer) ?? 'none', facts };
    const { reply, forward } = await this.forward(answer.to, webhook);
    return { reply, facts: { ...facts, forward } };
  }

  dispose(): void {
    this.book.dispose();
  }

  /** Asks one's own server with the webhook as it came. What it does not answer in time, or cannot, is allowed. */
  private async forward(
    to: string,
    { body, contentType, search }: IncomingWebhook,
  ): Promise<{ reply: Reply; forward: ForwardRecord }> {
    const url = new URL(to);
    const allowed = { status: 200, text: ALLOW };
    if (!isLoopback(url.hostname) && !this.trusted.includes(url.host)) {
      return { reply: allowed, forward: { to: url.origin, error: 'notAllowed', ms: 0 } };
    }
    url.search = [url.search.slice(1), search].filter((part) => part !== '').join('&');
    const { status, text, error, detail, ms } = await postWebhook({
      url,
      body,
      contentType,
      timeoutMs: FORWARD_MS,
    });
    const forward: ForwardRecord = {
      to: url.origin,
      ms,
      ...(status !== undefined && { status, answer: text.slice(0, MOST_KEPT) }),
      ...(error && { error }),
      ...(detail !== undefined && { detail }),
    };
    return { reply: status === undefined ? allowed : { status, text }, forward };
  }
}
