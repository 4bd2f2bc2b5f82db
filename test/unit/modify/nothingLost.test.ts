import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { LossModel, newFigures } from '../../support/lossModel';
import { commandLists } from '../../support/lossPlans';
import { ModifyWorld } from '../../support/modifyWorld';
import { runs } from '../../support/runs';
import { seededRandom } from '../../support/tornFiles';

describe('Nothing is lost', function () {
  this.timeout(process.env.SOAK === '1' ? 60 * 60 * 1000 : 360_000);

  it('whatever fails, whoever interferes and whenever the window or the power goes', async function () {
    const figures = newFigures();
    const started = Date.now();
    await fc.assert(
      fc.asyncProperty(commandLists, fc.integer(), async (commands, seed) => {
        const world = await ModifyWorld.startMixed([
          { msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"one"}}]', cloudCustomData: '"one"' },
          { msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"two"}}]', cloudCustomData: '"two"' },
        ]);
        try {
          await new LossModel(world, seededRandom(seed), figures).run(commands);
        } finally {
          await world.stop();
        }
      }),
      { ...runs(40, 4_000), endOnFailure: process.env.SOAK !== '1' },
    );
    // A model that never gets to the interesting places proves nothing.
    for (const name of ['overwritten', 'faults', 'deaths', 'powerCuts', 'settled'] as const) {
      assert.ok(figures[name] > 0, `no ${name}`);
    }
    for (const kind of ['done', 'conflict', 'refused', 'cancelled'])
      assert.ok(figures.outcomes.has(kind), `never ${kind}`);
    const { outcomes, ...counts } = figures;
    const line = JSON.stringify({
      ...counts,
      lost: 0,
      outcomes: Object.fromEntries(outcomes),
      ms: Date.now() - started,
    });
    if (process.env.SOAK === '1') console.log(`        ${line}`);
  });
});
