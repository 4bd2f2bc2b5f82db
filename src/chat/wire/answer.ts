import { ChatNetworkError, ChatServiceError } from '../errors';
import { JsonSyntaxError, readObject, skipSpace, skipValue } from '../../json/strictScanner';

/** The text is JSON, but a value is not of the documented shape. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * Reads an answer in one pass: its envelope and, through `member`, whatever else a call wants of it.
 *
 * @param member gets key and position of every other member; returns the position after the value or undefined
 *   to have it skipped; throws `ShapeError` when the value is not as documented
 * @throws ChatServiceError when the envelope says no
 * @throws ChatNetworkError `notJson` or `malformed`
 */
export function readAnswer(
  command: string,
  text: string,
  member?: (key: string, start: number) => number | undefined,
): void {
  let code: unknown;
  let info: unknown = '';
  let status: unknown;
  let shape: ShapeError | undefined;
  const read = (key: string, start: number): number | undefined => {
    if (key === 'ErrorCode' || key === 'ErrorInfo' || key === 'ActionStatus') {
      const end = skipValue(text, start);
      const value: unknown = JSON.parse(text.slice(start, end));
      if (key === 'ErrorCode') code = value;
      else if (key === 'ErrorInfo') info = value;
      else status = value;
      return end;
    }
    try {
      return member?.(key, start);
    } catch (error) {
      // A refusal may hold anything beside its code, so this counts only if the call succeeded.
      if (!(error instanceof ShapeError)) throw error;
      shape ??= error;
      return undefined;
    }
  };
  try {
    const start = skipSpace(text, 0);
    if (text[start] !== '{') {
      skipValue(text, start);
      throw malformed(command, 'no object');
    }
    const end = skipSpace(text, readObject(text, start, read));
    if (end !== text.length) throw new JsonSyntaxError(end);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const detail = error.message;
    throw new ChatNetworkError({ reason: 'notJson', command, detail, status: 200, outcomeUnknown: true });
  }
  if (typeof code !== 'number' || !Number.isSafeInteger(code)) throw malformed(command, 'no ErrorCode');
  if (code !== 0) throw new ChatServiceError(command, code, typeof info === 'string' ? info : '');
  if (status === 'FAIL') throw malformed(command, 'FAIL without a code');
  if (shape) throw malformed(command, shape.message);
}

/** The error for JSON that is no answer of the call. */
export function malformed(command: string, detail: string): ChatNetworkError {
  return new ChatNetworkError({ reason: 'malformed', command, detail, status: 200, outcomeUnknown: true });
}

/** Reads an answer of which nothing but its success matters. */
export function readSuccess(command: string): (text: string) => void {
  return (text) => {
    readAnswer(command, text);
  };
}

/** Reads a small answer as a whole, through accessors that insist on types. */
export function readFields<T>(command: string, read: (fields: Fields) => T): (text: string) => T {
  return (text) => {
    readAnswer(command, text);
    try {
      return read(new Fields(JSON.parse(text) as Record<string, unknown>));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      throw malformed(command, error.message);
    }
  };
}

/** Members of an object in an answer; each accessor throws `ShapeError` on a value of another type. */
export class Fields {
  constructor(private readonly record: Record<string, unknown>) {}

  get(name: string): unknown {
    return Object.hasOwn(this.record, name) ? this.record[name] : undefined;
  }

  string(name: string): string {
    const value = this.get(name);
    if (typeof value !== 'string') throw new ShapeError(`${name} is no string`);
    return value;
  }

  /** @param otherwise for an absent member; without it, absence is an error, too */
  integer(name: string, otherwise?: number): number {
    const value = this.get(name) ?? otherwise;
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      throw new ShapeError(`${name} is no integer`);
    return value;
  }

  object(name: string): Fields {
    const value = this.get(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ShapeError(`${name} is no object`);
    return new Fields(value as Record<string, unknown>);
  }

  /** An absent list is an empty one: the service leaves lists out that have nothing in them. */
  objects(name: string): Fields[] {
    return this.list(name).map((item) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) {
        throw new ShapeError(`${name} holds something else than objects`);
      }
      return new Fields(item as Record<string, unknown>);
    });
  }

  strings(name: string): string[] {
    return this.list(name).map((item) => {
      if (typeof item !== 'string') throw new ShapeError(`${name} holds something else than strings`);
      return item;
    });
  }

  private list(name: string): unknown[] {
    const value = this.get(name) ?? [];
    if (!Array.isArray(value)) throw new ShapeError(`${name} is no array`);
    return value;
  }
}
