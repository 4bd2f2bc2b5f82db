import { isUtf8 } from 'node:buffer';
import { regions } from '../../chat/regions';
import { Refusal, RequestBody, type Call, type CallContext } from '../calls/call';
import { calls } from '../calls/registry';
import { failure, success, type Answer } from './answer';
import type { Gate } from './gate';
import { readQuery } from './query';

/** A request to `/v4/…` as the front door gets it. */
export interface DoorRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** `Host` without port. */
  readonly host: string;
  readonly body: Buffer;
}

const PATH = /^\/v4\/([A-Za-z0-9_]+)\/([A-Za-z0-9_]+)$/;
const NOT_JSON = 'Fail to Parse json data of body, Please check it';

/** Parts of the front door that outlive a call. */
export interface DoorParts {
  readonly sdkAppId: number;
  readonly gate: Gate;
  /** The context of calls, but for who calls. */
  readonly context: Omit<CallContext, 'administrator' | 'settings'>;
  settings(): CallContext['settings'];
}

/** `service/command` of a URL, undefined when it has not the form of one. */
export function commandOf(url: string): string | undefined {
  const match = PATH.exec(url.split('?', 1)[0] ?? '');
  return match ? `${match[1] ?? ''}/${match[2] ?? ''}` : undefined;
}

/** The service's own front door: every request gets an envelope, and the checks have the order of the facts (12). */
export class FrontDoor {
  constructor(private readonly parts: DoorParts) {}

  /** Never throws: what goes wrong is in the answer. */
  async answer(request: DoorRequest): Promise<Answer> {
    let call: Call | undefined;
    try {
      call = callOf(request);
      const administrator = this.enter(request, call);
      const body = bodyOf(request.body, call, this.parts.settings().jsonCode);
      const { context } = this.parts;
      const done = call.run(body, {
        ...context,
        settings: this.parts.settings(),
        administrator,
      });
      return success(done instanceof Promise ? await done : done, call.display);
    } catch (error) {
      if (error instanceof Refusal) return failure(error.code, error.info, call?.display);
      return failure(91000, 'internal error of the sandbox', call?.display);
    }
  }

  /** The checks before the body is looked at. Gives the calling administrator. */
  private enter(request: DoorRequest, call: Call): string {
    const settings = this.parts.settings();
    const { sdkAppId, gate, context } = this.parts;
    const question = request.url.indexOf('?');
    const query = readQuery(question < 0 ? '' : request.url.slice(question + 1), settings.random);
    if (query.sdkAppId !== sdkAppId) throw new Refusal(70020, 'there is no such SDKAppID');
    if (isOtherRegion(request.host, settings.region)) {
      throw new Refusal(60026, 'the app belongs to another data centre');
    }
    gate.check(query, call.name.startsWith('openim/') ? settings.expiredSigCode : 70001);
    if (!context.isAdministrator(query.identifier)) {
      const code = settings.adminCode === 'gateway' ? 60010 : call.notAdministrator;
      throw new Refusal(code, 'the identifier is not an administrator of the app');
    }
    context.limits.enter(call);
    return query.identifier;
  }
}

function callOf(request: DoorRequest): Call {
  if (request.method !== 'POST') throw new Refusal(60002, 'only POST is supported');
  const name = commandOf(request.url);
  if (name === undefined) throw new Refusal(60002, 'the path is not /v4/service/command');
  const call = calls.get(name);
  if (!call) throw new Refusal(60009, `there is no ${name}`);
  return call;
}

function bodyOf(bytes: Buffer, call: Call, jsonCode: 'service' | 'gateway'): RequestBody {
  const body = isUtf8(bytes) ? RequestBody.parse(bytes.toString('utf8')) : undefined;
  if (body) return body;
  throw new Refusal(jsonCode === 'gateway' ? 60003 : call.notJson, NOT_JSON);
}

/** A client that reaches the sandbox by the service's own names (hosts file, proxy) must use the app's region. */
function isOtherRegion(host: string, regionId: string): boolean {
  if (regionId === '') return false;
  const asked = regions.find(({ endpoint, standby }) =>
    [endpoint, standby].some((address) => new URL(address).hostname === host),
  );
  return asked !== undefined && asked.id !== regionId;
}
