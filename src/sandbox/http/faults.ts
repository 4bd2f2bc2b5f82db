import { isRecord, member } from '../../json/values';

const kinds = ['code', 'delay', 'stall', 'status', 'drop', 'half', 'notJson'] as const;

/** What a call gets instead of its answer. */
type FaultKind = (typeof kinds)[number];

/** One rule: which calls go wrong, how, and how often. */
export interface Fault {
  /** `service/command`, or `*` for every call. */
  readonly command: string;
  /**
   * `code`: the envelope with a code; `delay`: the right answer, late; `stall`: none until the client gives up;
   * `status`: an HTTP status other than 200; `drop`: the connection breaks; `half`: it breaks within the answer;
   * `notJson`: a page of HTML.
   */
  readonly kind: FaultKind;
  /** `before` the call is carried out, so that nothing changes, or `after`, so that only the answer is lost. */
  readonly when: 'before' | 'after';
  readonly code: number;
  readonly info: string;
  readonly status: number;
  /** Milliseconds before anything happens. */
  readonly delayMs: number;
  /** Calls it still applies to; without it, to all. */
  readonly times?: number;
  /** Share of the calls it applies to, 0 to 1. */
  readonly probability: number;
}

/** The rules that are set, oldest first; the first that applies to a call is used. */
export class Faults {
  private rules: { fault: Fault; left: number }[] = [];
  private random = seededRandom(1);

  /** Adds a rule. A seed makes the calls that rules hit at random the same each time. */
  add(fault: Fault, seed?: number): void {
    if (seed !== undefined) this.random = seededRandom(seed);
    this.rules.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
  }

  /** The rules with the calls they are still for. */
  list(): Fault[] {
    return this.rules.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault));
  }

  /** The fault of the next call of a command; counts it. */
  take(command: string | undefined): Fault | undefined {
    if (this.rules.length === 0) return undefined;
    for (const rule of this.rules) {
      const { fault } = rule;
      if (fault.command !== '*' && fault.command !== command) continue;
      if (fault.probability < 1 && this.random() >= fault.probability) continue;
      rule.left -= 1;
      if (rule.left <= 0) this.rules = this.rules.filter((other) => other !== rule);
      return fault;
    }
    return undefined;
  }
}

/**
 * Reads a rule from JSON, where only what differs from the usual must stand: `{"kind": "code", "code": 91000}`.
 *
 * @throws {Error} that names what is wrong
 */
export function readFault(value: unknown): { fault: Fault; seed?: number } {
  if (!isRecord(value)) throw new Error('A fault is an object.');
  const known = [
    'command',
    'kind',
    'when',
    'code',
    'info',
    'status',
    'delayMs',
    'times',
    'probability',
    'seed',
  ];
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`A fault has no ${unknown}; it has ${known.join(', ')}.`);
  const text = (name: string, fallback: string): string => {
    const given = member(value, name) ?? fallback;
    if (typeof given !== 'string') throw new Error(`${name} is a text.`);
    return given;
  };
  const number = (name: string, fallback: number, min: number, max: number): number => {
    const given = member(value, name) ?? fallback;
    if (typeof given !== 'number' || !(given >= min && given <= max)) {
      throw new Error(`${name} is a number from ${min} to ${max}.`);
    }
    return given;
  };
  const code = number('code', 91000, 1, 1_000_000);
  const kind = oneOf('kind', text('kind', impliedKind(value)), kinds);
  const when = oneOf('when', text('when', kind === 'half' ? 'after' : 'before'), [
    'before',
    'after',
  ] as const);
  const fault: Fault = {
    command: text('command', '*'),
    ...{ kind, when, code },
    info: text('info', 'a fault that was asked for'),
    // A status below 200 announces another answer, for which the client would wait for ever.
    status: number('status', 502, 200, 599),
    delayMs: number('delayMs', kind === 'delay' ? 1000 : 0, 0, 3_600_000),
    probability: number('probability', 1, 0, 1),
    ...(member(value, 'times') !== undefined && { times: number('times', 1, 1, 1_000_000_000) }),
  };
  return member(value, 'seed') === undefined
    ? { fault }
    : { fault, seed: number('seed', 1, 0, 4_294_967_295) };
}

/**
 * Reads a rule from a command line: `COMMAND:NAME=VALUE,NAME=VALUE`, e.g. `openim/sendmsg:code=20004,times=2` or
 * `*:kind=drop,when=after,probability=0.1,seed=7`.
 *
 * @throws {Error} that names what is wrong
 */
export function parseFault(text: string): { fault: Fault; seed?: number } {
  const colon = text.indexOf(':');
  if (colon < 0) throw new Error(`A fault is COMMAND:NAME=VALUE,…, not ${text}.`);
  const rule: Record<string, unknown> = { command: text.slice(0, colon) };
  for (const part of text.slice(colon + 1).split(',')) {
    const [name, value] = [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)];
    rule[name] = /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return readFault(rule);
}

function impliedKind(value: Record<string, unknown>): string {
  if (member(value, 'code') !== undefined) return 'code';
  if (member(value, 'status') !== undefined) return 'status';
  return 'delay';
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new Error(`${name} is one of ${allowed.join(', ')}.`);
  return found;
}

/** Mulberry32: small, good enough to pick calls, and the same everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
