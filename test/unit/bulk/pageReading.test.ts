import assert from 'node:assert/strict';
import { readOne } from '../../../src/bulk/pageReading';
import { text } from '../../support/modifyCase';
import { ModifyWorld } from '../../support/modifyWorld';
import { openGates } from '../../support/planWorld';

describe('A message that is read on its own', () => {
  let world: ModifyWorld;

  beforeEach(async () => (world = await ModifyWorld.start([text('old')])));
  afterEach(() => world.stop());

  it('was read when the try began that showed it, not when the first one did', async () => {
    const { client, timing, line } = await world.open();
    let begun = 0;
    let other: number | undefined;
    line.onRequest = () => {
      if (other !== undefined) return 'pass';
      // Somebody else's reading begins between the two tries.
      other = begun += 1;
      return 'gatewayBefore';
    };
    const before = timing.steady();
    const { seen, at } = await readOne(
      { client, timing, gates: openGates, count: () => (begun += 1) },
      world.addresses[0]!,
    );
    assert.equal(seen.kind, 'content');
    assert.ok(other !== undefined && at.order > other, `${at.order} and ${String(other)}`);
    assert.ok(at.steady > before);
  });
});
