import { isRecord, valueOfJson } from '../../json/values';
import type { ClockState } from '../clock';
import { readFault } from '../http/faults';
import type { HttpReply, HttpRequest } from '../http/httpExchange';
import { SANDBOX_VERSION } from '../options';
import type { Sandbox } from '../sandbox';
import { readWebhookTarget } from '../webhooks/webhookTarget';
import { fromWire } from '../wire';
import type { ControlAccess } from './access';
import { chatsOf, messagesOf } from './chatList';
import { meet, readExpectation, waitingTime } from './expectations';
import { LiveFeed } from './liveFeed';
import { Snapshots } from './snapshots';

/** What the routes do to the whole sandbox. */
export interface ControlActions {
  /** Replaces all data by a seed, lastingly. */
  replaceData(seed: string): Promise<void>;
  /** Adds a seed to the data, lastingly. */
  addData(seed: string): Promise<void>;
  /** Data, settings, faults, webhook, clock, limits and received calls as at the start. */
  reset(): Promise<void>;
  /** Makes data lasting that were replaced. */
  keep(): Promise<void>;
}

type Route = (request: HttpRequest, query: URLSearchParams) => unknown;

/** JSON text that is answered as it is. */
class Text {
  constructor(readonly text: string) {}
}

/** An answer with a status of its own. */
class WithStatus {
  constructor(
    readonly status: number,
    readonly value: unknown,
  ) {}
}

const USERS_TOLD = 1000;
/** For how long calls are waited for when nothing is said. */
const WAIT_MS = 10_000;
/** What keeps an answer from being taken for something else by a browser. */
const HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
const EVENTS = 'GET /sandbox/events';
const PAGES = ['GET /sandbox', 'GET /sandbox/'];

/**
 * Routes under `/sandbox/`, which the real service does not have: to look at the sandbox and to change it while it
 * runs. {@link ControlAccess} says who may use them.
 */
export class ControlRoutes {
  private readonly routes: Readonly<Record<string, Route>>;
  private readonly snapshots: Snapshots;
  private readonly feeds = new Set<LiveFeed>();

  constructor(
    private readonly sandbox: Sandbox,
    private readonly access: ControlAccess,
    private readonly actions: ControlActions,
  ) {
    this.snapshots = new Snapshots(sandbox);
    this.routes = { ...this.lookingRoutes(), ...this.changingRoutes(), ...this.dataRoutes() };
    sandbox.onChange(() => {
      for (const feed of this.feeds) feed.dataChanged();
    });
  }

  /** True for requests that are these routes' to answer. */
  owns(request: HttpRequest): boolean {
    return request.url === '/sandbox' || request.url.startsWith('/sandbox/');
  }

  async handle(request: HttpRequest, reply: HttpReply): Promise<void> {
    const [path = '', search = ''] = request.url.split('?', 2);
    const name = `${request.method} ${path}`;
    const isPage = PAGES.includes(name);
    // The page of a far sandbox has no token in it, and asks for nothing without one.
    const refusal = this.access.refusal(request, isPage);
    if (refusal) {
      json(reply, refusal.status, { error: refusal.error });
      return;
    }
    if (isPage) {
      const { inspectorPage } = await import('./page');
      const { html, headers } = inspectorPage(this.access.isFar ? undefined : this.access.token);
      reply.send(200, 'text/html; charset=utf-8', html, { ...HEADERS, ...headers });
      return;
    }
    if (name === EVENTS) {
      this.openFeed(reply);
      return;
    }
    const route = Object.hasOwn(this.routes, name) ? this.routes[name] : undefined;
    if (!route) {
      json(reply, 404, { error: `There is no such route.`, routes: [...Object.keys(this.routes), EVENTS] });
      return;
    }
    try {
      const value = await route(request, new URLSearchParams(search));
      if (request.method !== 'GET') this.tellChange();
      if (value instanceof WithStatus) json(reply, value.status, value.value);
      else json(reply, 200, value);
    } catch (error) {
      json(reply, 400, { error: error instanceof Error ? error.message : 'This went wrong.' });
    }
  }

