import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import * as path from 'node:path';
import { build } from 'esbuild';
import { newPlan } from '../../../src/bulk/plan';
import { PlanStore } from '../../../src/bulk/planStore';
import { addressKey } from '../../../src/chat/address';
import { Journal } from '../../../src/journal/journal';
import { sameContent } from '../../../src/message/changes';
import { text } from '../../support/modifyCase';
import { ModifyWorld } from '../../support/modifyWorld';
import type { PlanTask } from '../../support/planChild';

describe('A plan whose window is killed', () => {
  const child = path.resolve('out/planChild.cjs');
  const count = 90;
  let world: ModifyWorld;

  before(() =>
    build({
      entryPoints: ['test/support/planChild.ts'],
      outfile: child,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      alias: { 'tls-sig-api-v2': 'tls-sig-api-v2/TLSSigAPIv2.js' },
      logLevel: 'error',
    }),
  );
  beforeEach(async () => {
    world = await ModifyWorld.start(Array.from({ length: count }, (_, index) => text(`old ${index}`)));
  });
  afterEach(() => world.stop());

  it('is continued by the next one, does nothing twice, and has all that it overwrote in the journal', async () => {
    const { app, secretKey } = world.sandbox;
    const store = new PlanStore(path.join(world.folder, 'plans'));
    const wanted = world.addresses.map((address, index) => ({
      address,
      base: text(`old ${index}`),
      mine: text(`new ${index}`),
    }));
    const origin = { kind: 'list', title: '', uri: '' } as const;
    const plan = newPlan(world.connection('test'), origin, wanted, Date.now());
    await store.add(plan);
    const task: PlanTask = { app, secretKey, folder: world.folder, plan: plan.id };
    const run = (killAfter: number): Promise<unknown> => {
      const window = fork(child, [JSON.stringify(task)], { execArgv: [] });
      const until = world.ownChanges.length + killAfter;
      world.onOwnChange = () => {
        if (world.ownChanges.length === until) window.kill('SIGKILL');
      };
      let said: unknown = 'killed';
      window.on('message', (message) => (said = message));
      return new Promise((resolve) => window.once('exit', () => resolve(said)));
    };
    for (const after of [7, 30]) assert.equal(await run(after), 'killed');
    const end = (await run(count)) as { kind: string; counts: Record<string, number> };
    assert.equal(end.kind, 'ended', JSON.stringify(end));
    assert.equal(end.counts.done, count);
    const changed = world.ownChanges.map(({ address }) => addressKey(address));
    assert.equal(new Set(changed).size, changed.length, 'something was modified twice');
    assert.equal(changed.length, count);
    const journal = new Journal(path.join(world.folder, 'journal'));
    assert.deepEqual(await journal.unfinished(), []);
    const kept = await journal.list({ plan: plan.id });
    for (const { address, previous } of world.ownChanges) {
      const found = kept.some(
        ({ address: of, before, outcome }) =>
          addressKey(of) === addressKey(address) &&
          before !== null &&
          sameContent(before, previous) &&
          outcome.state === 'done',
      );
      assert.ok(found, `overwritten and not in the journal: ${addressKey(address)}`);
    }
  });
});
