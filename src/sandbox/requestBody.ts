import { memberText } from '../json/trustingScanner';
import { isRecord, member } from '../json/values';
import type { SandboxSettings } from './settings';

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
