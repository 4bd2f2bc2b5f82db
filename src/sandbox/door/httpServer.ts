import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure } from './answer';

/** A request with its whole body. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How a request is answered. */
export interface HttpReply {
  /** Sends an answer and ends it. */
  send(status: number, headers: http.OutgoingHttpHeaders, text: string): void;
  /** Sends the head and half of the answer, then breaks the connection. */
  sendHalf(headers: http.OutgoingHttpHeaders, text: string): void;
  /** Breaks the connection. */
  drop(): void;
}

/** Bodies beyond this are not read; the service's own bound is far below. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Headers of the service's documented sample (facts 1.1). */
export const serviceHeaders: http.OutgoingHttpHeaders = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'X-Requested-With',
  'Access-Control-Allow-Methods': 'POST',
};

/**
 * The HTTP side of the front door, on loopback only. Node's own answers to bytes that are no HTTP, to a missing Host
 * header, `CONNECT` and the like are replaced: whatever arrives gets HTTP 200 with an envelope.
 */
export class HttpServer {
  private readonly server: http.Server;

  constructor(private readonly handle: (request: HttpRequest, reply: HttpReply) => Promise<void>) {
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
        const text = failure(60002, 'the body is too large').text;
        send(response, 200, { ...serviceHeaders, Connection: 'close' }, text);
      }
    });
    request.on('error', () => response.destroy());
    request.on('end', () => {
      if (response.headersSent) return;
      const full: HttpRequest = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
      };
      void this.handle(full, replyOf(response));
    });
  }
}

function replyOf(response: http.ServerResponse): HttpReply {
  return {
    send: (status, headers, text) => send(response, status, headers, text),
    sendHalf: (headers, text) => {
      const bytes = Buffer.from(text);
      response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
    },
    drop: () => void response.destroy(),
  };
}

function send(
  response: http.ServerResponse,
  status: number,
  headers: http.OutgoingHttpHeaders,
  text: string,
): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** Answers where Node has no response object. */
function answerRaw(socket: Duplex, code: number, info: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { text } = failure(code, info);
  const head = Object.entries({
    ...serviceHeaders,
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  })
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('');
  socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n${text}`);
}
