import { addressKey } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import type { Journal } from '../journal/journal';
import { changedMembers } from '../message/changes';
import { pickMembers } from '../modify/checkedText';
import type { MessageLock } from '../modify/lock';
import type { Modifier } from '../modify/modifier';
import { contentAfter } from '../modify/readBack';
import type { Seen } from '../modify/seenMessage';
import type { Timing } from '../modify/timing';
import { readMany, readOne, type ManyReader, type Reading } from './pageReading';
import { whyLeftOut, type Plan, type PlanItem, type PlanNote } from './plan';
import { carryOutCall } from './planCall';
import type { LatestReadings } from './latestReadings';
import type { ReadingAhead } from './readingAhead';
import { readBack } from './readingBack';
import type { PlanRunOptions } from './runOptions';
import type { Begun, Called, Ready, Tried } from './stages';
import type { PlanEnd } from './report';
import type { Stopping } from './stopping';

/** What chunks of plans work with. */
export interface ChunkParts {
  readonly journal: Journal;
  readonly modifier: Modifier;
  readonly timing: Timing;
}

/** What the chunks of one run share. */
export interface RunUnderWay {
  readonly stopping: Stopping;
  readonly ahead: ReadingAhead;
  readonly latest: LatestReadings;
}

/** So often one message is tried in a run. */
const TRIES = 5;

/**
 * Some messages of a plan that go their way together: locked, read, compared, written down in one durable write, called
 * each at its turn, read back, and written down again. Locks are held until the end is on the disk.
 */
export class Chunk {
  /** What reading said of messages to which nothing was sent. */
  readonly notes: PlanNote[] = [];
  /** What became of messages, for who follows. */
  readonly ends: { readonly index: number; readonly end: PlanEnd; readonly content?: MessageContent }[] = [];
  private readonly again: Tried[] = [];
  private readonly locks: MessageLock[] = [];
  /** Messages of which nobody knows what an earlier call came to: another one may do the same again. */
  private readonly open = new Set<string>();

  constructor(
    private readonly plan: Plan,
    private readonly parts: ChunkParts,
    private readonly options: PlanRunOptions,
    private readonly run: RunUnderWay,
  ) {}

  /**
   * Takes the messages all their way.
   *
   * @returns what is to be tried again
   * @throws the file system's error; nothing was sent that the journal does not have
   */
  async carryOut(tried: readonly Tried[]): Promise<readonly Tried[]> {
    try {
      const begun = await this.prepare(tried);
      const called = await Promise.all(begun.map((one) => this.call(one)));
      const ended = await readBack(called, this.reader, this.run.stopping);
      await this.parts.journal.settleMany(
        ended.map(({ revision, end }) => ({ revision, outcome: end.outcome })),
      );
      for (const one of ended) this.tell(one);
      return this.again;
    } finally {
      for (const one of tried) this.run.latest.letGo(addressKey(this.item(one).address));
      await Promise.all(this.locks.map((lock) => lock.release()));
    }
  }

  /** @returns those that wait for their turn; of the others reading ahead is told that they do not */
  private async prepare(tried: readonly Tried[]): Promise<readonly Begun[]> {
    const { ahead } = this.run;
    ahead.began(tried.length);
    let begun: readonly Begun[] = [];
    try {
      begun = await this.begin(tried);
      return begun;
    } finally {
      for (let left = tried.length - begun.length; left > 0; left -= 1) ahead.left();
    }
  }

  /** Locks, reads, compares, and writes down what is about to be sent. */
  private async begin(tried: readonly Tried[]): Promise<readonly Begun[]> {
    const { stopping, latest } = this.run;
    await stopping.clear();
    const held = await this.lock(tried);
    for (const one of held) latest.follow(addressKey(this.item(one).address));
    for (const [key, reading] of await this.read(held)) latest.hold(key, reading);
    const fit = held.flatMap((one) => this.compare(one) ?? []);
    if (stopping.stopped) this.again.push(...fit.map((ready) => ready.tried));
    const ready = stopping.stopped ? [] : fit;
    const { id, connection } = this.plan;
    const entries = ready.map(({ item, before, sent }) => ({
      action: 'modify' as const,
      connection,
      address: item.address,
      before,
      intent: sent,
    }));
    const revisions = await this.parts.journal.beginMany(id, entries);
    return ready.flatMap((one, at) => {
      const revision = revisions[at];
      return revision ? [{ ready: one, revision }] : [];
    });
  }

  private async lock(tried: readonly Tried[]): Promise<Tried[]> {
    const { locks } = this.parts.modifier;
    const taken = await Promise.allSettled(
      tried.map(async (one) => {
        const ref = { connectionId: this.plan.connection.id, address: this.item(one).address };
        return { one, result: await locks.take(ref, { waitMs: 0 }) };
      }),
    );
    const held: Tried[] = [];
    let failure: { readonly error: unknown } | undefined;
    for (const lock of taken) {
      if (lock.status === 'rejected') {
        failure ??= { error: lock.reason };
        continue;
      }
      const { one, result } = lock.value;
      if (result.kind === 'taken') {
        this.locks.push(result.lock);
        held.push(one);
      } else this.later(one, 'busy');
    }
    if (failure) throw failure.error;
    return held;
  }

