import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addressKey, c2cAddress, groupAddress, type ChatAddress } from '../../../src/chat/address';
import type { ChatMessage } from '../../../src/chat/chatMessage';
import type { HistoryPage, HistoryRequest } from '../../../src/chat/client';
import { Reader, type HistorySource } from '../../../src/conversation/reader';
import type { Item } from '../../../src/conversation/timeline';

const { signal } = new AbortController();
const C2C: ChatAddress = { chat: 'c2c', user: 'alice', peer: 'bob' };
const GROUP: ChatAddress = { chat: 'group', group: 'G' };

/** A message between alice and bob: who wrote it, when, and its MsgSeq. */
function between(from: 'alice' | 'bob', time: number, seq: number): ChatMessage {
  const to = from === 'alice' ? 'bob' : 'alice';
  const address = c2cAddress(from, to, `${seq}_7_${time}`);
  return { address, sender: from, seq, random: 7, time, flags: 0, peerRead: false, content: {} };
}

function inGroup(seq: number, time: number): ChatMessage {
  const address = groupAddress('G', seq);
  return { address, sender: 'alice', seq, random: 7, time, flags: 0, peerRead: false, content: {} };
}

/** History of two users as the service pages it: backwards, by seconds, and cut where it likes. */
class C2cHistory implements HistorySource {
  calls = 0;

  constructor(
    private readonly sides: Readonly<Record<string, readonly ChatMessage[]>>,
    private readonly size: (call: number) => number,
  ) {}

  async *history({ chat, minTime = 0, maxTime = 1e12, after }: HistoryRequest): AsyncGenerator<HistoryPage> {
    await Promise.resolve();
    const user = chat.chat === 'c2c' ? chat.user : '';
    const cursor = after && 'time' in after ? after : undefined;
    const seen = new Set(cursor?.seen);
    const end = cursor?.time ?? maxTime;
    const left = (this.sides[user] ?? [])
      .filter(({ time, address }) => time >= minTime && time <= end && !seen.has(addressKey(address)))
      .sort((a, b) => b.time - a.time || b.seq - a.seq);
    const messages = left.slice(0, this.size(this.calls++));
    const last = messages.at(-1);
    if (messages.length === left.length || !last) {
      yield { messages, unreadable: [], complete: true };
      return;
    }
    const keys = messages.filter(({ time }) => time === last.time).map(({ address }) => addressKey(address));
    const before = cursor?.time === last.time ? cursor.seen : [];
    yield {
      messages,
      unreadable: [],
      complete: false,
      cursor: { time: last.time, key: keys.at(-1) ?? '', seen: [...before, ...keys] },
    };
  }
}

/** History of a group: by falling MsgSeq. */
class GroupHistory implements HistorySource {
  constructor(
    private readonly messages: readonly ChatMessage[],
    private readonly size: number,
  ) {}

  async *history({ maxTime = Infinity, after }: HistoryRequest): AsyncGenerator<HistoryPage> {
    await Promise.resolve();
    const most = after && 'seq' in after ? after.seq : Infinity;
    const left = this.messages
      .filter(({ seq, time }) => seq <= most && time <= maxTime)
      .sort((a, b) => b.seq - a.seq);
    const messages = left.slice(0, this.size);
    const least = messages.at(-1)?.seq ?? 0;
    if (least <= 1) yield { messages, unreadable: [], complete: true };
    else yield { messages, unreadable: [], complete: false, cursor: { seq: least - 1 } };
  }
}

/** Rows in short: a time or MsgSeq, or what is missing. */
function inShort(items: readonly Item[]): (string | number)[] {
  return items.map((item) => (item.kind === 'gap' ? item.where : item.place));
}

function readerOf(chat: ChatAddress, source: HistorySource): Reader {
  return new Reader(() => Promise.resolve(source), chat);
}

