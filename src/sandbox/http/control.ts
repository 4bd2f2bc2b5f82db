import { SANDBOX_VERSION } from '../options';
import { isRecord, valueOfJson } from '../../json/values';
import type { Sandbox } from '../sandbox';
import { readFault } from './faults';
import type { HttpReply, HttpRequest } from './httpExchange';
import { noVisitors, strangerIn } from './visitors';
import { readWebhookTarget } from '../webhooks';

/** What the routes do to the whole sandbox. */
export interface ControlActions {
  /** Replaces all data, lastingly. */
  replaceData(seed: string): Promise<void>;
  /** Adds to the data, lastingly. */
  addData(seed: string): Promise<void>;
  /** Data, settings, faults, webhook, limits and received calls as at the start. */
  reset(): Promise<void>;
}

type Route = (request: HttpRequest, query: URLSearchParams) => unknown;

/** JSON text that is answered as it is. */
class Text {
  constructor(readonly text: string) {}
}

const USERS_TOLD = 1000;

/**
 * Routes under `/sandbox/`, which the real service does not have: to look at the sandbox and to change it while it
 * runs. Only programs and pages of this machine may use them, whoever else may call.
 */
export class ControlRoutes {
  private readonly routes: Readonly<Record<string, Route>>;

  constructor(
    private readonly sandbox: Sandbox,
    actions: ControlActions,
  ) {
    this.routes = {
      'GET /sandbox/info': () => this.info(),
      'GET /sandbox/settings': () => sandbox.settings,
      'POST /sandbox/settings': ({ body }) => {
        sandbox.changeSettings(jsonObject(body));
        return sandbox.settings;
      },
      'GET /sandbox/faults': () => sandbox.faults.list(),
      'POST /sandbox/faults': ({ body }) => this.addFaults(body),
      'DELETE /sandbox/faults': () => {
        sandbox.faults.clear();
        return [];
      },
      'GET /sandbox/calls': (_request, query) => sandbox.calls.list(query.get('command') ?? undefined),
      'DELETE /sandbox/calls': () => {
        sandbox.calls.clear();
        return sandbox.calls.list();
      },
      'GET /sandbox/webhook': () => sandbox.webhooks.target ?? null,
      'POST /sandbox/webhook': ({ body }) => (sandbox.webhooks.target = readWebhookTarget(jsonObject(body))),
      'DELETE /sandbox/webhook': () => {
        sandbox.webhooks.target = undefined;
        return null;
      },
      'GET /sandbox/snapshot': () => new Text(sandbox.snapshot()),
      'POST /sandbox/seed': async ({ body }, query) => {
        const text = body.toString('utf8');
        await (query.get('add') === '1' ? actions.addData(text) : actions.replaceData(text));
        return this.info();
      },
      'POST /sandbox/reset': async () => {
        await actions.reset();
        return this.info();
      },
    };
  }

  /** True for requests that are these routes' to answer. */
  owns(request: HttpRequest): boolean {
    return request.url === '/sandbox' || request.url.startsWith('/sandbox/');
  }

  async handle(request: HttpRequest, reply: HttpReply): Promise<void> {
    if (strangerIn(request.headers, noVisitors) !== undefined) {
      json(reply, 403, { error: 'Only programs of this machine may ask.' });
      return;
    }
    const [path = '', search = ''] = request.url.split('?', 2);
    const route = Object.hasOwn(this.routes, `${request.method} ${path}`)
      ? this.routes[`${request.method} ${path}`]
      : undefined;
    if (!route) {
      json(reply, 404, { error: `There is no such route.`, routes: Object.keys(this.routes) });
      return;
    }
    try {
      json(reply, 200, await route(request, new URLSearchParams(search)));
    } catch (error) {
      json(reply, 400, { error: error instanceof Error ? error.message : 'This went wrong.' });
    }
  }

  private info(): Record<string, unknown> {
    const { sdkAppId, administrators, secretKey, store } = this.sandbox;
    const users: string[] = [];
    for (const { userId } of store.allAccounts()) {
      if (users.length < USERS_TOLD) users.push(userId);
    }
    return {
      ...{ sdkAppId, administrator: administrators[0] ?? '', secretKey },
      version: SANDBOX_VERSION,
      users,
    };
  }

  private addFaults(body: Buffer): unknown {
    const value = valueOfJson(body.toString('utf8'));
    const read = (Array.isArray(value) ? (value as unknown[]) : [value]).map(readFault);
    for (const { fault, seed } of read) this.sandbox.faults.add(fault, seed);
    return this.sandbox.faults.list();
  }
}

function jsonObject(body: Buffer): Record<string, unknown> {
  const value = valueOfJson(body.toString('utf8'));
  if (!isRecord(value)) throw new Error('The body is not a JSON object.');
  return value;
}

function json(reply: HttpReply, status: number, value: unknown): void {
  const text = value instanceof Text ? value.text : `${JSON.stringify(value)}\n`;
  reply.send(status, 'application/json', text);
}
