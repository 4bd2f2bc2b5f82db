import { createHmac } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { SandboxOptions } from '../../../src/sandbox/options';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';

export type Json = Record<string, unknown>;

/** What a call got back. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: Json;
  readonly code: number;
}

/** Seconds at which the clock of a world starts: 2026-01-31T11:33:20Z. */
export const START = 1_769_859_200;

/** Fields of a UserSig; any of them can be made wrong. */
export interface SigFields {
  identifier?: string;
  sdkAppId?: number;
  time?: number;
  expire?: number;
  key?: string;
}

/** A UserSig made here by the documentation (page 269/1519 and the published signers), independent of the signer that the product uses. */
export function signed(world: World, fields: SigFields = {}): string {
  const identifier = fields.identifier ?? 'administrator';
  const sdkAppId = fields.sdkAppId ?? world.sandbox.app.sdkAppId;
  const time = fields.time ?? world.seconds;
  const expire = fields.expire ?? 86_400;
  const text =
    `TLS.identifier:${identifier}\nTLS.sdkappid:${sdkAppId}\nTLS.time:${time}\n` + `TLS.expire:${expire}\n`;
  return encoded({
    'TLS.ver': '2.0',
    'TLS.identifier': identifier,
    'TLS.sdkappid': sdkAppId,
    'TLS.time': time,
    'TLS.expire': expire,
    'TLS.sig': createHmac('sha256', fields.key ?? world.sandbox.secretKey)
      .update(text)
      .digest('base64'),
  });
}

/** The form a UserSig has on the wire, of any value. */
export function encoded(value: unknown): string {
  return deflateSync(JSON.stringify(value))
    .toString('base64')
    .replaceAll('+', '*')
    .replaceAll('/', '-')
    .replaceAll('=', '_');
}

/** A sandbox with a clock that stands still, and a way to call it. */
export class World {
  private usual: { readonly seconds: number; readonly userSig: string } | undefined;

  private constructor(
    readonly sandbox: RunningSandbox,
    private readonly clock: { ms: number },
  ) {}

  /** @param options as for the product, but without a seed there is no data, and with an undefined one the sample */
  static async start(
    options: Omit<SandboxOptions, 'seed'> & { readonly seed?: string | undefined } = {},
    seconds = START,
  ): Promise<World> {
    const clock = { ms: seconds * 1000 };
    const { seed: given, ...rest } = options;
    const seed = 'seed' in options ? given : seedOf({});
    const sandbox = await startSandbox({ now: () => clock.ms, ...rest, ...(seed !== undefined && { seed }) });
    return new World(sandbox, clock);
  }

  get seconds(): number {
    return Math.floor(this.clock.ms / 1000);
  }

  /** A UserSig of the administrator that is valid now. */
  private get userSig(): string {
    if (this.usual?.seconds !== this.seconds) this.usual = { seconds: this.seconds, userSig: signed(this) };
    return this.usual.userSig;
  }

  pass(seconds: number): void {
    this.clock.ms += seconds * 1000;
  }

  /**
   * One call as the administrator.
   *
   * @param body a text is sent as it is
   * @param query parameters that differ; undefined leaves one out
   */
  async call(
    command: string,
    body: unknown = {},
    query: Record<string, string | undefined> = {},
  ): Promise<Reply> {
    const all: Record<string, string | undefined> = {
      sdkappid: String(this.sandbox.app.sdkAppId),
      identifier: 'administrator',
      usersig: this.userSig,
      random: '99999999',
      contenttype: 'json',
      ...query,
    };
    const pairs = Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    );
    return this.post(`/v4/${command}?${pairs.join('&')}`, body);
  }

  /** One request with the path as it is. */
  async post(path: string, body: unknown, method = 'POST'): Promise<Reply> {
    const answer = await fetch(`${this.sandbox.url}${path}`, {
      method,
      ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = JSON.parse(text) as Json;
    return { status: answer.status, text, json, code: json.ErrorCode as number };
  }

  /** One request to a control route. */
  async control(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const answer = await fetch(`${this.sandbox.url}/sandbox/${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, json: await answer.json() };
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }
}

/** A seed of accounts, and other parts as they are. */
export function seedOf(parts: { users?: readonly string[] } & Json): string {
  const { users = [], ...rest } = parts;
  return JSON.stringify({ Format: 1, Accounts: users.map((UserID) => ({ UserID })), ...rest });
}

export const TEXT = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];
