import { setMaxListeners } from 'node:events';
import type { ChatAddress } from '../chat/address';
import { isAborted } from '../chat/errors';
import type { ChatClient } from '../chat/client';
import type { Gate } from '../bulk/gate';
import type { PauseReason } from '../bulk/plan';
import { Stopping } from '../bulk/stopping';
import { verdictOn, type Verdict } from '../modify/answerVerdict';
import { nodeTiming, retryDelay, type Timing } from '../modify/timing';
import type { ImportItem } from './importItems';
import { chatsOf, messagesThere, takeSame } from './importPlan';

/** A message that the service did not take. */
interface Refused {
  readonly index: number;
  /** Absent when nobody knows whether it is there. */
  readonly code?: number;
  readonly info?: string;
}

/** How an import ended. What was not tried is imported by importing again: what is there is found first. */
export interface ImportEnd {
  readonly done: number;
  readonly refused: readonly Refused[];
  readonly notTried: number;
  /** Why it stopped before the end. */
  readonly why?: PauseReason;
  readonly error?: Error;
}

/** What an import runs with. */
export interface ImportOptions {
  /** Where calls wait for their turn. */
  readonly gates: Readonly<Record<ChatAddress['chat'], Gate>>;
  readonly signal?: AbortSignal;
  readonly timing?: Timing;
  onProgress(done: number): void;
}

type ImportClient = Pick<ChatClient, 'importMessage' | 'importGroupMessages' | 'history'>;

/** Calls under way at once: enough for the limit of the call, whose answers may take their time. */
const AT_ONCE = 48;
/** `import_group_msg` takes so many (269/1635). */
const GROUP_MOST = 7;
const TRIES = 5;

/** Imports messages, in rising time, as fast as the gates allow. Never throws for what the service or the network does. */
export async function runImport(
  client: ImportClient,
  items: readonly ImportItem[],
  options: ImportOptions,
): Promise<ImportEnd> {
  const run = new ImportRun(client, options);
  return run.run(items);
}

class ImportRun {
  private readonly stopping: Stopping;
  private readonly timing: Timing;
  private readonly refused: Refused[] = [];
  private done = 0;

  constructor(
    private readonly client: ImportClient,
    private readonly options: ImportOptions,
  ) {
    this.timing = options.timing ?? nodeTiming;
    this.stopping = new Stopping(options.signal, this.timing);
    // Each call that waits for its turn listens to it.
    setMaxListeners(0, this.stopping.signal);
  }

  async run(items: readonly ImportItem[]): Promise<ImportEnd> {
    const single = items.filter(({ place }) => place.chat === 'c2c');
    const groups = chatsOf(items.filter(({ place }) => place.chat === 'group'));
    // An iterator that all workers share hands each message out once.
    const next = single.values();
    const worker = async (): Promise<void> => {
      for (const item of next) {
        if (this.stopping.stopped) return;
        await this.importOne(item);
      }
    };
    await Promise.all([
      ...Array.from({ length: Math.min(AT_ONCE, single.length) }, worker),
      ...groups.map(([chat, own]) => this.importGroup(chat, own)),
    ]);
    const why = this.stopping.why;
    return {
      done: this.done,
      refused: this.refused,
      notTried: items.length - this.done - this.refused.length,
      ...(why && { why: why.why }),
      ...(why?.error && { error: why.error }),
    };
  }

  /** One message of two users: imported again it is left out silently, so that a lost answer costs one call more. */
  private async importOne(item: ImportItem): Promise<void> {
    const { place, from, time, msgBody, cloudCustomData, index } = item;
    if (place.chat !== 'c2c') return;
    const { to, seq, random } = place;
    const content = { msgBody, ...(cloudCustomData !== undefined && { cloudCustomData }) };
    const call = async (): Promise<void> => {
      await this.client.importMessage({ from, to, seq, random, time, ...content });
    };
    const end = await this.tried(this.options.gates.c2c, call);
    if (end === 'done') this.wasDone(1);
    else if (end !== 'stopped') this.wasRefused([index], end);
  }

  /** The messages of a group or a topic, one call after the other. */
  private async importGroup(chat: ChatAddress, items: readonly ImportItem[]): Promise<void> {
    if (chat.chat !== 'group') return;
    for (let at = 0; at < items.length && !this.stopping.stopped; at += GROUP_MOST) {
      let wanted = items.slice(at, at + GROUP_MOST);
      let sent = false;
      const call = async (): Promise<void> => {
        // Nothing tells the service that it has these: one looks before they are sent again.
        if (sent) wanted = await this.without(chat, wanted);
        if (wanted.length === 0) return;
        sent = true;
        const { group, topic } = chat;
        const messages = wanted.map(({ from, time, msgBody, cloudCustomData }) => ({
          ...{ from, time, msgBody },
          ...(cloudCustomData !== undefined && { cloudCustomData }),
        }));
        await this.client.importGroupMessages(
          { group, ...(topic !== undefined && { topic }), messages },
          (results) => {
            const failed = wanted.flatMap(({ index }, place) => {
              const { code = 0 } = results[place] ?? {};
              return code === 0 ? [] : [{ index, code }];
            });
            this.refused.push(...failed);
            this.wasDone(wanted.length - failed.length);
          },
        );
      };
      const end = await this.tried(this.options.gates.group, call);
      if (end !== 'done' && end !== 'stopped')
        this.wasRefused(
          wanted.map(({ index }) => index),
          end,
        );
    }
  }

  /** What is not there of messages whose answer was lost; the others are done. */
  private async without(chat: ChatAddress, items: readonly ImportItem[]): Promise<ImportItem[]> {
    const there = await messagesThere(this.client, chat, items);
    const left = items.filter((item) => !takeSame(there, item));
    this.wasDone(items.length - left.length);
    return left;
  }

  private async tried(
    gate: Gate,
    call: () => Promise<void>,
  ): Promise<'done' | 'stopped' | { readonly code?: number; readonly info?: string }> {
    const { stopping, timing } = this;
    for (let attempt = 1; ; attempt += 1) {
      if (!(await stopping.clear()) || !(await gate.pass(stopping.signal)) || stopping.stopped)
        return 'stopped';
      let verdict: Verdict;
      try {
        await call();
        return 'done';
      } catch (error) {
        verdict = verdictOn(error);
      }
      switch (verdict.kind) {
        case 'refused': {
          const { code, info } = verdict.error;
          return stopping.wasNotDone(verdict.error) ? 'stopped' : { code, info };
        }
        case 'later':
          stopping.backOff();
          break;
        case 'unreachable':
          if (!isAborted(verdict.error)) stopping.wasUnreadable(verdict.error);
          return 'stopped';
        case 'doubt':
          if (attempt >= TRIES) {
            stopping.wasNotDone(verdict.error);
            return {};
          }
          await timing.sleep(retryDelay(attempt, timing), stopping.signal);
      }
    }
  }

  private wasDone(count: number): void {
    if (count > 0) this.stopping.wasDone();
    this.done += count;
    this.options.onProgress(this.done);
  }

  private wasRefused(indexes: readonly number[], { code, info }: { code?: number; info?: string }): void {
    for (const index of indexes)
      this.refused.push({ index, ...(code !== undefined && { code }), ...(info !== undefined && { info }) });
  }
}
