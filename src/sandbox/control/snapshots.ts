import type { ClockState } from '../clock';
import type { Fault } from '../http/faults';
import type { Sandbox } from '../sandbox';
import { readSeed } from '../seed/seedFormat';
import type { SandboxSettings } from '../settings';
import type { Change } from '../store/storedMessage';
import type { WebhookTarget } from '../webhooks/webhookTarget';

interface Snapshot {
  readonly data: string;
  /** Read when it is first wanted. */
  changes?: readonly Change[];
  readonly settings: SandboxSettings;
  readonly faults: readonly Fault[];
  readonly webhook: WebhookTarget | undefined;
  readonly clock: ClockState;
  /** Unix seconds. */
  readonly takenAt: number;
}

const NAME = /^[\w.-]{1,64}$/;
const MOST = 50;

/** States of a sandbox that are kept under names, in memory: data, settings, faults, webhook and clock. */
export class Snapshots {
  private readonly kept = new Map<string, Snapshot>();

  constructor(private readonly sandbox: Sandbox) {}

  /** In the order in which they were taken. */
  list(): { name: string; takenAt: number }[] {
    return [...this.kept].map(([name, { takenAt }]) => ({ name, takenAt }));
  }

  /**
   * Keeps the state; a name that is there already gets the new one.
   *
   * @throws {Error} for a name that is none, or too many
   */
  take(name: string): void {
    if (!NAME.test(name)) throw new Error('name is 1 to 64 letters, digits, dots, hyphens and underscores.');
    if (this.kept.size >= MOST && !this.kept.has(name)) throw new Error(`More than ${MOST} snapshots.`);
    const { sandbox } = this;
    this.kept.delete(name);
    this.kept.set(name, {
      data: sandbox.snapshot(),
      settings: sandbox.settings,
      faults: sandbox.faults.list(),
      webhook: sandbox.webhooks.target,
      clock: sandbox.clock.state,
      takenAt: sandbox.seconds,
    });
  }

  /**
   * Brings a state back. The caller makes it lasting.
   *
   * @throws {Error} when there is none of that name
   */
  restore(name: string): void {
    const snapshot = this.kept.get(name);
    if (!snapshot) throw new Error(`There is no snapshot ${name}.`);
    const { sandbox } = this;
    snapshot.changes ??= readSeed(snapshot.data);
    sandbox.clock.restore(snapshot.clock);
    sandbox.load(snapshot.changes);
    sandbox.settings = snapshot.settings;
    sandbox.webhooks.target = snapshot.webhook;
    sandbox.faults.clear();
    for (const fault of snapshot.faults) sandbox.faults.add(fault);
  }

  /** Forgets one, or all without a name. */
  forget(name?: string): void {
    if (name === undefined) this.kept.clear();
    else this.kept.delete(name);
  }
}
