import type { ReceivedCall } from './http/callLog';
import type { HttpLimits } from './http/httpLimits';
import type { AllowedVisitors } from './http/visitors';
import type { SandboxSettings } from './settings';
import type { WebhookTarget } from './webhooks/webhookTarget';

/** How a sandbox starts. Everything has a default. */
export interface SandboxOptions {
  /** 0 picks a free one. Default 0. */
  readonly port?: number;
  /** Address to listen at. Default 127.0.0.1; with another one, control routes want the token. */
  readonly listen?: string;
  /** What opens the control routes to pages, and to other machines. Random when absent. */
  readonly token?: string;
  readonly sdkAppId?: number;
  readonly secretKey?: string;
  /** PEM text of the key that UserSigs of the generation before TLSSigAPIv2 are checked with; they need one. */
  readonly publicKey?: string;
  /** UserIDs of the app's administrators; the first is the one that `/sandbox/info` names. */
  readonly administrators?: readonly string[];
  /** Text in the seed format to start with, or several that are put together; the sample data when absent. */
  readonly seed?: string | readonly string[];
  /** File that keeps the data. With one that exists, the seed is not used. */
  readonly dataFile?: string;
  readonly settings?: Partial<SandboxSettings>;
  readonly webhook?: WebhookTarget;
  /** Faults to begin with, as {@link readFault} takes them. */
  readonly faults?: readonly unknown[];
  /** Who may call besides programs and pages of this machine; nobody when absent. */
  readonly allow?: AllowedVisitors;
  /** What a client may cost; every limit has a default. */
  readonly httpLimits?: Partial<HttpLimits>;
  /** Told of every call that was answered. */
  readonly onCall?: (call: ReceivedCall) => void;
  /** The clock, in Unix milliseconds. */
  readonly now?: () => number;
}

/**
 * What a sandbox has when nothing else is said. The key is no secret: it opens nothing but sandboxes that were started
 * without one of their own.
 */
export const defaults = {
  port: 18080,
  sdkAppId: 1400000000,
  secretKey: '5a4dbc0f7e6d4b1f9c3e8a2d6071b5c48e9f3a7d2b6c1e0f4d8a5b9c7e3f1a26',
  administrator: 'administrator',
} as const;

/** Version of the sandbox in `/sandbox/info`. */
export const SANDBOX_VERSION = '1';
