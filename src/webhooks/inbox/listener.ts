import * as http from 'node:http';
import { isLoopback } from '../../chat/regions';
import { BodyBuffer } from '../../http/bodyBuffer';
import { hostName } from '../../http/hostName';
import { isSame } from '../../http/isSame';
import { beginListening, endListening } from '../../http/listening';

/** A webhook as it came in. */
export interface IncomingWebhook {
  /** What stands behind the `?` of its address, as sent. */
  readonly search: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** How a webhook is answered; `none` leaves whoever asked waiting. */
export type Reply = { readonly status: number; readonly text: string } | 'none';

/** How an answer went out: `gone` when whoever asked did not wait for it. */
export type Delivery = 'answered' | 'noAnswer' | 'gone';

/** Whom the listener hears. */
export interface Admission {
  /** The random part of the address. */
  readonly segment: string;
  /** Names besides those of loopback by which it may be reached, as a tunnel gives them. */
  readonly hosts: readonly string[];
}

/** Told of each webhook with what sends its answer, which tells how that went. */
export type OnWebhook = (webhook: IncomingWebhook, reply: (reply: Reply) => Promise<Delivery>) => void;

/** Bytes of one body; the service's own are some ten KB. */
const MOST_BODY = 4 * 1024 * 1024;
const LIMITS = {
  headersMs: 20_000,
  requestMs: 30_000,
  keepAliveMs: 75_000,
  connections: 1000,
  silentMs: 60_000,
};

/**
 * Hears webhooks on loopback. A request without the random part of the address gets 404, one by a web page or under a
 * foreign name 403, and nothing of them is kept: whoever can reach the port still has to know the address.
 */
export class Listener {
  private readonly server: http.Server;

  constructor(
    private admission: Admission,
    private readonly onWebhook: OnWebhook,
  ) {
    this.server = http.createServer({
      headersTimeout: LIMITS.headersMs,
      requestTimeout: LIMITS.requestMs,
      keepAliveTimeout: LIMITS.keepAliveMs,
      insecureHTTPParser: false,
    });
    this.server.maxConnections = LIMITS.connections;
    // Node leaves out what is above this number without a word, and one of those may be the Origin.
    this.server.maxHeadersCount = 0;
    this.server.on('request', (request, response) => this.receive(request, response));
  }

  /** @param port 0 picks a free one @returns the port */
  listen(port: number): Promise<number> {
    return beginListening(this.server, port, '127.0.0.1');
  }

  /** From now on these are heard. */
  admit(admission: Admission): void {
    this.admission = admission;
  }

  /** Stops listening and breaks every connection. */
  stop(): Promise<void> {
    return endListening(this.server);
  }

  private receive(request: http.IncomingMessage, response: http.ServerResponse): void {
    const [path = '', ...rest] = (request.url ?? '').split('?');
    const refused = this.refusal(request, path);
    if (refused !== undefined) {
      refuse(request, response, refused);
      return;
    }
    const body = new BodyBuffer();
    request.on('data', (piece: Buffer) => {
      if (response.headersSent) return;
      body.add(piece);
      if (body.length <= MOST_BODY) return;
      body.clear();
      refuse(request, response, 413);
    });
    // A body that was cut off is no webhook: the service would send it again, or not at all.
    request.on('error', () => response.destroy());
    request.on('end', () => {
      if (response.headersSent) return;
      const contentType = request.headers['content-type'] ?? '';
      const webhook = { search: rest.join('?'), contentType, body: body.whole() };
      this.onWebhook(webhook, (reply) => deliver(response, reply));
    });
  }

  private refusal({ headers, method }: http.IncomingMessage, path: string): number | undefined {
    if (headers.origin !== undefined) return 403;
    const name = headers.host === undefined ? undefined : hostName(headers.host);
    const { hosts, segment } = this.admission;
    if (name !== undefined && !isLoopback(name) && !hosts.some((host) => host.toLowerCase() === name))
      return 403;
    if (!isSame(path, inboxPath(segment))) return 404;
    if (method !== 'POST') return 405;
    return Number(headers['content-length'] ?? 0) > MOST_BODY ? 413 : undefined;
  }
}

/** Path of the inbox's address. */
export function inboxPath(segment: string): string {
  return `/webhook/${segment}`;
}

function refuse(request: http.IncomingMessage, response: http.ServerResponse, status: number): void {
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'Content-Length': 0 });
  response.end();
  // What still comes is not read into memory.
  request.resume();
}

function deliver(response: http.ServerResponse, reply: Reply): Promise<Delivery> {
  if (response.destroyed || response.socket === null) return Promise.resolve('gone');
  return new Promise((resolve) => {
    if (reply === 'none') {
      response.setTimeout(LIMITS.silentMs, () => response.destroy());
      resolve('noAnswer');
      return;
    }
    response.once('finish', () => resolve('answered'));
    response.once('close', () => resolve('gone'));
    response.writeHead(reply.status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(reply.text),
    });
    response.end(reply.text);
  });
}
