import type { MessageContent } from '../../src/chat/chatMessage';
import type { Gate } from '../../src/bulk/gate';
import type { PlanGates } from '../../src/bulk/planGates';
import { newPlan, type Plan } from '../../src/bulk/plan';
import { PlanRunner, type PlanRunEnd } from '../../src/bulk/planRunner';
import type { PlanRunOptions } from '../../src/bulk/runOptions';
import { PlanStore } from '../../src/bulk/planStore';
import type { ReadImport } from '../../src/transfer/importItems';
import { newImport } from '../../src/transfer/importPlan';
import type { ModifyWorld, Window } from './modifyWorld';

/** Lets every call pass at once. */
const openGate: Gate = { pass: (signal) => Promise.resolve(signal?.aborted !== true) };

export const openGates: PlanGates = {
  c2c: { read: openGate, modify: openGate, import: openGate },
  group: { read: openGate, modify: openGate, import: openGate },
};

/** A window of a world, with what runs plans. */
export class PlanWindow {
  readonly store: PlanStore;
  readonly runner: PlanRunner;

  constructor(
    readonly world: ModifyWorld,
    readonly window: Window,
  ) {
    this.store = new PlanStore('/plans', window.files);
    const { journal, modifier, timing } = window;
    this.runner = new PlanRunner({ journal, store: this.store, modifier, timing });
  }

  /** A plan for some messages, written down; each is to become what `mine` says. */
  async plan(
    mine: (index: number) => MessageContent,
    bases: readonly MessageContent[] = this.world.addresses.map((address) => this.world.content(address)),
  ): Promise<Plan> {
    const wanted = this.world.addresses.map((address, index) => ({
      address,
      base: bases[index]!,
      mine: mine(index),
    }));
    const connection = this.world.connection('sandbox');
    const plan = newPlan(connection, { kind: 'list', title: 'messages', uri: '' }, wanted, Date.now());
    await this.store.add(plan);
    return plan;
  }

  /** A plan that imports what of a list can be, written down. */
  async import(found: ReadImport, accounts: readonly string[] = []): Promise<Plan> {
    const of = { connection: this.world.connection('sandbox'), title: 'list', uri: 'file:///list', accounts };
    const plan = newImport(of, found, Date.now());
    await this.store.add(plan);
    return plan;
  }

  run(plan: Plan, options: Partial<PlanRunOptions> = {}): Promise<PlanRunEnd> {
    const { client } = this.window;
    return this.runner.run(plan, {
      client,
      gates: openGates,
      perSecond: 40,
      ...options,
    });
  }
}
