import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Clock } from './clock';
import type { CallContext } from './calls/call';
import { failure, type Answer } from './http/answer';
import { CallLog } from './http/callLog';
import { RecentSends, REPEATED_MS } from './http/duplicates';
import { Faults, readFault, type Fault } from './http/faults';
import { commandOf, FrontDoor } from './http/frontDoor';
import { Gate, type AppKeys } from './http/gate';
import { readPublicKey } from '../chat/signatures/keyPairSig';
import type { HttpReply, HttpRequest } from './http/httpExchange';
import { Limits } from './http/limits';
import { noVisitors, strangerIn } from './http/visitors';
import { defaults, type SandboxOptions } from './options';
import { writeSeed } from './seed/seedFormat';
import { defaultSettings, withSettings, type SandboxSettings } from './settings';
import { Store } from './store/store';
import { atMoment, type Change } from './store/storedMessage';
import { Webhooks } from './webhooks/webhooks';

const CALLS_KEPT = 1000;
/** The longest time that a timer can have. */
const LONGEST_PAUSE = 0x7fff_ffff;

/** One app with its data and everything that happens to calls, without HTTP. */
export class Sandbox {
  readonly sdkAppId: number;
  readonly secretKey: string;
  readonly administrators: readonly string[];
  readonly faults = new Faults();
  readonly calls: CallLog;
  readonly webhooks: Webhooks;
  readonly limits: Limits;
  readonly clock: Clock;
  settings: SandboxSettings;
  private readonly data = new Store();
  /** Makes the data when they are first asked for. */
  private awaited: (() => void) | undefined;
  private readonly now: () => number;
  private readonly duplicates = new RecentSends(REPEATED_MS.c2c);
  private readonly groupDuplicates = new RecentSends(REPEATED_MS.group);
  private readonly door: FrontDoor;
  private readonly stopping = new AbortController();

  /**
   * @param saved resolves when every change that was made is safe
   * @throws {Error} for a public key that is none
   */
  constructor(
    private readonly options: SandboxOptions,
    private readonly saved: () => Promise<void> | undefined,
  ) {
    this.sdkAppId = options.sdkAppId ?? defaults.sdkAppId;
    this.secretKey = options.secretKey ?? defaults.secretKey;
    this.administrators = options.administrators ?? [defaults.administrator];
    this.settings = withSettings(defaultSettings, { ...options.settings });
    this.clock = new Clock(options.now ?? Date.now);
    this.now = this.clock.now;
    this.calls = new CallLog(CALLS_KEPT, options.onCall);
    this.addFaults();
    // Every call that waits listens to it.
    setMaxListeners(0, this.stopping.signal);
    const settings = (): SandboxSettings => this.settings;
    this.webhooks = new Webhooks(this.sdkAppId, settings, this.now);
    this.limits = new Limits(settings, this.now, (call, requests) => this.webhooks.overLimit(call, requests));
    this.webhooks.target = options.webhook;
    this.door = new FrontDoor({
      sdkAppId: this.sdkAppId,
      gate: new Gate(keysOf(this, options.publicKey), settings, this.now),
      settings,
      context: this.context(),
    });
  }

  /** The data. */
  get store(): Store {
    this.awaited?.();
    return this.data;
  }

  /** Unix seconds. */
  get seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Aborted when the sandbox stops. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  /** Replaces all data by that of a seed. The caller makes it lasting. */
  load(seed: readonly Change[]): void {
    this.loadLater(() => seed);
    this.awaited?.();
  }

  /** As {@link Sandbox.load}, when the data are first asked for. Times that count back do so from now. */
  loadLater(seed: () => readonly Change[]): void {
    const now = this.seconds;
    this.awaited = () => {
      this.awaited = undefined;
      this.data.replace(seed().map((change) => atMoment(change, now)));
    };
    this.forgetCalls();
  }

  /** Calls the listener with each change of the data after it was made. */
  onChange(listener: (change: Change) => void): void {
    this.data.onChange(listener);
  }

  /** Adds what a seed has to the data, but for messages that are there, and groups that it says nothing of but their name. */
  add(seed: readonly Change[]): void {
    for (const change of seed) {
      const now = atMoment(change, this.seconds);
      if (!this.store.has(now)) this.store.change(now);
    }
  }

  /**
   * Sets, moves, freezes the clock, as {@link Clock.change} says. When it goes back, what happened is still to come, and
   * neither repeated messages nor calls a second are counted by it.
   *
   * @throws {Error} that names what is wrong
   */
  changeClock(value: Record<string, unknown>): void {
    if (this.clock.change(value)) this.forgetCalls();
  }

  /** Gives the clock the machine's time again. */
  resetClock(): void {
    this.clock.reset();
    this.forgetCalls();
  }

  /**
   * Replaces some settings.
   *
   * @throws {Error} that names a wrong one; then nothing changed
   */
  changeSettings(values: Record<string, unknown>): void {
    this.settings = withSettings(this.settings, values);
  }

