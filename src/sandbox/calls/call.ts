import { memberText } from '../../json/trustingScanner';
import { isRecord, member } from '../../json/values';
import type { SandboxSettings } from '../settings';
import type { Store } from '../store/store';
import type { Limits } from '../http/limits';
import type { Wire } from '../wire';
import type { Webhooks } from '../webhooks';

/** What the service answers with instead of success. */
export class Refusal extends Error {
  /**
   * @param code the service's `ErrorCode`
   * @param info its `ErrorInfo`
   */
  constructor(
    readonly code: number,
    readonly info: string,
  ) {
    super(`${code} ${info}`);
  }
}

/** The body of a request: its values, and the text of each member. */
export class RequestBody {
  private constructor(
    private readonly text: string,
    private readonly value: Record<string, unknown>,
    private readonly nulls: SandboxSettings['nulls'],
  ) {}

  /** A member; the one with the old name when the new one is not there. */
  get(name: string, oldName?: string): unknown {
    const value = this.within(this.value, name);
    return value === undefined && oldName !== undefined ? this.within(this.value, oldName) : value;
  }

  /** A member of an object somewhere in the body, by the same rule for `null`. */
  within(object: Record<string, unknown>, name: string): unknown {
    const value = member(object, name);
    return value === null && this.nulls === 'absent' ? undefined : value;
  }

  /** JSON text of a member, as it was sent. */
  textOf(name: string): string | undefined {
    return memberText(this.text, name);
  }

  /** JSON text of the whole body. */
  get whole(): string {
    return this.text;
  }

  /** @param nulls what `null` of a member means */
  static parse(text: string, nulls: SandboxSettings['nulls']): RequestBody | undefined {
    try {
      const value = JSON.parse(text) as unknown;
      return isRecord(value) ? new RequestBody(text, value, nulls) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** What a call works with. */
export interface CallContext {
  readonly store: Store;
  readonly settings: SandboxSettings;
  readonly webhooks: Webhooks;
  readonly duplicates: Duplicates;
  readonly limits: Limits;
  /** UserID of the calling administrator. */
  readonly administrator: string;
  /** True for accounts that the console made, which exist without an import. */
  isAdministrator(userId: string): boolean;
  /** Unix milliseconds. */
  now(): number;
}

/** Messages sent lately, to find repeated ones. */
export interface Duplicates {
  /** MsgKey of the message that this one repeats. */
  find(identity: string, now: number): string | undefined;
  remember(identity: string, key: string, now: number): void;
}

/** Success of a call. `fields` is JSON text of further members, each with a comma before it. */
export interface Success {
  readonly status?: 'OK' | 'SomeError';
  readonly info?: string;
  readonly fields?: string;
  /** A last member that is a long list: its name, and JSON of its items. */
  readonly list?: { readonly name: string; readonly items: readonly Wire[] };
}

/** One command of the service. */
export interface Call {
  /** `service/command` as in the path. */
  readonly name: string;
  /** Code for a caller that is no administrator. */
  readonly notAdministrator: number;
  /** Code for a body that is no JSON object. */
  readonly notJson: number;
  /** Calls a second that one app may make. */
  readonly perSecond: number;
  /** Code above that number. */
  readonly tooFrequent: number;
  /** Whether the envelope has `ErrorDisplay`. */
  readonly display: boolean;
  /** @throws {Refusal} */
  run(body: RequestBody, context: CallContext): Success | Promise<Success>;
}

/** JSON text of `, "name": value` for a further member of an answer. */
export function field(name: string, value: unknown): string {
  return `,"${name}":${JSON.stringify(value)}`;
}

/** Seconds of the clock of this call. */
export function seconds(context: CallContext): number {
  return Math.floor(context.now() / 1000);
}
