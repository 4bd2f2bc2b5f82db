import { isUtf8 } from 'node:buffer';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure } from './answer';
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

  /** Whether the body is UTF-8. */
  get isText(): boolean {
    return isUtf8(this.body);
  }

  /** The body as text. */
  get text(): string {
    return (this.decoded ??= this.body.toString('utf8'));
  }
}

/** How a request is answered. */
export class HttpReply {
  constructor(private readonly response: http.ServerResponse) {}

  /** Answers as the service does. */
  answer(content: Wire): void {
    this.response.writeHead(200, serviceHeaders(content.length));
    this.response.end(content, 'latin1');
  }

  /** As {@link HttpReply.answer}, and takes no further request on this connection. */
  answerLast(content: Wire): void {
    this.response.shouldKeepAlive = false;
    this.answer(content);
  }

  /** Answers as the service does not. */
  send(status: number, contentType: string, text: string): void {
    this.response.writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(text),
    });
    this.response.end(text);
  }

  /** Sends the head and half of the answer, then breaks the connection. */
  sendHalf(content: Wire): void {
    const { response } = this;
    response.writeHead(200, serviceHeaders(content.length));
    response.write(content.slice(0, Math.ceil(content.length / 2)), 'latin1', () => response.destroy());
  }

  /** Breaks the connection. */
  drop(): void {
    this.response.destroy();
  }
}

/** Bodies beyond this are not read; the service's own bound is far below. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Headers of the service's documented sample (facts 1.1). */
function serviceHeaders(length: number): http.OutgoingHttpHeaders {
  return {
    'Content-Type': 'application/json',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'X-Requested-With',
    'Access-Control-Allow-Methods': 'POST',
    'Content-Length': length,
  };
}

/**
 * The HTTP side of the front door, on loopback only. Node's own answers to bytes that are no HTTP, to a missing Host
 * header, `CONNECT` and the like are replaced: whatever arrives gets HTTP 200 with an envelope.
 */
export class HttpServer {
  private readonly server: http.Server;

  constructor(private readonly handle: (request: HttpRequest, reply: HttpReply) => void | Promise<void>) {
    this.server = http.createServer({
      keepAliveTimeout: 75_000,
      requestTimeout: 30_000,
      headersTimeout: 20_000,
      connectionsCheckingInterval: 5_000,
      requireHostHeader: false,
    });
    const onRequest = (request: http.IncomingMessage, response: http.ServerResponse): void => {
      this.read(request, response);
    };
    this.server.on('request', onRequest);
    this.server.on('checkContinue', (request: http.IncomingMessage, response: http.ServerResponse) => {
      response.writeContinue();
      onRequest(request, response);
    });
    this.server.on('checkExpectation', onRequest);
    this.server.on('connect', (_request, socket) => answerRaw(socket, 60002, 'only POST is supported'));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
      answerRaw(socket, late ? 60008 : 60002, late ? 'the request took too long' : 'this is not HTTP');
    });
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @param port 0 picks a free one
   * @returns the port
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve((this.server.address() as AddressInfo).port);
      });
    });
  }

  /** Stops listening and breaks every connection. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private read(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else if (!response.headersSent) {
        new HttpReply(response).answerLast(failure(60002, 'the body is too large').body);
      }
    });
    request.on('error', () => response.destroy());
    request.on('end', () => {
      if (response.headersSent) return;
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      const full = new HttpRequest(request.method ?? '', request.url ?? '', request.headers, body);
      void this.handle(full, new HttpReply(response));
    });
  }
}

/** Answers where Node has no response object. */
function answerRaw(socket: Duplex, code: number, info: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { body } = failure(code, info);
  const head = Object.entries({ ...serviceHeaders(body.length), Connection: 'close' })
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('');
  socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n${body}`, 'latin1');
}
