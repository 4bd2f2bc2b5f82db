import { createHash } from 'node:crypto';
import { isRecord, valueOfJson } from '../../json/values';
import type { SignatureVerdict } from '../checkSignature';
import type { Rule, RuleAnswer } from '../rules/rule';

/** A webhook as it came in, without its body. */
export interface ReceivedEvent {
  readonly kind: 'received';
  /** Counts the webhooks of this machine, from 1. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** `CallbackCommand` of the query, else of the body; empty when neither names one. */
  readonly command: string;
  /** Names and values of the query, in its order, without `Sign`: with it the token could be guessed at. */
  readonly query: readonly (readonly [string, string])[];
  readonly contentType: string;
  readonly signature: SignatureVerdict;
}

/** What became of asking one's own server. */
export interface ForwardRecord {
  readonly to: string;
  readonly status?: number;
  /** The beginning of what it answered. */
  readonly answer?: string;
  /** Why it gave none. */
  readonly error?: 'late' | 'failed' | 'notAllowed';
  readonly detail?: string;
  readonly ms: number;
}

/** How a webhook was answered. */
export interface AnsweredEvent {
  readonly kind: 'answered';
  readonly number: number;
  /** From the end of its body to the end of the answer. */
  readonly ms: number;
  /** `gone`: whoever asked did not wait for the answer. */
  readonly how: 'answered' | 'noAnswer' | 'gone';
  /** What was done about it. */
  readonly action: RuleAnswer['do'];
  /** HTTP status and body of the answer; absent when there was none. */
  readonly status?: number;
  readonly answer?: string;
  /** The name of the rule that decided. */
  readonly rule?: string;
  /** What tells that rule; earlier versions wrote none. */
  readonly ruleKey?: Rule['key'];
  /** Rules whose expression did not end in time, so that they were passed over. */
  readonly tooSlow?: readonly string[];
  readonly forward?: ForwardRecord;
}

/** What stands in the files of the inbox. */
export type StoredRecord = ReceivedEvent | AnsweredEvent;

/** A record that was read, and where its body lies. */
interface ReadRecord {
  readonly record: StoredRecord;
  readonly bodyStart: number;
  readonly bodyLength: number;
}

/** What is in some bytes. */
export interface ReadRecords {
  readonly records: readonly ReadRecord[];
  /** Up to here all is read; what follows is the beginning of a record, or nothing. */
  readonly end: number;
  /** Bytes that belong to no whole record. */
  readonly damaged: number;
}

const HASH = 64;
const LINE = /^([0-9a-f]{64}) (\d{1,9}) (\d{1,9})\n$/;
/** Hash, two lengths and what is between them. */
const LONGEST_LINE = HASH + 2 * 10 + 1;
const BREAK = 0x0a;

/**
 * A record as bytes: a line with the hash and the lengths of what follows, the record as JSON, the body as it came. A
 * file of them can be cut anywhere, by a kill or a full disk, and all that stands before is whole.
 */
export function writeRecord(record: StoredRecord, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.from(JSON.stringify(record));
  const line = `${digest(head, body)} ${head.length} ${body.length}\n`;
  return Buffer.concat([Buffer.from(line), head, Buffer.of(BREAK), body, Buffer.of(BREAK)]);
}

/** Reads records. What is damaged between two whole ones is passed over and counted. */
export function readRecords(bytes: Buffer): ReadRecords {
  const records: ReadRecord[] = [];
  let at = 0;
  let damaged = 0;
  while (at < bytes.length) {
    const one = recordAt(bytes, at);
    if (one === 'cut') break;
    if (one) {
      records.push(one.read);
      at = one.end;
      continue;
    }
    const next = nextRecord(bytes, at);
    if (next === undefined) break;
    damaged += next - at;
    at = next;
  }
  return { records, end: at, damaged };
}

/** The record that begins at a place; `cut` when its end is not there. */
function recordAt(bytes: Buffer, at: number): { read: ReadRecord; end: number } | 'cut' | undefined {
  const lineEnd = bytes.indexOf(BREAK, at);
  if (lineEnd < 0) return bytes.length - at <= LONGEST_LINE ? 'cut' : undefined;
  const match = LINE.exec(bytes.toString('latin1', at, Math.min(lineEnd + 1, at + LONGEST_LINE + 1)));
  if (!match) return undefined;
  const [, hash, headLength, bodyLength] = match;
  const head = lineEnd + 1;
  const bodyStart = head + Number(headLength) + 1;
  const bodyEnd = bodyStart + Number(bodyLength);
  if (bodyEnd + 1 > bytes.length) return 'cut';
  const headBytes = bytes.subarray(head, bodyStart - 1);
  if (digest(headBytes, bytes.subarray(bodyStart, bodyEnd)) !== hash) return undefined;
  const record = valueOfJson(headBytes.toString());
  if (!isStored(record)) return undefined;
  return { read: { record, bodyStart, bodyLength: bodyEnd - bodyStart }, end: bodyEnd + 1 };
}

/** Where the next whole record begins after a damaged place. */
function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf(BREAK, at);
    if (lineEnd < 0) return undefined;
    at = lineEnd + 1;
    // A cut one may be the damaged place itself, with whole ones after it.
    const found = at < bytes.length ? recordAt(bytes, at) : undefined;
    if (typeof found === 'object') return at;
  }
}

function isStored(value: unknown): value is StoredRecord {
  return (
    isRecord(value) &&
    (value.kind === 'received' || value.kind === 'answered') &&
    Number.isSafeInteger(value.number)
  );
}

function digest(head: Buffer, body: Buffer): string {
  return createHash('sha256').update(head).update(body).digest('hex');
}
