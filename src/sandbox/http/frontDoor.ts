import { regions } from '../../chat/regions';
import type { Call, CallContext, Success } from '../calls/call';
import { Refusal, RequestBody } from '../requestBody';
import { calls } from '../calls/registry';
import { failure, success, type Answer } from './answer';
import type { Gate } from './gate';
import type { HttpRequest } from './httpExchange';
import { QueryReader } from './query';
import { hostName } from '../../http/hostName';

const ROOT = '/v4/';
const NAME = /^[A-Za-z0-9_]+\/[A-Za-z0-9_]+$/;
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
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const name = path.slice(ROOT.length);
  return path.startsWith(ROOT) && (calls.has(name) || NAME.test(name)) ? name : undefined;
}

/** The service's own front door: every request gets an envelope, and the checks have the order of the facts (12). */
export class FrontDoor {
  private readonly queries = new QueryReader();

  constructor(private readonly parts: DoorParts) {}

  /**
   * Never throws: what goes wrong is in the answer. Most calls are answered at once, without a promise.
   *
   * @param command what {@link commandOf} says of the URL
   */
  answer(request: HttpRequest, command: string | undefined): Answer | Promise<Answer> {
    let call: Call | undefined;
    try {
      call = callOf(request, command);
      const administrator = this.enter(request, call);
      return this.run(call, request.isText ? request.text : undefined, administrator);
    } catch (error) {
      return refused(error, call);
    }
  }

  /** Answers a call of an administrator who need not prove it. Never throws. */
  perform(administrator: string, command: string, body: string): Answer | Promise<Answer> {
    const call = calls.get(command);
    try {
      if (!call) throw new Refusal(60009, `there is no ${command}`);
      this.parts.context.limits.enter(call);
      return this.run(call, body, administrator);
    } catch (error) {
      return refused(error, call);
    }
  }

  /** @param text of the body; undefined when it is none */
  private run(call: Call, text: string | undefined, administrator: string): Answer | Promise<Answer> {
    const settings = this.parts.settings();
    const body = bodyOf(text, call, settings);
    const done = call.run(body, contextOf(this.parts.context, settings, administrator));
    return done instanceof Promise ? answerLater(done, call) : success(done, call.display);
  }

  /** The checks before the body is looked at. Gives the calling administrator. */
  private enter(request: HttpRequest, call: Call): string {
    const settings = this.parts.settings();
    const { sdkAppId, gate, context } = this.parts;
    const question = request.url.indexOf('?');
    const query = this.queries.read(question < 0 ? '' : request.url.slice(question + 1), settings.random);
    if (query.sdkAppId !== sdkAppId) throw new Refusal(70020, 'there is no such SDKAppID');
    if (settings.region !== '' && isOtherRegion(request.headers.host, settings.region)) {
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

/** Member by member: copying an object with three dots costs as much as a whole small call. */
function contextOf(
  { store, webhooks, duplicates, groupDuplicates, limits, isAdministrator, now }: DoorParts['context'],
  settings: CallContext['settings'],
  administrator: string,
): CallContext {
  return {
    store,
    settings,
    webhooks,
    duplicates,
    groupDuplicates,
    limits,
    administrator,
    isAdministrator,
    now,
  };
}

async function answerLater(done: Promise<Success>, call: Call): Promise<Answer> {
  try {
    return success(await done, call.display);
  } catch (error) {
    return refused(error, call);
  }
}

function refused(error: unknown, call: Call | undefined): Answer {
  if (error instanceof Refusal) return failure(error.code, error.info, call?.display);
  return failure(91000, 'internal error of the sandbox', call?.display);
}

function callOf(request: HttpRequest, command: string | undefined): Call {
  if (request.method !== 'POST') throw new Refusal(60002, 'only POST is supported');
  if (command === undefined) throw new Refusal(60002, 'the path is not /v4/service/command');
  const call = calls.get(command);
  if (!call) throw new Refusal(60009, `there is no ${command}`);
  return call;
}

function bodyOf(text: string | undefined, call: Call, settings: CallContext['settings']): RequestBody {
  const body = text === undefined ? undefined : RequestBody.parse(text, settings.nulls);
  if (body) return body;
  throw new Refusal(settings.jsonCode === 'gateway' ? 60003 : call.notJson, NOT_JSON);
}

/** A client that reaches the sandbox by the service's own names (hosts file, proxy) must use the app's region. */
function isOtherRegion(header: string | undefined, regionId: string): boolean {
  const host = hostName(header ?? '');
  const asked = regions.find(({ endpoint, standby }) =>
    [endpoint, standby].some((address) => new URL(address).hostname === host),
  );
  return asked !== undefined && asked.id !== regionId;
}
