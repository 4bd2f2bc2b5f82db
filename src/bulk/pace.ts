import { createHash } from 'node:crypto';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Gate } from './gate';
import { HANDS, PacedGate } from './pacedGate';

/** What is limited. */
export interface PacedCall {
  /** Base URL and SDKAppID: the app that the service counts. */
  readonly endpoint: string;
  readonly sdkAppId: number;
  /** `service/command`. */
  readonly command: string;
  /** Calls a second that the service allows the app. */
  readonly perSecond: number;
  /** How much of what plans may use these calls may, 0 < share ≤ 1; in eighths. */
  readonly share: number;
}

/** Plans leave so much to what a person does by hand. */
const FOR_PLANS = 0.95;
/**
 * A call may be up to 22 ms late, by a timer or on its way. With so much less than the limit, those that are late and
 * those after them still keep to it in every second.
 */
const FOR_LATENESS = 0.978;

/** A clock that all processes of this machine share and that nobody sets: milliseconds since it was started. */
const machineClock = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Keeps the calls of all windows of this machine to one pace: the strict sliding second. */
export class Pace {
  private readonly gates = new Map<string, PacedGate>();

  /** @param clock milliseconds, the same in all processes; tests bring their own folder, not their own clock */
  constructor(
    private readonly folder: string,
    private readonly clock: () => number = machineClock,
  ) {}

  /** The gate of a call; one for all plans of this process. */
  gate(call: PacedCall): Gate {
    const app = createHash('sha256').update(
      JSON.stringify([os.hostname(), call.endpoint, call.sdkAppId, call.command]),
    );
    const folder = path.join(this.folder, app.digest('hex').slice(0, 24));
    const hands = Math.max(1, Math.min(HANDS, Math.round(call.share * HANDS)));
    const key = `${folder} ${hands}`;
    const gate = this.gates.get(key) ?? new PacedGate(folder, ratePerMs(call.perSecond), hands, this.clock);
    this.gates.set(key, gate);
    return gate;
  }
}

/** Calls a second that plans make at most, of a call that the service allows so often. */
export function planRate({ perSecond, share }: Pick<PacedCall, 'perSecond' | 'share'>): number {
  return ratePerMs(perSecond) * 1000 * share;
}

function ratePerMs(perSecond: number): number {
  return (perSecond * FOR_PLANS * FOR_LATENESS) / 1000;
}
