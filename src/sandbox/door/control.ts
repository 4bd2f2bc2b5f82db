import { SANDBOX_VERSION } from '../options';
import type { Sandbox } from '../sandbox';
import type { HttpReply, HttpRequest } from './httpServer';

/** Routes under `/sandbox/`, which the real service does not have. */
export class ControlRoutes {
  constructor(private readonly sandbox: Sandbox) {}

  /** True for requests that are these routes' to answer. */
  owns(request: HttpRequest): boolean {
    return request.url.startsWith('/sandbox/');
  }

  handle(request: HttpRequest, reply: HttpReply): void {
    if (request.method === 'GET' && request.url === '/sandbox/info') {
      json(reply, 200, this.info());
      return;
    }
    json(reply, 404, { error: 'There is no such route.' });
  }

  private info(): Record<string, unknown> {
    const { sdkAppId, administrators, secretKey } = this.sandbox;
    return { sdkAppId, administrator: administrators[0], secretKey, version: SANDBOX_VERSION };
  }
}

function json(reply: HttpReply, status: number, value: unknown): void {
  reply.send(status, { 'Content-Type': 'application/json' }, `${JSON.stringify(value)}\n`);
}
