import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of one request:
 * - `pass`: it is answered as the service answers
 * - `dropBefore`, `gatewayBefore`: the connection breaks (the gateway answers 502), nothing was carried out
 * - `dropAfter`, `halfAfter`, `gatewayAfter`: it was carried out, and the answer is lost, cut or a 502
 * - a number: the service answers this code, nothing was carried out
 * - `codeAfter`: it was carried out, and the service answers this code nevertheless
 * - `hang`: carried out and never answered
 */
export type LineAction =
  | 'pass'
  | 'dropBefore'
  | 'gatewayBefore'
  | 'dropAfter'
  | 'halfAfter'
  | 'gatewayAfter'
  | 'hang'
  | number
  | { readonly codeAfter: number };

export interface LineRequest {
  /** e.g. `openim/modify_c2c_msg`. */
  readonly command: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** A bad line between a client and a server: it decides about every request. */
export class FaultyLine {
  /** Decides before the request is carried out. */
  onRequest: (request: LineRequest) => LineAction | Promise<LineAction> = () => 'pass';
  /** Called when it was carried out (or refused in the service's stead), before it is answered. */
  onCarriedOut: (request: LineRequest) => void | Promise<void> = () => undefined;
  /** What the client gets for an answer of the service. */
  onAnswer: (request: LineRequest, answer: string) => string = (_request, answer) => answer;

  private readonly agent = new http.Agent({ keepAlive: true });

  private constructor(
    private readonly server: http.Server,
    private readonly target: string,
  ) {}

  static async start(target: string): Promise<FaultyLine> {
    const server = http.createServer();
    const line = new FaultyLine(server, target);
    server.on('request', (request, response) => {
      line.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { pathname, searchParams: query } = new URL(request.url ?? '', this.target);
    const command = pathname.replace(/^\/v4\//, '');
    const sent = { command, query, body };
    const action = await this.onRequest(sent);
    if (action === 'dropBefore') {
      response.destroy();
      return;
    }
    const carriesOut = typeof action !== 'number' && action !== 'gatewayBefore';
    let answer = carriesOut
      ? this.onAnswer(sent, await this.forward(request.url ?? '', body))
      : refusal(action);
    if (typeof action === 'object') answer = refusal(action.codeAfter);
    await this.onCarriedOut(sent);
    switch (action) {
      case 'dropAfter':
        response.destroy();
        return;
      case 'hang':
        return;
      case 'gatewayBefore':
      case 'gatewayAfter':
        response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad Gateway</h1>');
        return;
      case 'halfAfter':
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(answer),
        });
        response.write(answer.slice(0, answer.length / 2), () => response.destroy());
        return;
      default:
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer);
    }
  }

  private forward(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.request(this.target + path, { method: 'POST', agent: this.agent }, (response) => {
        textOf(response).then(resolve, reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

function refusal(code: unknown): string {
  return JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo: 'made up by the line' });
}

async function textOf(stream: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