/** Reads everything that is missing, from the end that `up` says. */
async function fillAll(
  reader: Reader,
  viewed: 'user' | 'peer' | 'both',
  end: 'above' | 'below',
): Promise<void> {
  for (let round = 0; round < 5_000; round += 1) {
    const missing = reader.timeline.items(viewed).find(({ kind }) => kind === 'gap');
    if (missing?.kind !== 'gap') return;
    await reader.fill(viewed, missing, end, signal);
  }
  assert.fail('reading does not end');
}

describe('a conversation from pages', () => {
  it('begins with the newest page and grows upwards', async () => {
    const messages = [10, 20, 30, 40, 50].map((time, index) => between('alice', time, index));
    const reader = readerOf(C2C, new C2cHistory({ alice: messages }, () => 2));
    await reader.newest('user', signal);
    assert.deepEqual(inShort(reader.timeline.items('user')), ['older', 40, 50]);
    const [older] = reader.timeline.items('user');
    assert.ok(older?.kind === 'gap');
    await reader.fill('user', older, 'below', signal);
    assert.deepEqual(inShort(reader.timeline.items('user')), ['older', 20, 30, 40, 50]);
    await fillAll(reader, 'user', 'below');
    assert.deepEqual(inShort(reader.timeline.items('user')), [10, 20, 30, 40, 50]);
  });

  it('shows what was jumped to apart, and joins it as it is read', async () => {
    const messages = Array.from({ length: 40 }, (_, index) => between('bob', 10_000 * (index + 1), index));
    const reader = readerOf(C2C, new C2cHistory({ alice: messages }, () => 3));
    await reader.newest('user', signal);
    await reader.around('user', 100_000, signal);
    assert.deepEqual(inShort(reader.timeline.items('user')), [
      'older',
      ...[70_000, 80_000, 90_000, 100_000],
      'between',
      ...[380_000, 390_000, 400_000],
    ]);
    await fillAll(reader, 'user', 'above');
    assert.equal(reader.timeline.items('user').length, 40);
  });

  it('finds a day of a group, and reads on from it in both directions', async () => {
    const messages = Array.from({ length: 100 }, (_, index) => inGroup(index + 1, 1_000 + index * 10));
    const reader = readerOf(GROUP, new GroupHistory(messages, 20));
    await reader.newest('user', signal);
    // The first message of 1500 or later is the fifty-first.
    const place = await reader.placeAt(1_500, signal);
    assert.equal(place, 51);
    await reader.around('user', place, signal);
    assert.deepEqual(inShort(reader.timeline.items('user')), [
      'older',
      ...Array.from({ length: 40 }, (_, index) => 31 + index),
      'between',
      ...Array.from({ length: 20 }, (_, index) => 81 + index),
    ]);
  });

  it('tells what only one side has, where both were read', async () => {
    const all = [10, 20, 30, 40].map((time, index) => between('alice', time, index));
    const [first, second, third, fourth] = all;
    assert.ok(first && second && third && fourth);
    const source = new C2cHistory({ alice: [second, third, fourth], bob: [first, second, fourth] }, () => 9);
    const reader = readerOf(C2C, source);
    await reader.newest('user', signal);
    const onlyOn = (): unknown[] =>
      reader.timeline
        .items('both')
        .map((item) => (item.kind === 'gap' ? item.where : [item.place, reader.timeline.onlyOn(item)]));
    assert.deepEqual(onlyOn(), []);
    await reader.newest('peer', signal);
    assert.deepEqual(onlyOn(), [
      [10, 'peer'],
      [20, undefined],
      [30, 'user'],
      [40, undefined],
    ]);
    assert.deepEqual(inShort(reader.timeline.items('user')), [20, 30, 40]);
    assert.deepEqual(inShort(reader.timeline.items('peer')), [10, 20, 40]);
  });

  it('shows what is new, and what went, when it looks again', async () => {
    const messages = [10, 20, 30].map((time, index) => between('alice', time, index));
    const sides: Record<string, readonly ChatMessage[]> = { alice: messages };
    const reader = readerOf(C2C, new C2cHistory(sides, () => 9));
    await reader.newest('user', signal);
    sides.alice = [...messages.slice(0, 2), between('bob', 20, 9), between('bob', 60, 4)];
    await reader.newest('user', signal);
    assert.deepEqual(inShort(reader.timeline.items('user')), [10, 20, 20, 60]);
  });

  it('says that something is missing when more came than a page has', async () => {
    const sides: Record<string, readonly ChatMessage[]> = { alice: [between('alice', 10, 1)] };
    const reader = readerOf(C2C, new C2cHistory(sides, () => 2));
    await reader.newest('user', signal);
    sides.alice = [10, 20, 30, 40, 50].map((time, index) => between('alice', time, index + 1));
    await reader.newest('user', signal);
    assert.deepEqual(inShort(reader.timeline.items('user')), [10, 'between', 40, 50]);
    await fillAll(reader, 'user', 'below');
    assert.deepEqual(inShort(reader.timeline.items('user')), [10, 20, 30, 40, 50]);
  });

  it('stands once, whichever pages come in whichever order', async () => {
    const someone = fc.constantFrom('alice' as const, 'bob' as const);
    const seenBy = fc.constantFrom<readonly string[]>(['alice', 'bob'], ['alice', 'bob'], ['alice'], ['bob']);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('newest' as const) }),
      fc.record({ kind: fc.constant('around' as const), place: fc.nat(20_100) }),
      fc.record({
        kind: fc.constant('fill' as const),
        which: fc.nat(5),
        end: fc.constantFrom('above' as const, 'below' as const),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(someone, fc.oneof(fc.nat(30), fc.nat(20_000)), seenBy), { maxLength: 60 }),
        fc.array(fc.tuple(step, fc.constantFrom('user' as const, 'peer' as const, 'both' as const)), {
          maxLength: 12,
        }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (made, steps, sizes, upwards) => {
          const all = made.map(([from, time, by], seq) => ({ message: between(from, time, seq), by }));
          const of = (user: string): ChatMessage[] =>
            all.filter(({ by }) => by.includes(user)).map(({ message }) => message);
          const size = (call: number): number => sizes[call % sizes.length] ?? 1;
          const reader = readerOf(C2C, new C2cHistory({ alice: of('alice'), bob: of('bob') }, size));
          for (const [{ kind, ...how }, viewed] of steps) {
            if (kind === 'newest') await reader.newest(viewed, signal);
            if ('place' in how) await reader.around(viewed, how.place, signal);
            if ('which' in how) {
              const gaps = reader.timeline.items(viewed).flatMap((item) => (item.kind === 'gap' ? item : []));
              const gap = gaps[how.which % Math.max(1, gaps.length)];
              if (gap) await reader.fill(viewed, gap, how.end, signal);
            }
          }
          const inTime = (messages: readonly ChatMessage[]): string[] =>
            [...messages]
              .sort((a, b) => a.time - b.time || a.seq - b.seq)
              .map(({ address }) => addressKey(address));
          const views = { user: of('alice'), peer: of('bob'), both: all.map(({ message }) => message) };
          for (const viewed of ['user', 'peer', 'both'] as const) {
            await reader.newest(viewed, signal);
            await fillAll(reader, viewed, upwards ? 'above' : 'below');
            assert.deepEqual(
              reader.timeline.items(viewed).map(({ key }) => key),
              inTime(views[viewed]),
            );
          }
        },
      ),
      { numRuns: 150, seed: 19 },
    );
  });

  it('stands once in a group, whichever pages come in whichever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(90),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.tuple(fc.boolean(), fc.nat(120)), { maxLength: 8 }),
        fc.constantFrom('above' as const, 'below' as const),
        async (count, size, steps, end) => {
          const messages = Array.from({ length: count }, (_, index) => inGroup(index + 1, index));
          const reader = readerOf(GROUP, new GroupHistory(messages, size));
          for (const [byTime, place] of steps)
            await reader.around('user', byTime ? await reader.placeAt(place, signal) : place, signal);
          await reader.newest('user', signal);
          await fillAll(reader, 'user', end);
          assert.deepEqual(
            inShort(reader.timeline.items('user')),
            messages.map(({ seq }) => seq),
          );
        },
      ),
      { numRuns: 100, seed: 19 },
    );
  });
});
