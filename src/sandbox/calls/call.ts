import type { RequestBody } from '../requestBody';
import type { SandboxSettings } from '../settings';
import type { Store } from '../store/store';
import type { Limits } from '../http/limits';
import type { Wire } from '../wire';
import type { Webhooks } from '../webhooks/webhooks';

/** What a call works with. */
export interface CallContext {
  readonly store: Store;
  readonly settings: SandboxSettings;
  readonly webhooks: Webhooks;
  readonly duplicates: Duplicates;
  readonly groupDuplicates: Duplicates;
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
  /** What was remembered of the message that this one repeats: its MsgKey, in a group MsgSeq and time. */
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