  /** Settings, faults, webhook, clock and received calls as at the start. */
  reset(): void {
    this.clock.reset();
    this.settings = withSettings(defaultSettings, { ...this.options.settings });
    this.webhooks.target = this.options.webhook;
    this.faults.clear();
    this.addFaults();
    this.calls.clear();
    this.webhooks.log.clear();
  }

  /** All data as a seed. */
  snapshot(): string {
    return writeSeed(this.store);
  }

  /** Answers a request to `/v4/…`, or does what a fault says. Most calls are answered at once, without a promise. */
  handle(request: HttpRequest, reply: HttpReply): void | Promise<void> {
    const { allow = noVisitors } = this.options;
    const stranger = strangerIn(request.headers, allow, this.settings.region);
    if (stranger !== undefined) {
      reply.refuse(failure(60002, stranger).body);
      return;
    }
    const started = performance.now();
    const command = commandOf(request.url);
    const fault = this.faults.take(command);
    const finish = (answer: Answer): void | Promise<void> => {
      const { body, code } = answer;
      const durationMs = performance.now() - started;
      this.calls.add({
        at: this.now(),
        command,
        request: request.text,
        response: body,
        code,
        durationMs,
        fault: fault?.kind,
      });
      if (fault && fault.kind !== 'delay') return this.play(fault, answer, reply);
      reply.answer(body);
    };
    const answer = fault ? this.withFault(request, command, fault) : this.carryOut(request, command);
    return answer instanceof Promise ? answer.then(finish) : finish(answer);
  }

  /**
   * Carries a call out as the administrator, without UserSig and without faults.
   *
   * @param body JSON text
   */
  async perform(command: string, body: string): Promise<Answer> {
    const started = performance.now();
    const answer = await this.whenSaved(await this.door.perform(this.administrators[0] ?? '', command, body));
    this.calls.add({
      ...{ at: this.now(), command, request: body, response: answer.body, code: answer.code },
      ...{ durationMs: performance.now() - started, fault: undefined },
    });
    return answer;
  }

  /** Ends waiting faults and webhooks. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.webhooks.stop();
  }

  private async withFault(request: HttpRequest, command: string | undefined, fault: Fault): Promise<Answer> {
    await this.pause(fault.delayMs);
    if (fault.when === 'before' && fault.kind !== 'delay') return failure(fault.code, fault.info);
    const answer = await this.carryOut(request, command);
    return fault.kind === 'code' ? failure(fault.code, fault.info) : answer;
  }

  /** What it changes is safe when the answer is there. */
  private carryOut(request: HttpRequest, command: string | undefined): Answer | Promise<Answer> {
    const done = this.door.answer(request, command);
    return done instanceof Promise ? done.then((answer) => this.whenSaved(answer)) : this.whenSaved(done);
  }

  private whenSaved(answer: Answer): Answer | Promise<Answer> {
    const failed = (error: unknown): Answer => failure(91000, error instanceof Error ? error.message : '');
    return this.saved()?.then(() => answer, failed) ?? answer;
  }

  private async play(fault: Fault, answer: Answer, reply: HttpReply): Promise<void> {
    switch (fault.kind) {
      case 'stall':
        await this.pause(LONGEST_PAUSE);
        reply.drop();
        break;
      case 'drop':
        reply.drop();
        break;
      case 'half':
        reply.sendHalf(answer.body);
        break;
      case 'status':
        reply.send(fault.status, 'text/html', `<h1>${fault.status}</h1>`);
        break;
      case 'notJson':
        reply.send(200, 'text/html', '<html><body>Service Unavailable</body></html>');
        break;
      case 'code':
      case 'delay':
        reply.answer(answer.body);
    }
  }

  private forgetCalls(): void {
    this.duplicates.clear();
    this.groupDuplicates.clear();
    this.limits.clear();
  }

  private addFaults(): void {
    for (const rule of this.options.faults ?? []) {
      const { fault, seed } = readFault(rule);
      this.faults.add(fault, seed);
    }
  }

  /** Waits, or until the sandbox stops. */
  private async pause(ms: number): Promise<void> {
    if (ms <= 0) return;
    await setTimeout(Math.min(ms, LONGEST_PAUSE), undefined, { signal: this.stopping.signal }).catch(
      () => undefined,
    );
  }

  private context(): Omit<CallContext, 'administrator' | 'settings'> {
    const store = (): Store => this.store;
    return {
      get store() {
        return store();
      },
      webhooks: this.webhooks,
      duplicates: this.duplicates,
      groupDuplicates: this.groupDuplicates,
      limits: this.limits,
      isAdministrator: (userId) => this.administrators.includes(userId),
      now: this.now,
    };
  }
}

function keysOf(
  app: { readonly sdkAppId: number; readonly secretKey: string },
  publicKey: string | undefined,
): AppKeys {
  const { sdkAppId, secretKey } = app;
  return { sdkAppId, secretKey, ...(publicKey !== undefined && { publicKey: readPublicKey(publicKey) }) };
}
