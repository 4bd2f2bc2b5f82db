import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { ImportLossModel, type ImportFigures } from '../../support/importLossModel';
import { ModifyWorld } from '../../support/modifyWorld';
import { runFaults } from '../../support/planStories';
import { runs, soaks } from '../../support/runs';
import { seededRandom } from '../../support/tornFiles';

describe('Nothing is imported twice, and nothing lost', function () {
  this.timeout(soaks ? 4 * 60 * 60 * 1000 : 360_000);

  it('whatever fails, and whenever the import is paused or killed', async function () {
    const figures: ImportFigures = {
      ...{ messages: 0, imported: 0, faults: 0, deaths: 0, powerCuts: 0 },
      ends: new Map(),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(runFaults, { maxLength: 4, size: 'max' }),
        fc.integer(),
        async (story, seed) => {
          const world = await ModifyWorld.start([]);
          try {
            await new ImportLossModel(world, seededRandom(seed), figures, 20).run(story);
          } finally {
            await world.stop();
          }
        },
      ),
      // What fails depends on when answers come, so that smaller stories would say little.
      { ...runs(30, 400), endOnFailure: true },
    );
    // A model that never gets to the interesting places proves nothing.
    for (const name of ['imported', 'faults', 'deaths', 'powerCuts'] as const)
      assert.ok(figures[name] > 0, `no ${name}`);
    for (const end of ['ended', 'paused asked', 'paused network', 'dead', 'failed'])
      assert.ok(figures.ends.has(end), `never ${end}`);
    if (soaks)
      console.log(`        ${JSON.stringify({ ...figures, ends: Object.fromEntries(figures.ends) })}`);
  });
});
