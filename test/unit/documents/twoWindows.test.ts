import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { ModifyWorld } from '../../support/modifyWorld';
import { runs } from '../../support/runs';
import { acts, TwoWindows, type TwoWindowsFigures } from '../../support/twoWindows';

describe('Two windows on one message', function () {
  this.timeout(process.env.SOAK === '1' ? 60 * 60 * 1000 : 360_000);

  it('never overwrite what its author did not see, whatever is typed, saved, undone, chosen or restarted', async () => {
    const figures: TwoWindowsFigures = {
      acts: 0,
      modifies: 0,
      conflicts: 0,
      overwritten: 0,
      foreignChanges: 0,
      restarts: 0,
      restored: 0,
    };
    await fc.assert(
      fc.asyncProperty(acts, async (commands) => {
        const world = await ModifyWorld.start([
          { msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"one"}}]' },
        ]);
        try {
          await new TwoWindows(world, figures).run(commands);
        } finally {
          await world.stop();
        }
      }),
      runs(40, 4_000),
    );
    // A model that never gets to the interesting places proves nothing.
    for (const name of Object.keys(figures) as (keyof TwoWindowsFigures)[])
      assert.ok(figures[name] > 0, `no ${name}`);
    if (process.env.SOAK === '1')
      console.log(`        ${JSON.stringify({ ...figures, silentlyOverwritten: 0 })}`);
  });
});
