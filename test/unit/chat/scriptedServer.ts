import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ChatClient, type ChatClientOptions } from '../../../src/chat/client';

/** A key as the console shows them; nobody's. */
export const SECRET = '0123456789abcdef'.repeat(4);

export interface Received {
  readonly url: URL;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  /** Port of the caller: the same for requests over one connection. */
  readonly from: number | undefined;
}

export type Answer = (received: Received, response: ServerResponse, socket: Socket) => void;

/** A bare HTTP server that misbehaves in whatever way a test wants. */
export class ScriptedServer {
  readonly received: Received[] = [];
  answer: Answer = (_, response) => response.end('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}');
  private readonly clients: ChatClient[] = [];
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://x');
      const received = { url, body, headers: request.headers, from: request.socket.remotePort };
      this.received.push(received);
      this.answer(received, response, request.socket);
    });
  });

  static async start(): Promise<ScriptedServer> {
    const scripted = new ScriptedServer();
    // However long the machine stalls between two calls of a test.
    scripted.server.keepAliveTimeout = 600_000;
    await new Promise<void>((resolve) => scripted.server.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers with these texts, one a request, then with the last one again and again. */
  answerWith(...texts: string[]): void {
    let next = 0;
    this.answer = (_, response) => response.end(texts[Math.min(next++, texts.length - 1)]);
  }

  client(options?: ChatClientOptions): ChatClient {
    const app = { endpoint: this.url, sdkAppId: 1400000000, administrator: 'administrator' };
    const client = new ChatClient(app, { kind: 'secretKey', secretKey: SECRET }, options);
    this.clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.dispose();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Collects what an async iterable gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The error that a promise is rejected with; fails when it is not. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('no error came');
}
