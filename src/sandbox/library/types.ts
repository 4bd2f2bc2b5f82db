// The types of the package. This file is its index.d.ts, so it imports nothing.

/** How a sandbox starts. Everything has a default. */
export interface StartOptions {
  /** Port; 0, the default, picks a free one. */
  port?: number;
  /** Address to listen at instead of 127.0.0.1. Then every control route wants the token. */
  listen?: string;
  /** Token of the control routes; random by default. */
  token?: string;
  /** SDKAppID of the app. Default 1400000000. */
  sdkAppId?: number;
  /** Key that UserSigs are signed with. */
  secretKey?: string;
  /** PEM text of the key for UserSigs of the generation before TLSSigAPIv2. */
  publicKey?: string;
  /** UserIDs of the administrators. Default `administrator`. */
  administrators?: string[];
  /** What it begins with: a seed or a list of messages, as an object or as JSON text, or several; the sample when absent. */
  seed?: string | object;
  /** File that keeps the data. With one that exists, the seed is not used. */
  dataFile?: string;
  /** Settings by name, as docs/sandbox.md lists them; `strict` switches every leniency off first. */
  settings?: Record<string, string | number | boolean>;
  strict?: boolean;
  faults?: Fault[];
  webhook?: WebhookTarget;
  /** Host names and origins of web pages that may call too. */
  allow?: { hosts?: string[]; origins?: string[] };
  /** Told of each call that was answered. */
  onCall?: (call: ReceivedCall) => void;
}

/** A sandbox that runs in this process. */
export interface RunningSandbox {
  /** What stands in place of `https://console.tim.qq.com` for your client. */
  readonly url: string;
  readonly port: number;
  readonly sdkAppId: number;
  readonly administrator: string;
  readonly secretKey: string;
  /** Token of the control routes. */
  readonly token: string;
  /** To look at it and to change it while it runs. */
  readonly control: SandboxControl;
  /** Stops it and breaks its connections. */
  stop(): Promise<void>;
}

/** The control routes of a sandbox, which may run in another process or on another machine. */
export interface SandboxControl {
  /** App, key and users. */
  info(): Promise<SandboxInfo>;
  /** Makes a call of the service as the administrator, without a UserSig, and gives its answer. */
  call(command: string, body: object): Promise<Record<string, unknown>>;

  /** The calls that came. With `after`, waits at most `within` milliseconds for one with a higher number. */
  calls(query?: {
    command?: string;
    after?: number;
    within?: number;
  }): Promise<{ total: number; calls: ReceivedCall[] }>;
  forgetCalls(): Promise<void>;
  /** Waits for what must come. @throws {Error} with what came instead */
  expect(expectation: Expectation): Promise<ExpectationOutcome>;

  /** Data, settings, faults, webhook, clock and calls as at the start. */
  reset(): Promise<void>;
  /** All data as a seed. */
  data(): Promise<string>;
  /** Replaces all data by a seed or a list of messages, or adds them. */
  load(seed: string | object, how?: { add?: boolean }): Promise<void>;
  /** Keeps the state under a name. */
  keep(name: string): Promise<void>;
  /** Brings a kept state back. */
  restore(name: string): Promise<void>;

  clock(): Promise<ClockState>;
  /** Sets the clock to Unix seconds or an ISO time, moves it by seconds, stops it or lets it go on. */
  changeClock(change: { set?: number | string; move?: number; freeze?: boolean }): Promise<ClockState>;
  /** The machine's time again. */
  resetClock(): Promise<ClockState>;

  settings(): Promise<Record<string, string | number | boolean>>;
  changeSettings(settings: Record<string, string | number | boolean>): Promise<void>;
  faults(): Promise<Fault[]>;
  addFaults(...faults: Fault[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** Where webhooks go; `undefined` switches them off. */
  setWebhook(target: WebhookTarget | undefined): Promise<void>;
  /** The last webhooks that were sent, with what was answered. */
  webhooks(): Promise<{ total: number; webhooks: SentWebhook[] }>;
}

export interface SandboxInfo {
  sdkAppId: number;
  administrator: string;
  secretKey: string;
  version: string;
  token: string;
  users: string[];
}

export interface ReceivedCall {
  /** Counts the calls, from 1. */
  readonly number: number;
  /** Unix milliseconds of the sandbox's clock. */
  readonly at: number;
  /** `service/command`. */
  readonly command?: string | undefined;
  readonly request: string;
  readonly response: string;
  /** `ErrorCode` of the answer. */
  readonly code: number;
  readonly durationMs: number;
  /** Kind of the fault that it met. */
  readonly fault?: string | undefined;
}

export interface Expectation {
  /** `service/command`; any call when absent. */
  command?: string;
  /** Members that the body must have with these values, at any depth. */
  body?: unknown;
  /** `ErrorCode` that it must have been answered with. */
  code?: number;
  /** How many such calls; default 1, and 0 says that none may come. */
  count?: number;
  /** Whether more of them are wrong too. */
  exact?: boolean;
  /** Milliseconds in which they must have come. Default 2000. */
  within?: number;
  /** Only calls with a higher number count. */
  after?: number;
}

export interface ExpectationOutcome {
  met: boolean;
  /** Calls as expected. */
  count: number;
  calls: { number: number; command?: string; code: number; request: unknown }[];
  /** When it was not met: the last others, with what was not as expected. */
  instead?: { number: number; command?: string; code: number; request: unknown; differs: string[] }[];
}

export interface ClockState {
  /** Unix seconds. */
  now: number;
  iso: string;
  frozen: boolean;
  /** Seconds ahead of the machine's clock. */
  ahead: number;
}

export interface Fault {
  /** `service/command`, or `*` for every call. */
  command?: string;
  kind?: 'code' | 'delay' | 'stall' | 'status' | 'drop' | 'half' | 'notJson';
  when?: 'before' | 'after';
  code?: number;
  info?: string;
  status?: number;
  delayMs?: number;
  times?: number;
  probability?: number;
  seed?: number;
}

export interface WebhookTarget {
  url: string;
  token?: string;
  commands?: string[];
}

export interface SentWebhook {
  readonly number: number;
  readonly at: number;
  readonly command: string;
  readonly request: string;
  readonly status?: number | undefined;
  readonly answer: string;
  readonly durationMs: number;
}

/** Starts a sandbox in this process. */
export type StartSandbox = (options?: StartOptions) => Promise<RunningSandbox>;

/** The control routes of a sandbox that runs elsewhere: its URL, and the token when it listens to other machines. */
export type ConnectSandbox = (url: string, token?: string) => SandboxControl;
