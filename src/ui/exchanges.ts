import type { Exchange } from '../chat/client';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';

const KEPT = 20;

/** An exchange with the time it ended and no secret in it. */
export interface KeptExchange extends Omit<Exchange, 'error'> {
  readonly at: Date;
  readonly error?: string;
}

/** The last requests and answers, for reading. Holds at most twenty, so that hours of browsing cost nothing. */
export class ExchangeHistory {
  private readonly kept: KeptExchange[] = [];

  /** Keeps `exchange` with every text run through `clean`. */
  add(exchange: Exchange, at: Date, clean: (text: string) => string): KeptExchange {
    const { error, ...rest } = exchange;
    const entry: KeptExchange = {
      ...rest,
      url: clean(exchange.url),
      requestBody: clean(exchange.requestBody),
      ...(exchange.responseBody === undefined ? {} : { responseBody: clean(exchange.responseBody) }),
      ...(error === undefined ? {} : { error: clean(error.message) }),
      at,
    };
    this.kept.unshift(entry);
    this.kept.length = Math.min(this.kept.length, KEPT);
    return entry;
  }

  /** All of them, newest first; empty when there is none. */
  text(): string {
    return this.kept.map(describeExchange).join('\n\n###\n\n');
  }
}

/** One exchange as a line of the log: by which connection, what was called, what came of it, and how long it took. */
export function exchangeLine(exchange: Exchange, connection: string): string {
  const { command, durationMs, error } = exchange;
  return `${connection}: ${command}, ${endOf(error)}, ${Math.round(durationMs)} ms`;
}

function endOf(error: Error | undefined): string {
  if (error === undefined) return 'ErrorCode 0';
  if (ChatServiceError.is(error))
    return `ErrorCode ${error.code}${error.info === '' ? '' : ` (${error.info})`}`;
  if (!ChatNetworkError.is(error)) return error.message;
  const { reason, detail } = error;
  return detail === undefined ? reason : `${reason} (${detail})`;
}

/** One exchange the way an HTTP file shows it. */
export function describeExchange(exchange: KeptExchange): string {
  const outcome = exchange.status === undefined ? '' : `HTTP ${exchange.status}, `;
  return [
    `# ${exchange.at.toISOString()}  ${outcome}${Math.round(exchange.durationMs)} ms`,
    `POST ${exchange.url}`,
    '',
    exchange.requestBody,
    '',
    ...(exchange.error === undefined ? [] : [`# ${exchange.error}`]),
    ...(exchange.responseBody === undefined ? [] : [exchange.responseBody]),
  ].join('\n');
}
