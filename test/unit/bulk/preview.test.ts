import assert from 'node:assert/strict';
import { newPlan } from '../../../src/bulk/plan';
import { mayBeTakenIn, previewOf, withTakenIn } from '../../../src/bulk/preview';
import { ModifyWorld } from '../../support/modifyWorld';
import { text } from '../../support/modifyCase';
import { openGates, PlanWindow } from '../../support/planWorld';

describe('The preview of a plan', () => {
  let world: ModifyWorld;
  let own: PlanWindow;

  beforeEach(async () => {
    world = await ModifyWorld.start(Array.from({ length: 5 }, (_, index) => text(`old ${index}`, 'data')));
    own = new PlanWindow(world, await world.open());
  });
  afterEach(() => world.stop());

  const plan = () => {
    const wanted = world.addresses.map((address, index) => ({
      address,
      base: text(`old ${index}`, 'data'),
      mine: text(`new ${index}`),
    }));
    return newPlan(world.connection('test'), { kind: 'list', title: '', uri: '' }, wanted, Date.now());
  };

  it('says what the run will find, and lets in what a person takes in, on what the service shows', async () => {
    const [, changed, same, recalled, gone] = world.addresses;
    world.change(changed!, text('theirs', 'theirs too'));
    world.change(same!, text('new 2'));
    const { client, timing } = own.window;
    await client.recallMessage(recalled!);
    for (const [operator, peer] of [
      [gone!.from, gone!.to],
      [gone!.to, gone!.from],
    ] as const)
      await client.deleteMessages({ operator, peer, keys: [gone!.key] });
    const read: number[] = [];
    const preview = await previewOf(plan(), { client, timing, gates: openGates }, (count) =>
      read.push(count),
    );
    assert.ok(preview);
    assert.deepEqual(read, [5]);
    assert.deepEqual(
      preview.plan.items.map(({ address }) => address.chat === 'c2c' && address.key),
      [world.addresses[0]!.key],
    );
    assert.deepEqual(
      preview.left.map((one) => [one.why, mayBeTakenIn(one)]),
      [
        ['conflict', true],
        ['nothingToDo', false],
        ['recalled', false],
        ['gone', false],
      ],
    );
    const all = withTakenIn(preview, new Set(preview.left.filter(mayBeTakenIn)));
    assert.equal(all.left.length, 3);
    await own.store.add(all.plan);
    const end = await own.run(all.plan);
    assert.ok(end.kind === 'ended');
    assert.equal(end.report.counts.done, 2);
    assert.deepEqual(world.content(changed!), text('new 1', 'theirs too'));
  });

  it('stops reading when it is cancelled', async () => {
    const { client, timing } = own.window;
    const preview = await previewOf(plan(), {
      client,
      timing,
      gates: openGates,
      signal: AbortSignal.abort(),
    });
    assert.equal(preview, undefined);
  });
});
