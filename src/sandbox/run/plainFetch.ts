import * as http from 'node:http';
import * as https from 'node:https';

interface Options {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: http.Agent;
  readonly signal?: AbortSignal;
}

/** An answer, with its body as a stream. */
class PlainResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };

  constructor(readonly body: http.IncomingMessage) {
    this.status = body.statusCode ?? 0;
    this.headers = {
      get: (name) => {
        const value = body.headers[name.toLowerCase()];
        return value === undefined ? null : String(value);
      },
    };
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  async text(): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of this.body) pieces.push(piece as Buffer);
    return Buffer.concat(pieces).toString('utf8');
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }
}

/**
 * What the command line needs of `node-fetch`, which stands in its place in the sandbox's bundles: without VS Code there are no
 * proxy settings that it would follow, and it is four times the size of all the calls. Redirects are never followed.
 */
export default function fetch(url: string, options: Options = {}): Promise<PlainResponse> {
  const { method = 'GET', headers = {}, body, agent, signal } = options;
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const asked = request(
      url,
      {
        method,
        headers: { ...headers, ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }) },
        ...(agent && { agent }),
        ...(signal && { signal }),
      },
      (response) => resolve(new PlainResponse(response)),
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
