import assert from 'node:assert/strict';
import type { Environment } from '../../../src/journal/revision';
import { sameContent } from '../../../src/message/changes';
import type { ModifyRequest } from '../../../src/modify/modifyRequest';
import { base, expectKind, mine, ModifyCase, READ, text } from '../../support/modifyCase';

describe('Confirming a modify', () => {
  let t: ModifyCase;

  beforeEach(async () => {
    t = await ModifyCase.start();
  });
  afterEach(() => t.stop());

  let modified = 0;
  beforeEach(() => (modified = 0));
  const at = async (environment: Environment, over: Partial<ModifyRequest> = {}): Promise<string[]> => {
    t.asked = [];
    const content = text(`${environment} ${(modified += 1)}`, 'data');
    const outcome = await t.run(
      t.request(content, {
        connection: t.world.connection(environment),
        base: t.world.content(t.address),
        ...over,
      }),
    );
    expectKind(outcome, 'done');
    return t.asked;
  };

  it('never asks in the sandbox, as the shell says in a test app, always in production', async () => {
    assert.deepEqual(await at('sandbox'), []);
    assert.deepEqual(await at('sandbox', { alwaysAsk: true }), ['confirm']);
    assert.deepEqual(await at('test'), ['confirm']);
    assert.deepEqual(await at('production'), ['confirm']);
    t.window = await t.world.open({ asksInTest: false });
    assert.deepEqual(await at('test'), []);
    assert.deepEqual(await at('production'), ['confirm']);
  });

  it('shows exactly what will be sent over what', async () => {
    await at('production');
    const [change] = t.confirmed;
    assert.deepEqual(change?.before, base);
    assert.deepEqual(change.members, ['MsgBody']);
    assert.ok(sameContent(change.after, text('production 1', 'data')));
    assert.deepEqual(change.address, t.address);
    const [revision] = await t.window.journal.list();
    assert.deepEqual({ ...base, ...revision?.intent }, change.after);
  });

  it('leaves no trace when the answer is no', async () => {
    const production = t.request(mine, { connection: t.world.connection('production') });
    const outcome = await t.run(production, t.questions({ confirm: () => Promise.resolve('cancel') }));
    assert.equal(expectKind(outcome, 'cancelled').at, 'asking');
    assert.deepEqual(await t.states(), []);
    assert.deepEqual(t.commands, [READ]);
  });

  it('asks again when what was confirmed is not what is overwritten any more', async () => {
    const theirs = text('while you thought', 'data');
    const production = t.request(mine, { connection: t.world.connection('production') });
    let changed = false;
    const outcome = await t.run(
      production,
      t.questions({
        confirm: (change) => {
          t.confirmed.push(change);
          if (!changed) t.world.change(t.address, theirs);
          changed = true;
          return Promise.resolve('modify');
        },
        conflict: () => Promise.resolve('keepMine'),
      }),
    );
    expectKind(outcome, 'done');
    assert.deepEqual(t.asked, ['confirm', 'conflict', 'confirm']);
    assert.deepEqual(
      t.confirmed.map(({ before }) => before),
      [base, theirs],
    );
    assert.equal(t.world.content(t.address).msgBody, mine.msgBody);
  });

  it('does not overwrite what came while the question stood', async () => {
    const theirs = text('while you thought', 'data');
    const production = t.request(mine, { connection: t.world.connection('production') });
    const outcome = await t.run(
      production,
      t.questions({
        confirm: () => {
          t.world.change(t.address, theirs);
          return Promise.resolve('modify');
        },
      }),
    );
    assert.deepEqual(expectKind(outcome, 'conflict').service, theirs);
    assert.deepEqual(t.world.content(t.address), theirs);
  });
});
