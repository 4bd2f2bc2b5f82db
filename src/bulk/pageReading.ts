import { addressKey, type ChatAddress, type MessageAddress } from '../chat/address';
import { byChat, windowOf } from '../chat/byChat';
import { isRecalled, type ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';
import { parseMsgKey } from '../chat/msgKey';
import { readMessage, type Seen } from '../modify/seenMessage';
import type { Timing } from '../modify/timing';
import type { ReadingGates } from './planGates';

/** A point in time: by the clock, which may be set, and by one that only runs on, which may stand still in sleep. */
export interface Moment {
  readonly clock: number;
  readonly steady: number;
  /** Of two readings of one run the one that began later has the higher number, also within a millisecond. */
  readonly order: number;
}

function momentOf({ timing, count }: ManyReader): Moment {
  return { clock: timing.now(), steady: timing.steady(), order: count?.() ?? 0 };
}

/** Milliseconds since then, by whichever clock says more. */
export function ageOf(moment: Moment, timing: Timing): number {
  return Math.max(timing.now() - moment.clock, timing.steady() - moment.steady);
}

/** What a message was, and when one began to ask. */
export interface Reading {
  readonly seen: Seen;
  readonly at: Moment;
}

/** What reading many works with. */
export interface ManyReader {
  readonly client: ChatClient;
  readonly timing: Timing;
  /** Where calls that read wait for their turn. */
  readonly gates: ReadingGates;
  readonly signal?: AbortSignal | undefined;
  /** Numbers readings as they begin. */
  readonly count?: (() => number) | undefined;
  /** Told of every message that an answer shows, those that were not asked for included. */
  readonly onSeen?: ((key: string, reading: Reading) => void) | undefined;
}

/** Messages read one by one at the same time. */
const SINGLE = 8;

/**
 * Reads many messages, by pages of history where they lie near each other and one by one where they do not, or where a
 * page does not show them: it is one side's view, and only both sides together say that a message is gone.
 */
export async function readMany(
  reader: ManyReader,
  addresses: readonly MessageAddress[],
): Promise<Map<string, Reading>> {
  const found = new Map<string, Reading>();
  const windows = byWindow(addresses).filter(({ wanted }) => wanted.length > 1);
  await Promise.all(windows.map((window) => readPages(reader, window, found)));
  const rest = addresses.filter((address) => !found.has(addressKey(address)));
  let next = 0;
  const readRest = async (): Promise<void> => {
    for (let address = rest[next++]; address !== undefined; address = rest[next++])
      found.set(addressKey(address), await readOne(reader, address));
  };
  await Promise.all(Array.from({ length: Math.min(SINGLE, rest.length) }, readRest));
  return found;
}

/** Reads one message. */
export async function readOne(reader: ManyReader, address: MessageAddress): Promise<Reading> {
  const { client, timing, gates, signal } = reader;
  if (!(await gates[address.chat].read.pass(signal)))
    return { seen: { kind: 'aborted' }, at: momentOf(reader) };
  let at = momentOf(reader);
  // What is shown is what the last of its tries showed, which began later than the first.
  const findMessage: ChatClient['findMessage'] = (...args) => {
    at = momentOf(reader);
    return client.findMessage(...args);
  };
  const seen = await readMessage({ findMessage }, address, timing, signal);
  return { seen, at };
}

interface Window {
  readonly chat: ChatAddress;
  readonly wanted: readonly MessageAddress[];
  readonly window: { readonly minTime: number; readonly maxTime: number };
}

/** Messages of two users by conversation, with the seconds that their keys name; groups are read exactly, one by one. */
function byWindow(addresses: readonly MessageAddress[]): Window[] {
  const timed = addresses.flatMap((address) => {
    const time = address.chat === 'c2c' ? parseMsgKey(address.key)?.time : undefined;
    return time === undefined ? [] : [{ address, time }];
  });
  return byChat(timed).map(({ chat, items }) => ({
    chat,
    wanted: items.map(({ address }) => address),
    window: windowOf(items.map(({ time }) => time)),
  }));
}

/** Reads pages as long as they cost no more calls than reading the rest one by one would. */
async function readPages(
  reader: ManyReader,
  { chat, wanted, window }: Window,
  found: Map<string, Reading>,
): Promise<void> {
  const { client, gates, signal, onSeen } = reader;
  const left = new Set(wanted.map(addressKey));
  const pages = client.history({ chat, ...window }, signal)[Symbol.asyncIterator]();
  try {
    for (let calls = 0; left.size > 0 && calls < wanted.length; calls += 1) {
      if (!(await gates[chat.chat].read.pass(signal))) return;
      const at = momentOf(reader);
      const page = await pages.next();
      if (page.done) return;
      for (const message of page.value.messages) {
        const key = addressKey(message.address);
        const reading = { seen: seenIn(message), at };
        onSeen?.(key, reading);
        if (left.delete(key)) found.set(key, reading);
      }
      if (page.value.complete) return;
    }
  } catch (error) {
    // Reading one by one says what it means for each.
    if (!ChatServiceError.is(error) && !ChatNetworkError.is(error)) throw error;
  } finally {
    await pages.return?.(undefined);
  }
}

function seenIn(message: ChatMessage): Seen {
  return isRecalled(message) ? { kind: 'recalled' } : { kind: 'content', content: message.content };
}
