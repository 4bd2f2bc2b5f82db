import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { ModifyWorld } from '../../support/modifyWorld';
import { PlanLossModel, type PlanFigures } from '../../support/planLossModel';
import { planStories } from '../../support/planStories';
import { text } from '../../support/modifyCase';
import { runs, soaks } from '../../support/runs';
import { seededRandom } from '../../support/tornFiles';

describe('Nothing is lost by plans', function () {
  this.timeout(soaks ? 4 * 60 * 60 * 1000 : 360_000);

  it('whatever fails, whoever interferes, and whenever they are paused, killed or rolled back', async function () {
    const figures: PlanFigures = {
      messages: 0,
      overwritten: 0,
      faults: 0,
      deaths: 0,
      powerCuts: 0,
      foreignChanges: 0,
      rollbacks: 0,
      ends: new Map(),
    };
    const started = Date.now();
    await fc.assert(
      fc.asyncProperty(planStories, fc.integer(), async (story, seed) => {
        // A soak sees large plans, too, whose messages are read and written down forty at a time.
        const large = soaks && seed % 2 === 0;
        const world = await ModifyWorld.start(
          Array.from({ length: large ? 240 : 12 }, (_, index) =>
            text(`old ${index}`, index % 2 === 0 ? 'data' : undefined),
          ),
        );
        try {
          await new PlanLossModel(world, seededRandom(seed), figures, large ? 160 : 16).run(story);
        } finally {
          await world.stop();
        }
      }),
      // What fails depends on when answers come, so that smaller stories would say little.
      { ...runs(25, 400), endOnFailure: true },
    );
    // A model that never gets to the interesting places proves nothing.
    for (const name of [
      'overwritten',
      'faults',
      'deaths',
      'powerCuts',
      'foreignChanges',
      'rollbacks',
    ] as const)
      assert.ok(figures[name] > 0, `no ${name}`);
    for (const end of ['ended', 'paused asked', 'dead', 'failed'])
      assert.ok(figures.ends.has(end), `never ${end}`);
    const { ends, ...counts } = figures;
    const line = JSON.stringify({
      ...counts,
      lost: 0,
      ends: Object.fromEntries(ends),
      ms: Date.now() - started,
    });
    if (soaks) console.log(`        ${line}`);
  });
});
