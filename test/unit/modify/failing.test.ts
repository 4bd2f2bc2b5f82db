import assert from 'node:assert/strict';
import { ChatNetworkError } from '../../../src/chat/errors';
import type { LineAction } from '../../support/faultyLine';
import { base, expectKind, mine, MODIFY, ModifyCase, READ, text } from '../../support/modifyCase';

describe('A modify whose call fails', () => {
  let t: ModifyCase;

  beforeEach(async () => {
    t = await ModifyCase.start();
  });
  afterEach(() => t.stop());

  it('tries again after 60007, reading before each try', async () => {
    t.line(MODIFY, 60007, 60007);
    expectKind(await t.run(), 'done');
    assert.deepEqual(t.commands, [READ, MODIFY, READ, MODIFY, READ, MODIFY, READ]);
    assert.deepEqual(await t.states(), ['done']);
  });

  for (const code of [20004, 20005, 91000, 90992, 60008]) {
    it(`tries again after ${code}, once the service has had its time and the message is as it was`, async () => {
      t.line(MODIFY, code, code);
      const before = t.window.timing.now();
      expectKind(await t.run(), 'done');
      const told = t.commands.filter((command, i) => command !== READ || t.commands[i - 1] !== READ);
      assert.deepEqual(told, [READ, MODIFY, READ, MODIFY, READ, MODIFY, READ]);
      assert.ok(t.window.timing.now() - before >= 6_000);
      assert.deepEqual(await t.states(), ['done']);
    });
  }

  it('gives up after five tries that did nothing, and after three in doubt', async () => {
    const calls = (): number => t.commands.filter((command) => command === MODIFY).length;
    t.line(MODIFY, ...Array<LineAction>(5).fill(60007));
    assert.equal(expectKind(await t.run(), 'refused').error.code, 60007);
    assert.equal(calls(), 5);
    t.line(MODIFY, ...Array<LineAction>(3).fill(91000));
    assert.equal(expectKind(await t.run(), 'refused').error.code, 91000);
    assert.equal(calls(), 8);
    assert.deepEqual(await t.states(), ['refused 91000', 'refused 60007']);
    assert.deepEqual(t.world.content(t.address), base);
  });

  it('does not repeat a refusal that trying again cannot change', async () => {
    t.line(MODIFY, 20026);
    const refused = expectKind(await t.run(), 'refused');
    assert.equal(refused.error.code, 20026);
    assert.deepEqual(t.commands, [READ, MODIFY]);
  });

  it('does not overwrite what came between two tries', async () => {
    const theirs = text('in between', 'data');
    t.line(MODIFY, 91000);
    t.window.line.onCarriedOut = ({ command }) => {
      if (command === MODIFY) t.world.change(t.address, theirs);
    };
    expectKind(await t.run(), 'conflict');
    assert.deepEqual(t.world.content(t.address), theirs);
    assert.deepEqual(t.asked, ['conflict']);
  });

  for (const code of [20027, 20028]) {
    it(`takes ${code} for a conflict, and tries again when there is none`, async () => {
      t.line(MODIFY, code);
      expectKind(await t.run(), 'done');
      assert.deepEqual(await t.states(), ['done']);
      const theirs = text('theirs', 'data');
      t.line(MODIFY, code);
      let carriedOut = 0;
      t.window.line.onCarriedOut = ({ command }) => {
        if (command === MODIFY && (carriedOut += 1) === 1) t.world.change(t.address, theirs);
      };
      expectKind(await t.run(t.request(text('again', 'data'), { base: mine })), 'conflict');
      assert.deepEqual(t.world.content(t.address), theirs);
      t.line(MODIFY, ...Array<LineAction>(5).fill(code));
      const refused = expectKind(await t.run(t.request(text('again', 'data'), { base: theirs })), 'refused');
      assert.equal(refused.error.code, code);
    });
  }

  for (const fault of ['dropAfter', 'halfAfter', 'gatewayAfter'] as const) {
    it(`finds that it was done after ${fault}`, async () => {
      t.line(MODIFY, fault);
      expectKind(await t.run(), 'done');
      assert.equal(t.commands.filter((command) => command === MODIFY).length, 1);
      assert.deepEqual(await t.states(), ['done']);
    });
  }

  for (const fault of ['dropBefore', 'gatewayBefore'] as const) {
    it(`finds that it was not done after ${fault}, and tries again`, async () => {
      t.line(MODIFY, fault, fault);
      expectKind(await t.run(), 'done');
      assert.equal(t.commands.filter((command) => command === MODIFY).length, 3);
      assert.deepEqual(await t.states(), ['done']);
    });
  }

  it('says that nothing was changed when the network keeps failing', async () => {
    t.line(MODIFY, ...Array<LineAction>(9).fill('gatewayBefore'));
    const outcome = expectKind(await t.run(), 'unreachable');
    assert.ok(ChatNetworkError.is(outcome.error));
    assert.deepEqual(await t.states(), ['notDone']);
    assert.deepEqual(t.world.content(t.address), base);
  });

  it('asks when something else is found after a lost answer', async () => {
    const theirs = text('faster', 'data');
    t.line(MODIFY, 'dropAfter');
    t.window.line.onCarriedOut = ({ command }) => {
      if (command === MODIFY) t.world.change(t.address, theirs);
    };
    expectKind(await t.run(), 'conflict');
    assert.deepEqual(t.world.content(t.address), theirs);
    assert.deepEqual(await t.states(), ['foreign']);
  });

  it('leaves it in doubt when the message cannot be read, and settles it later', async () => {
    t.line(MODIFY, 'dropAfter');
    const before = t.window.line.onRequest;
    let reads = 0;
    t.window.line.onRequest = async (sent) => {
      if (sent.command === READ && (reads += 1) > 1) return 'gatewayBefore';
      return before(sent);
    };
    const outcome = expectKind(await t.run(), 'unknown');
    assert.deepEqual(await t.states(), ['unknown']);
    const unreadable = await t.window.modifier.settle(() => Promise.resolve(t.window.client));
    assert.deepEqual(
      unreadable.left.map(({ why }) => why),
      ['unreadable'],
    );
    t.window.line.onRequest = () => 'pass';
    const report = await t.window.modifier.settle(() => Promise.resolve(t.window.client));
    assert.deepEqual(report.left, []);
    assert.deepEqual(
      report.settled.map(({ id, outcome: { state } }) => [id, state]),
      [[outcome.revisionId, 'done']],
    );
    assert.deepEqual(await t.window.journal.unfinished(), []);
  });

  it('shows what the service made of it', async () => {
    t.window.line.onCarriedOut = ({ command }) => {
      if (command === MODIFY) t.world.change(t.address, text('n**', 'data'));
    };
    const outcome = expectKind(await t.run(), 'done');
    assert.deepEqual([outcome.content, outcome.differs, outcome.shown], [text('n**', 'data'), true, true]);
    assert.deepEqual((await t.window.journal.list())[0]?.outcome.readBack, text('n**', 'data'));
  });

  it('is done also when it cannot be read back', async () => {
    let modified = false;
    t.window.line.onRequest = ({ command }) => {
      if (command === MODIFY) modified = true;
      return modified && command === READ ? 'gatewayBefore' : 'pass';
    };
    const outcome = expectKind(await t.run(), 'done');
    assert.equal(outcome.shown, false);
    assert.deepEqual(JSON.parse(outcome.content.msgBody ?? ''), JSON.parse(mine.msgBody ?? ''));
    assert.deepEqual(await t.states(), ['done']);
  });
});
