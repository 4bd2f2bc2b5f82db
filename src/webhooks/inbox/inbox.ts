import * as path from 'node:path';
import { isRecord, member, valueOfJson } from '../../json/values';
import { checkSignature } from '../checkSignature';
import { readRules } from '../rules/readRules';
import { EventWriter } from '../store/eventWriter';
import { InboxLock, type InboxHolder } from '../store/inboxLock';
import type { AnsweredEvent } from '../store/records';
import { Answering, type Answered } from './answering';
import { Listener, type Delivery, type IncomingWebhook, type Reply } from './listener';

/** What a running inbox can be told anew. */
export interface InboxSettings {
  /** The random part of the address. */
  readonly segment: string;
  /** The token that webhooks are signed with; undefined when none is known. */
  readonly token?: string;
  /** Names besides those of loopback by which it may be reached. */
  readonly hosts: readonly string[];
  /** The document of rules; one with problems changes nothing. */
  readonly rules: string;
  /** Hosts outside this machine that webhooks may be sent on to. */
  readonly trusted: readonly string[];
}

/** How an inbox begins. */
export interface InboxStart extends InboxSettings {
  readonly folder: string;
  /** 0 picks the one of the last time, else a free one. */
  readonly port: number;
}

/** Another process has the inbox of this folder. */
export class InboxTakenError extends Error {
  override readonly name = 'InboxTakenError';

  constructor(readonly holder: InboxHolder) {
    super(`the inbox runs in process ${holder.pid}`);
  }
}

/** Who is told what happens. */
export interface InboxWatcher {
  /** Something was written down. */
  onNews(): void;
  /** A webhook could not be written down; it was answered nevertheless. */
  onStoreError(error: unknown): void;
}

/** Hears webhooks, writes them down, answers them. */
export class Inbox {
  private readonly answering = new Answering();
  private readonly listener: Listener;

  private constructor(
    private settings: InboxSettings,
    private readonly lock: InboxLock,
    private readonly writer: EventWriter,
    private readonly watcher: InboxWatcher,
  ) {
    this.listener = new Listener(settings, (webhook, reply) => void this.handle(webhook, reply));
    this.change(settings);
  }

  /**
   * @returns the inbox and the port at which it listens
   * @throws {InboxTakenError} when another process has it
   * @throws {Error} with code EADDRINUSE or EACCES when the port cannot be had
   */
  static async start(start: InboxStart, watcher: InboxWatcher): Promise<{ inbox: Inbox; port: number }> {
    const lock = await InboxLock.take(start.folder);
    if (!(lock instanceof InboxLock)) throw new InboxTakenError(lock);
    let inbox: Inbox | undefined;
    try {
      const writer = await EventWriter.open(path.join(start.folder, 'events'));
      inbox = new Inbox(start, lock, writer, watcher);
      const port = await inbox.listen(start.port);
      lock.publish(port);
      return { inbox, port };
    } catch (error) {
      if (inbox) await inbox.stop();
      else lock.release();
      throw error;
    }
  }

  change(settings: InboxSettings): void {
    this.settings = settings;
    this.listener.admit(settings);
    const { rules, problems } = readRules(settings.rules);
    if (problems.length === 0) this.answering.use(rules, settings.trusted);
  }

  /** Removes all webhooks that are kept. */
  clear(): void {
    this.writer.clear();
    this.watcher.onNews();
  }

  async stop(): Promise<void> {
    await this.listener.stop();
    this.answering.dispose();
    this.writer.close();
    this.lock.release();
  }

  private async listen(port: number): Promise<number> {
    const last = port === 0 ? this.lock.lastPort() : 0;
    if (last > 0) {
      try {
        return await this.listener.listen(last);
      } catch {
        // Somebody else has it by now: a free one then.
      }
    }
    return this.listener.listen(port);
  }

  private async handle(webhook: IncomingWebhook, reply: (reply: Reply) => Promise<Delivery>): Promise<void> {
    const began = performance.now();
    const query = new URLSearchParams(webhook.search);
    const command = commandOf(query, webhook.body);
    const number = this.keep(() =>
      this.writer.received(
        {
          at: Date.now(),
          command,
          query: [...query].filter(([name]) => name.toLowerCase() !== 'sign'),
          contentType: webhook.contentType,
          signature: checkSignature(query, this.settings.token, Date.now()),
        },
        webhook.body,
      ),
    );
    const answered = await this.answerTo(command, webhook);
    const how = await reply(answered.reply);
    if (number === undefined) return;
    const { status, text } = answered.reply === 'none' ? {} : answered.reply;
    const event: Omit<AnsweredEvent, 'kind'> = {
      number,
      ms: performance.now() - began,
      how,
      ...answered.facts,
      ...(status !== undefined && { status, answer: text ?? '' }),
    };
    this.keep(() => this.writer.answered(event));
  }

  /** Whatever goes wrong in a rule, the webhook gets an answer. */
  private async answerTo(command: string, webhook: IncomingWebhook): Promise<Answered> {
    try {
      return await this.answering.answer(command, webhook);
    } catch (error) {
      this.watcher.onStoreError(error);
      return { reply: { status: 500, text: '' }, facts: { action: 'status' } };
    }
  }

  private keep<T>(write: () => T): T | undefined {
    try {
      const written = write();
      this.watcher.onNews();
      return written;
    } catch (error) {
      this.watcher.onStoreError(error);
      return undefined;
    }
  }
}

function commandOf(query: URLSearchParams, body: Buffer): string {
  const named = query.get('CallbackCommand');
  if (named !== null && named !== '') return named;
  const value = valueOfJson(body.toString());
  const command = isRecord(value) ? member(value, 'CallbackCommand') : undefined;
  return typeof command === 'string' ? command : '';
}