  /** Reads the messages; one that something is in doubt about is settled first, and read anew. */
  private async read(held: readonly Tried[]): Promise<Map<string, Reading>> {
    const { journal, modifier } = this.parts;
    const { client } = this.options;
    const { connection } = this.plan;
    const addresses = held.map((one) => this.item(one).address);
    const keys = new Set(addresses.map(addressKey));
    const doubtful = new Map(
      (await journal.unfinished({ connectionId: connection.id }))
        .filter(({ address }) => keys.has(addressKey(address)))
        .map(({ address }) => [addressKey(address), address]),
    );
    const found = await readMany(this.reader, addresses);
    await Promise.all(
      [...doubtful].map(async ([key, address]) => {
        const seen = found.get(key)?.seen;
        if (!seen || !(await modifier.settleHeld({ connection, client, address }, seen))) this.open.add(key);
      }),
    );
    for (const [key, reading] of await readMany(this.reader, [...doubtful.values()])) found.set(key, reading);
    return found;
  }

  private compare(tried: Tried): Ready | undefined {
    const item = this.item(tried);
    const reading = this.run.latest.of(addressKey(item.address));
    if (!reading) {
      this.again.push(tried);
      return undefined;
    }
    const { seen } = reading;
    if (seen.kind !== 'content') {
      this.leaveOut(tried, seen);
      return undefined;
    }
    if (this.open.has(addressKey(item.address))) {
      this.later(tried, 'unreadable');
      return undefined;
    }
    const before = seen.content;
    const why = whyLeftOut(item, before);
    if (why) {
      this.note(tried, why, { content: before });
      return undefined;
    }
    const sent = pickMembers(item.content, changedMembers(before, item.content));
    return { tried, item, reading, before, sent };
  }

  private leaveOut(tried: Tried, seen: Exclude<Seen, { kind: 'content' }>): void {
    switch (seen.kind) {
      case 'recalled':
      case 'gone':
        this.note(tried, seen.kind);
        return;
      case 'aborted':
        this.again.push(tried);
        return;
      case 'unreachable':
      case 'unreadable':
        if (this.run.stopping.wasUnreadable(seen.error)) this.again.push(tried);
        else this.later(tried, 'unreadable');
        return;
      case 'refused':
        if (this.run.stopping.wasNotDone(seen.error)) this.again.push(tried);
        else this.note(tried, 'unreadable', { code: seen.error.code });
    }
  }

  private async call({ ready, revision }: Begun): Promise<Called> {
    const { client, gates } = this.options;
    const { stopping, ahead, latest } = this.run;
    const { item, before, sent, reading } = ready;
    const { timing } = this.parts;
    const key = addressKey(item.address);
    const end = await carryOutCall({
      client,
      address: item.address,
      attempt: { before, sent },
      reading: () => latest.of(key) ?? reading,
      readAgain: async () => latest.hold(key, await readOne(this.reader, item.address)),
      gates,
      timing,
      stopping,
      onTurn: (age) => ahead.left(age),
    });
    const { code } = end.outcome;
    // What was put off too often is what the service answered.
    const exhausted = end.again && code !== undefined && ready.tried.tries + 1 >= TRIES && !stopping.stopped;
    if (!exhausted) return { ready, revision, end };
    return { ready, revision, end: { outcome: { ...end.outcome, state: 'refused' }, again: false } };
  }

  private tell({ ready: { tried, before, sent }, end: { outcome, again } }: Called): void {
    const { index } = tried;
    if (again) {
      this.again.push({ index, tries: tried.tries + 1 });
      return;
    }
    const { state, readBack, info } = outcome;
    switch (state) {
      case 'done':
        this.ends.push({ index, end: 'done', content: readBack ?? contentAfter({ before, sent }) });
        return;
      case 'refused':
        this.ends.push({ index, end: 'refused' });
        return;
      case 'foreign': {
        const end = info === 'recalled' || info === 'gone' ? info : 'conflict';
        this.ends.push({ index, end, ...(readBack && { content: readBack }) });
        return;
      }
      case 'notDone':
        this.ends.push({ index, end: 'notTried' });
        return;
      case 'pending':
      case 'unknown':
        this.ends.push({ index, end: 'unknown' });
    }
  }

  /** For now it cannot be tried; after some tries that is how it ends. */
  private later(tried: Tried, end: 'busy' | 'unreadable'): void {
    if (tried.tries + 1 >= TRIES) this.note(tried, end);
    else {
      this.run.stopping.backOff();
      this.again.push({ index: tried.index, tries: tried.tries + 1 });
    }
  }

  private note(
    { index }: Tried,
    end: PlanNote['end'],
    { code, content }: { readonly code?: number; readonly content?: MessageContent } = {},
  ): void {
    this.notes.push({ index, end, ...(code !== undefined && { code }) });
    this.ends.push({ index, end, ...(content && { content }) });
  }

  private get reader(): ManyReader {
    const { client, gates } = this.options;
    const { stopping, latest } = this.run;
    return {
      ...{ client, timing: this.parts.timing, gates, signal: stopping.signal },
      count: () => latest.count(),
      onSeen: (key, reading) => latest.saw(key, reading),
    };
  }

  private item({ index }: Tried): PlanItem {
    const item = this.plan.items[index];
    if (!item) throw new RangeError('no such message in the plan');
    return item;
  }
}