  private lookingRoutes(): Record<string, Route> {
    const { sandbox } = this;
    return {
      'GET /sandbox/info': () => this.info(),
      'GET /sandbox/calls': (_request, query) => this.callsOf(query),
      'GET /sandbox/webhooks': () => sandbox.webhooks.log.list(),
      'GET /sandbox/chats': (_request, query) => chatsOf(sandbox.store, query),
      'GET /sandbox/messages': (_request, query) => messagesOf(sandbox.store, query),
      'POST /sandbox/expect': async ({ body }) => {
        const outcome = await meet(readExpectation(jsonObject(body)), sandbox.calls, sandbox.stopped);
        return new WithStatus(outcome.met ? 200 : 417, outcome);
      },
    };
  }

  private changingRoutes(): Record<string, Route> {
    const { sandbox } = this;
    return {
      'POST /sandbox/call': async ({ body }, query) =>
        new Text(fromWire((await sandbox.perform(query.get('command') ?? '', body.toString('utf8'))).body)),
      'DELETE /sandbox/calls': () => {
        sandbox.calls.clear();
        return sandbox.calls.list();
      },
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
      'GET /sandbox/webhook': () => sandbox.webhooks.target ?? null,
      'POST /sandbox/webhook': ({ body }) => (sandbox.webhooks.target = readWebhookTarget(jsonObject(body))),
      'GET /sandbox/webhook/samples': async () => (await import('./sampleEvents')).webhookSamples,
      'POST /sandbox/webhook/send': async ({ body }) =>
        (await import('./sampleEvents')).sendSample(body, sandbox.webhooks),
      'DELETE /sandbox/webhook': () => {
        sandbox.webhooks.target = undefined;
        return null;
      },
      'GET /sandbox/clock': () => sandbox.clock.state,
      'POST /sandbox/clock': ({ body }): ClockState => {
        sandbox.changeClock(jsonObject(body));
        return sandbox.clock.state;
      },
      'DELETE /sandbox/clock': (): ClockState => {
        sandbox.resetClock();
        return sandbox.clock.state;
      },
    };
  }

  private dataRoutes(): Record<string, Route> {
    const { sandbox, snapshots, actions } = this;
    return {
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
      'GET /sandbox/snapshots': () => snapshots.list(),
      'POST /sandbox/snapshots': (_request, query) => {
        snapshots.take(query.get('name') ?? '');
        return snapshots.list();
      },
      'DELETE /sandbox/snapshots': (_request, query) => {
        snapshots.forget(query.get('name') ?? undefined);
        return snapshots.list();
      },
      'POST /sandbox/snapshots/restore': async (_request, query) => {
        snapshots.restore(query.get('name') ?? '');
        await actions.keep();
        return this.info();
      },
    };
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
      token: this.access.token,
      users,
    };
  }

  /** With `after`, waits for a call with a higher number when there is none yet. */
  private async callsOf(query: URLSearchParams): Promise<unknown> {
    const { calls, stopped } = this.sandbox;
    const command = query.get('command') ?? undefined;
    const wanted = query.get('after');
    if (wanted === null) return calls.list(command);
    if (!/^\d{1,15}$/.test(wanted)) throw new Error('after is the number of a call.');
    const after = Number(wanted);
    const within = waitingTime(query.get('within') ?? undefined, WAIT_MS);
    if (calls.list(command, after).calls.length === 0) {
      const isWanted = (call: { number: number; command: string | undefined }): boolean =>
        call.number > after && (command === undefined || call.command === command);
      await calls.waitFor(isWanted, within, stopped);
    }
    return calls.list(command, after);
  }

  private addFaults(body: Buffer): unknown {
    const value = valueOfJson(body.toString('utf8'));
    const read = (Array.isArray(value) ? (value as unknown[]) : [value]).map(readFault);
    for (const { fault, seed } of read) this.sandbox.faults.add(fault, seed);
    return this.sandbox.faults.list();
  }

  private openFeed(reply: HttpReply): void {
    const stream = reply.stream(HEADERS);
    const feed = LiveFeed.open(stream, this.sandbox);
    this.feeds.add(feed);
    stream.onClose(() => this.feeds.delete(feed));
  }

  private tellChange(): void {
    for (const feed of this.feeds) {
      feed.stateChanged();
      feed.dataChanged();
    }
  }
}

function jsonObject(body: Buffer): Record<string, unknown> {
  const value = valueOfJson(body.toString('utf8'));
  if (!isRecord(value)) throw new Error('The body is not a JSON object.');
  return value;
}

function json(reply: HttpReply, status: number, value: unknown): void {
  const text = value instanceof Text ? value.text : `${JSON.stringify(value)}\n`;
  reply.send(status, 'application/json', text, HEADERS);
}
