import { parseMsgKey, type MsgKeyParts } from '../../chat/msgKey';
import { StoredMessage, type MessageRecord } from './storedMessage';

/**
 * A position in the order of a conversation: time, then MsgSeq, which orders what one second holds (page 269/2282), then
 * MsgRandom.
 */
export type Position = MsgKeyParts;

/** The messages between two users, both directions, in order. */
export class Conversation {
  private readonly kept: StoredMessage[] = [];
  /** What was added since somebody last looked: most conversations of a seed are never looked at before the next reset. */
  private readonly added: MessageRecord[] = [];
  private changes = 0;

  get size(): number {
    return this.kept.length + this.added.length;
  }

  at(index: number): StoredMessage | undefined {
    return this.messages[index];
  }

  all(): readonly StoredMessage[] {
    return this.messages;
  }

  /** Adds a message at its place; of equals the later added one comes later. */
  add(record: MessageRecord): void {
    // In one that is looked at, it would be looked for next.
    if (this.kept.length > 0 && this.added.length === 0) this.keep(new StoredMessage(record));
    else this.added.push(record);
    this.touch();
  }

  /** Rises with each change of what its history shows: what was made of that before is then out of date. */
  get version(): number {
    return this.changes;
  }

  /** Says that one of the messages changed. */
  touch(): void {
    this.changes++;
  }

  private get messages(): StoredMessage[] {
    if (this.added.length > 0) {
      for (const record of this.added) this.keep(new StoredMessage(record));
      this.added.length = 0;
    }
    return this.kept;
  }

  private keep(message: StoredMessage): void {
    const last = this.kept.at(-1);
    if (!last || compare(last, message) <= 0) this.kept.push(message);
    else this.kept.splice(indexIn(this.kept, message, true), 0, message);
  }

  /** Index of the first message that does not stand before the position. */
  lowerBound(position: Position): number {
    return indexIn(this.messages, position, false);
  }

  /** The messages of one position: at most one for each direction. */
  withKey(key: string): StoredMessage[] {
    const position = parseMsgKey(key);
    if (!position) return [];
    const found: StoredMessage[] = [];
    for (let index = this.lowerBound(position); ; index++) {
      const message = this.messages[index];
      if (!message || !isSamePosition(message, position)) return found;
      found.push(message);
    }
  }

  /** The message of one sender at this position. */
  find(from: string, position: Position): StoredMessage | undefined {
    for (let index = this.lowerBound(position); ; index++) {
      const message = this.messages[index];
      if (!message || !isSamePosition(message, position)) return undefined;
      if (message.from === from) return message;
    }
  }
}

/** Where in an ordered list a position is, or with `past` ends. */
function indexIn(messages: readonly StoredMessage[], position: Position, past: boolean): number {
  let low = 0;
  let high = messages.length;
  // What is new comes last.
  if (compare(messages[high - 1] ?? position, position) < 0) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(messages[middle] ?? position, position);
    if (order < 0 || (past && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(left: Position, right: Position): number {
  return left.time - right.time || left.seq - right.seq || left.random - right.random;
}

/** True for messages of one MsgKey. */
export function isSamePosition(left: Position, right: Position): boolean {
  return compare(left, right) === 0;
}

/** True when the message stands in the history of this user. */
export function isVisibleTo(message: StoredMessage, user: string): boolean {
  return (message.ofSender && message.from === user) || (message.ofReceiver && message.to === user);
}
