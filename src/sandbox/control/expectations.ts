import { isRecord, member, valueOfJson } from '../../json/values';
import type { CallLog, ReceivedCall } from '../http/callLog';

/** What a test expects of its client. */
export interface Expectation {
  /** `service/command`; any call when absent. */
  readonly command?: string;
  /** Members that the body must have, with these values, at any depth; others may be there too. */
  readonly body?: unknown;
  /** `ErrorCode` of the answer; any when absent. */
  readonly code?: number;
  /** How many such calls must come; 0 says that none may. */
  readonly count: number;
  /** Whether more than `count` is wrong too; then, as with a count of 0, all the time is waited for. */
  readonly exact: boolean;
  /** Milliseconds in which they must have come. */
  readonly within: number;
  /** Only calls with a higher number count. */
  readonly after: number;
}

/** One call as an answer shows it. */
interface ShownCall {
  readonly number: number;
  readonly command: string | undefined;
  readonly code: number;
  /** Its body, as JSON where it is. */
  readonly request: unknown;
  /** What of it was not as expected. */
  readonly differs?: readonly string[];
}

/** How an expectation ended. */
export interface Outcome {
  readonly met: boolean;
  readonly expected: Expectation;
  /** Calls as expected that came. */
  readonly count: number;
  readonly calls: readonly ShownCall[];
  /** The last other calls that came instead, when it was not met. */
  readonly instead?: readonly ShownCall[];
}

const USUAL_MS = 2000;
/** Longer than that no HTTP client waits by itself. */
const LONGEST_MS = 60_000;
const MOST_SHOWN = 20;
const MOST_DIFFERENCES = 10;

/**
 * Reads an expectation from JSON, where only what differs from the usual must stand.
 *
 * @throws {Error} that names what is wrong
 */
export function readExpectation(value: Record<string, unknown>): Expectation {
  const known = ['command', 'body', 'code', 'count', 'exact', 'within', 'after'];
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`An expectation has no ${unknown}; it has ${known.join(', ')}.`);
  const command = member(value, 'command');
  if (command !== undefined && typeof command !== 'string') throw new Error('command is a text.');
  const exact = member(value, 'exact') ?? false;
  if (typeof exact !== 'boolean') throw new Error('exact is true or false.');
  const body = member(value, 'body');
  const code = member(value, 'code') === undefined ? undefined : wholeNumber(value, 'code', 0, 1_000_000);
  return {
    ...(command !== undefined && { command }),
    ...(body !== undefined && { body }),
    ...(code !== undefined && { code }),
    count: wholeNumber(value, 'count', 1, 1_000_000),
    exact,
    within: waitingTime(member(value, 'within'), USUAL_MS),
    after: wholeNumber(value, 'after', 0, Number.MAX_SAFE_INTEGER),
  };
}

/**
 * How long somebody wants to wait.
 *
 * @param value a number of milliseconds, or its text
 * @throws {Error} when it is none, or too long
 */
export function waitingTime(value: unknown, usual: number): number {
  const ms = Number(value ?? usual);
  if (ms >= 0 && ms <= LONGEST_MS && value !== '') return ms;
  throw new Error(`within is a number of milliseconds from 0 to ${LONGEST_MS}.`);
}

/**
 * Looks at the calls that came, and waits for those that are missing: as long as it must, at most the time of the
 * expectation.
 */
export async function meet(expected: Expectation, calls: CallLog, stopping: AbortSignal): Promise<Outcome> {
  const isMatch = (call: ReceivedCall): boolean =>
    call.number > expected.after && differences(call, expected).length === 0;
  let count = calls.list(undefined, expected.after).calls.filter(isMatch).length;
  const isOver = (): boolean => count > expected.count && (expected.exact || expected.count === 0);
  const isDecided = (): boolean =>
    isOver() || (!expected.exact && expected.count > 0 && count >= expected.count);
  if (!isDecided()) {
    const isDecidedWith = (call: ReceivedCall): boolean => {
      if (isMatch(call)) count++;
      return isDecided();
    };
    await calls.waitFor(isDecidedWith, expected.within, stopping);
  }
  const met = count >= expected.count && !isOver();
  const came = calls.list(undefined, expected.after).calls;
  const right = came.filter(isMatch);
  const others = came.filter((call) => !isMatch(call));
  return {
    ...{ met, expected, count },
    calls: right.slice(-MOST_SHOWN).map((call) => shown(call)),
    ...(!met && {
      instead: nearestFirst(others, expected)
        .slice(0, MOST_SHOWN)
        .map((call) => ({ ...shown(call), differs: differences(call, expected) })),
    }),
  };
}

/** Calls of the expected command before others, then the newest first. */
function nearestFirst(calls: readonly ReceivedCall[], { command }: Expectation): ReceivedCall[] {
  const isOther = (call: ReceivedCall): number => (call.command === command ? 0 : 1);
  return [...calls].sort((left, right) => isOther(left) - isOther(right) || right.number - left.number);
}

function shown({ number, command, code, request }: ReceivedCall): ShownCall {
  return { number, command, code, request: valueOfJson(request) ?? request };
}

function differences(call: ReceivedCall, { command, body, code }: Expectation): string[] {
  const found: string[] = [];
  if (command !== undefined && call.command !== command) {
    found.push(`command: expected ${command}, came ${String(call.command)}`);
  }
  if (code !== undefined && call.code !== code) found.push(`code: expected ${code}, came ${call.code}`);
  // Of another command's body nobody wants to know.
  if (body !== undefined && found.length === 0) compare(valueOfJson(call.request), body, '', found);
  return found;
}

/** Each expected member must be there with its value; lists must be as long as expected. */
function compare(came: unknown, expected: unknown, path: string, found: string[]): void {
  if (found.length >= MOST_DIFFERENCES) return;
  const where = path === '' ? 'body' : path;
  if (isRecord(expected) && isRecord(came)) {
    for (const [name, value] of Object.entries(expected)) {
      const at = path === '' ? name : `${path}.${name}`;
      if (Object.hasOwn(came, name)) compare(came[name], value, at, found);
      else found.push(`${at}: expected ${textOf(value)}, is missing`);
    }
    return;
  }
  if (Array.isArray(expected) && Array.isArray(came)) {
    const [wanted, items] = [expected as unknown[], came as unknown[]];
    if (wanted.length !== items.length) {
      found.push(`${where}: expected ${wanted.length} items, came ${items.length}`);
      return;
    }
    for (const [index, item] of wanted.entries()) compare(items[index], item, `${where}[${index}]`, found);
    return;
  }
  if (came !== expected) found.push(`${where}: expected ${textOf(expected)}, came ${textOf(came)}`);
}

function textOf(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function wholeNumber(value: Record<string, unknown>, name: string, usual: number, max: number): number {
  const given = member(value, name) ?? usual;
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= max) return given;
  throw new Error(`${name} is a whole number from 0 to ${max}.`);
}
