import * as http from 'node:http';
import type { Duplex } from 'node:stream';
import { failure } from './answer';
import { BodyBuffer } from '../../http/bodyBuffer';
import { beginListening, endListening } from '../../http/listening';
import { HttpReply, HttpRequest, serviceHeaders } from './httpExchange';
import { defaultHttpLimits, type HttpLimits } from './httpLimits';

/**
 * The HTTP side of the front door. Node's own answers to bytes that are no HTTP, to a missing Host
 * header, `CONNECT` and the like are replaced: whatever arrives gets HTTP 200 with an envelope. Where two readers could
 * take a request for two different ones (lengths that contradict each other, two hosts), nothing of it is carried out
 * and the connection ends.
 */
export class HttpServer {
  private readonly server: http.Server;
  private readonly limits: HttpLimits;
  /** Calls of a connection whose answers are still to come. */
  private readonly waiting = new WeakMap<Duplex, number>();
  /** Bytes of the bodies that are being read. */
  private reading = 0;

  constructor(
    private readonly handle: (request: HttpRequest, reply: HttpReply) => void | Promise<void>,
    limits: Partial<HttpLimits> = {},
  ) {
    this.limits = { ...defaultHttpLimits, ...limits };
    this.server = http.createServer({
      keepAliveTimeout: this.limits.keepAliveMs,
      requestTimeout: this.limits.requestMs,
      headersTimeout: this.limits.headersMs,
      connectionsCheckingInterval: this.limits.lookMs,
      maxHeaderSize: this.limits.headerBytes,
      requireHostHeader: false,
      // Whatever NODE_OPTIONS say: a lenient parser sees other requests than the next one does.
      insecureHTTPParser: false,
    });
    this.server.maxConnections = this.limits.connections;
    // Node leaves out what is above this number without a word, and one of those may be the Origin. We count them.
    this.server.maxHeadersCount = 0;
    this.server.on('request', (request, response) => this.receive(request, response));
    this.server.on('checkContinue', (request: http.IncomingMessage, response: http.ServerResponse) => {
      this.receive(request, response, () => response.writeContinue());
    });
    this.server.on('checkExpectation', (request: http.IncomingMessage, response: http.ServerResponse) => {
      this.receive(request, response);
    });
    this.server.on('connect', (_request, socket) => {
      // Node has taken its own listener from the socket; an error that nobody listens for ends the process.
      socket.on('error', () => socket.destroy());
      answerRaw(socket, 60002, 'only POST is supported');
    });
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
      this.onClientError(error, socket),
    );
  }

  /**
   * Begins to listen.
   *
   * @param port 0 picks a free one
   * @returns the port
   */
  listen(port: number, address: string): Promise<number> {
    return beginListening(this.server, port, address);
  }

  /** Stops listening and breaks every connection. */
  stop(): Promise<void> {
    return endListening(this.server);
  }

  private receive(request: http.IncomingMessage, response: http.ServerResponse, goOn?: () => void): void {
    const reply = new HttpReply(response, this.limits.patienceMs);
    const refusal = this.refusalOf(request);
    if (refusal !== undefined) {
      reply.answerLast(failure(60002, refusal).body);
      return;
    }
    goOn?.();
    this.read(request, response, reply);
  }

  /** Why a request is not read, by its headers; undefined for one that is. */
  private refusalOf({ rawHeaders, headers }: http.IncomingMessage): string | undefined {
    if (rawHeaders.length > 2 * this.limits.headers) return 'there are too many headers';
    let hosts = 0;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? '';
      if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
    }
    if (hosts > 1) return 'there is more than one Host';
    if (Number(headers['content-length'] ?? 0) > this.limits.bodyBytes) return 'the body is too large';
    return undefined;
  }

  private read(request: http.IncomingMessage, response: http.ServerResponse, reply: HttpReply): void {
    const body = new BodyBuffer();
    let counted = 0;
    const letGo = (): void => {
      this.reading -= counted;
      counted = 0;
    };
    request.on('data', (piece: Buffer) => {
      if (response.headersSent) return;
      this.reading += piece.length;
      counted += piece.length;
      body.add(piece);
      const refusal = this.bodyRefusal(body);
      if (refusal === undefined) return;
      letGo();
      body.clear();
      reply.answerLast(failure(60002, refusal).body);
    });
    request.on('error', () => {
      letGo();
      body.clear();
      response.destroy();
    });
    request.on('end', () => {
      letGo();
      if (response.headersSent) return;
      const full = new HttpRequest(request.method ?? '', request.url ?? '', request.headers, body.whole());
      const done = this.handle(full, reply);
      if (done instanceof Promise) this.wait(request.socket, response, done);
    });
  }

  private bodyRefusal({ length }: BodyBuffer): string | undefined {
    if (length > this.limits.bodyBytes) return 'the body is too large';
    return this.reading > this.limits.bodyBytesTogether ? 'too many large bodies at one time' : undefined;
  }

  private wait(socket: Duplex, response: http.ServerResponse, done: Promise<void>): void {
    const count = (this.waiting.get(socket) ?? 0) + 1;
    if (count > this.limits.waiting) socket.destroy();
    this.waiting.set(socket, count);
    response.once('close', () => this.waiting.set(socket, (this.waiting.get(socket) ?? 1) - 1));
    // What goes wrong in an answer is in the answer; anything else ends the connection and not the sandbox.
    done.catch(() => response.destroy());
  }

  private onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
    // First the calls are answered that came whole before these bytes, perhaps in the same packet.
    setImmediate(() => {
      // While one of them still waits, an answer written now would be taken for its.
      if ((this.waiting.get(socket) ?? 0) > 0) socket.destroy();
      else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
        answerRaw(socket, 60008, 'the request took too long');
      else answerRaw(socket, 60002, 'this is not HTTP');
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
  // Nothing that comes after it is read: a client that goes on sending must not keep the connection.
  socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n${body}`, 'latin1', () => socket.destroy());
}
