import { isUtf8 } from 'node:buffer';
import type * as http from 'node:http';
import type { Wire } from '../wire';

/** A request with its whole body. */
export class HttpRequest {
  private decoded: string | undefined;

  /**
   * @param url path and query, as sent
   * @param body as it came
   */
  constructor(
    readonly method: string,
    readonly url: string,
    readonly headers: http.IncomingHttpHeaders,
    readonly body: Buffer,
  ) {}

  /** Whether the body is UTF-8: what is not comes out as replacement characters, which a text may have too. */
  get isText(): boolean {
    return !this.text.includes('\uFFFD') || isUtf8(this.body);
  }

  /** The body as text. */
  get text(): string {
    return (this.decoded ??= this.body.toString('utf8'));
  }
}

/** An answer that has no end of its own. */
export interface EventStream {
  /** False while the client has not yet read what was written. */
  readonly isReady: boolean;
  write(text: string): void;
  onClose(listener: () => void): void;
}

/** How a request is answered. */
export class HttpReply {
  /** @param patienceMs how long a client may take nothing of its answer before the connection is given up */
  constructor(
    private readonly response: http.ServerResponse,
    private readonly patienceMs: number,
  ) {}

  /** Answers as the service does. */
  answer(content: Wire): void {
    this.response.writeHead(200, serviceHeaders(content.length));
    this.response.end(content, 'latin1');
    this.giveUpWhenNotRead();
  }

  /** As {@link HttpReply.answer}, and takes no further request on this connection. */
  answerLast(content: Wire): void {
    this.response.shouldKeepAlive = false;
    this.answer(content);
  }

  /** Refuses what a web page of another site asks: without the headers that would let it read the answer. */
  refuse(content: Wire): void {
    this.response.writeHead(403, { 'Content-Type': 'application/json', 'Content-Length': content.length });
    this.response.end(content, 'latin1');
  }

  /** Answers as the service does not. */
  send(status: number, contentType: string, text: string, headers: http.OutgoingHttpHeaders = {}): void {
    this.response.writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(text),
      ...headers,
    });
    this.response.end(text);
    this.giveUpWhenNotRead();
  }

  /** Begins an answer that goes on for as long as the client listens. */
  stream(headers: http.OutgoingHttpHeaders): EventStream {
    const { response } = this;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', ...headers });
    return {
      get isReady() {
        return !response.writableNeedDrain;
      },
      write: (text) => void response.write(text),
      onClose: (listener) => void response.once('close', listener),
    };
  }

  /** Sends the head and half of the answer, then breaks the connection. */
  sendHalf(content: Wire): void {
    const { response } = this;
    response.writeHead(200, serviceHeaders(content.length));
    response.write(content.slice(0, Math.ceil(content.length / 2)), 'latin1', () => response.destroy());
    this.giveUpWhenNotRead();
  }

  /** Breaks the connection. */
  drop(): void {
    this.response.destroy();
  }

  /** An answer that the system took at once, as nearly all, needs no watching. */
  private giveUpWhenNotRead(): void {
    const { socket } = this.response;
    if (socket && socket.writableLength > 0) {
      this.response.setTimeout(this.patienceMs, () => this.response.destroy());
    }
  }
}

/** Headers of the service's documented sample answer, by which a web page may read it. */
export function serviceHeaders(length: number): http.OutgoingHttpHeaders {
  return {
    'Content-Type': 'application/json',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'X-Requested-With',
    'Access-Control-Allow-Methods': 'POST',
    'Content-Length': length,
  };
}
