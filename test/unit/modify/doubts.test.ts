import assert from 'node:assert/strict';
import { Doubts } from '../../../src/modify/doubts';
import type { SettleReport } from '../../../src/modify/unfinishedRevisions';
import { MODIFY, ModifyCase } from '../../support/modifyCase';

describe('a doubt that cannot be settled', () => {
  let t: ModifyCase;
  /** The client is at hand. */
  let at = false;
  let tries = 0;
  let time = 0;
  let reports: SettleReport[] = [];
  const id = (): string => t.world.connection('sandbox').id;

  beforeEach(async () => {
    t = await ModifyCase.start();
    [at, tries, time, reports] = [false, 0, 0, []];
    await t.window.journal.begin({
      action: 'modify',
      connection: t.world.connection('sandbox'),
      address: t.address,
      before: t.world.content(t.address),
      intent: { msgBody: '[]' },
    });
  });
  afterEach(() => t.stop());

  const open = (): Doubts =>
    new Doubts({
      settle: (options) => {
        tries += 1;
        return t.window.modifier.settle(() => Promise.resolve(at ? t.window.client : undefined), options);
      },
      onReport: (report) => reports.push(report),
      now: () => time,
    });

  it('for want of a client is settled as soon as its connection answers', async () => {
    const doubts = open();
    await doubts.settle();
    assert.equal(reports[0]?.left[0]?.why, 'noClient');
    at = true;
    await doubts.reached('another connection');
    assert.deepEqual(await t.states(), ['pending']);
    await doubts.reached(id());
    assert.deepEqual(await t.states(), ['notDone']);
    await doubts.reached(id());
    assert.equal(tries, 2, 'nothing is left to be tried');
    assert.ok(!t.commands.includes(MODIFY));
  });

  it('although there is a client is tried again after a while, not with every answer', async () => {
    at = true;
    const doubts = open();
    t.window.line.onRequest = () => 'dropBefore';
    await doubts.settle();
    assert.equal(reports[0]?.left[0]?.why, 'unreadable');
    t.window.line.onRequest = () => 'pass';
    await doubts.reached(id());
    assert.deepEqual(await t.states(), ['pending']);
    time += 30_001;
    await doubts.reached(id());
    assert.deepEqual(await t.states(), ['notDone']);
  });

  it('is not read any more once the window ends', async () => {
    at = true;
    const doubts = open();
    let requests = 0;
    t.window.line.onRequest = () => {
      requests += 1;
      doubts.dispose();
      return 'dropBefore';
    };
    await doubts.settle();
    assert.equal(requests, 1);
    assert.equal(reports[0]?.left[0]?.why, 'unreadable');
    assert.deepEqual(await t.states(), ['pending']);
  });
});
