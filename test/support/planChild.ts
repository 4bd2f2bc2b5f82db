import * as path from 'node:path';
import { Pace } from '../../src/bulk/pace';
import { planGates } from '../../src/bulk/planGates';
import { PlanRunner } from '../../src/bulk/planRunner';
import { PlanStore } from '../../src/bulk/planStore';
import { ChatClient } from '../../src/chat/client';
import type { ChatApp } from '../../src/chat/chatMessage';
import { Journal } from '../../src/journal/journal';
import { Modifier } from '../../src/modify/modifier';

/** What a child process gets as its argument, as JSON. */
export interface PlanTask {
  readonly app: ChatApp;
  readonly secretKey: string;
  /** Where journal, plans, locks and pace lie. */
  readonly folder: string;
  readonly plan: string;
}

/** A window that carries a plan out until it ends, or until it is killed. Says how it ended. */
async function main({ app, secretKey, folder, plan: id }: PlanTask): Promise<void> {
  const client = new ChatClient(app, { kind: 'secretKey', secretKey });
  const journal = new Journal(path.join(folder, 'journal'));
  const modifier = new Modifier({ journal, lockFolder: path.join(folder, 'locks'), asksInTest: () => false });
  const store = new PlanStore(path.join(folder, 'plans'));
  const plan = await store.get(id);
  if (!plan) throw new Error('The plan is gone.');
  const end = await new PlanRunner({ journal, store, modifier }).run(plan, {
    client,
    gates: planGates(new Pace(path.join(folder, 'pace')), plan.connection, 1),
    perSecond: 40,
  });
  process.send?.(end.kind === 'busy' ? end.kind : { kind: end.kind, counts: end.report.counts });
  client.dispose();
}

main(JSON.parse(process.argv[2] ?? '') as PlanTask).catch((error: unknown) => process.send?.(String(error)));
