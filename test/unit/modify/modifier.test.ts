import assert from 'node:assert/strict';
import { ChatServiceError } from '../../../src/chat/errors';
import { formatMessage } from '../../../src/message/document';
import type { ModifyOutcome, ModifyStep } from '../../../src/modify/modifyRequest';
import { base, expectKind, mine, MODIFY, ModifyCase, READ, text } from '../../support/modifyCase';

describe('Modifier', () => {
  let t: ModifyCase;

  beforeEach(async () => {
    t = await ModifyCase.start();
  });
  afterEach(() => t.stop());

  it('reads, journals, modifies, reads back', async () => {
    const steps: ModifyStep[] = [];
    const outcome = expectKind(
      await t.run(t.request(), t.questions(), { onProgress: (step) => steps.push(step) }),
      'done',
    );
    assert.deepEqual(outcome.content, mine);
    assert.deepEqual([outcome.differs, outcome.shown], [false, true]);
    assert.deepEqual(t.world.content(t.address), mine);
    assert.deepEqual(t.commands, [READ, MODIFY, READ]);
    assert.deepEqual(steps, ['checking', 'waiting', 'reading', 'journal', 'sending', 'readingBack']);
    assert.deepEqual(t.asked, []);
    const [revision, ...others] = await t.window.journal.list();
    assert.equal(others.length, 0);
    assert.equal(revision?.id, outcome.revisionId);
    assert.deepEqual(revision.before, base);
    assert.deepEqual(revision.intent, { msgBody: mine.msgBody });
    assert.equal(revision.outcome.state, 'done');
    assert.deepEqual(revision.outcome.readBack, mine);
  });

  it('has before-image and intent on the disk when the service gets the request', async () => {
    await t.run();
    const [change] = t.world.ownChanges;
    assert.equal(change?.journaled.length, 1);
    assert.deepEqual(change.journaled[0]?.before, base);
    assert.equal(change.journaled[0].outcome.state, 'pending');
  });

  it('sends only the member that changed, byte for byte', async () => {
    const bodies: string[] = [];
    const before = t.window.line.onRequest;
    t.window.line.onRequest = (sent) => {
      if (sent.command === MODIFY) bodies.push(sent.body);
      return before(sent);
    };
    expectKind(
      await t.run(t.request('{ "CloudCustomData" : "{\\"n\\":12345678901234567,\\"s\\":\\"a\\/b\\"}" }')),
      'done',
    );
    assert.equal(bodies.length, 1);
    const [body = ''] = bodies;
    assert.ok(body.includes('"{\\"n\\":12345678901234567,\\"s\\":\\"a\\/b\\"}"'), body);
    assert.ok(!body.includes('MsgBody'));
    assert.deepEqual(t.world.content(t.address), {
      ...base,
      cloudCustomData: '"{\\"n\\":12345678901234567,\\"s\\":\\"a\\/b\\"}"',
    });
  });

  it('does nothing for a text that differs in layout only, or leaves members out', async () => {
    for (const same of [`${formatMessage(base)}\n\n`, '{}', `{"MsgBody":${base.msgBody ?? ''}}`]) {
      expectKind(await t.run(t.request(same)), 'nothingToDo');
    }
    assert.deepEqual(t.commands, []);
  });

  it('sends no layout, and every token as it is', async () => {
    const text =
      '{ "MsgBody": [\n {"MsgType" : "TIMTextElem",\t"MsgContent": { "Text": "a\\/ b", "N": 1.0 } }\n] }\r\n';
    expectKind(await t.run(t.request(text)), 'done');
    const [body = ''] = t.modifies;
    assert.ok(
      body.endsWith('"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a\\/ b","N":1.0}}]}'),
      body,
    );
  });

  it('modifies a message into one of 6,000 levels, and back', async () => {
    const deep = `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"d","X":${'['.repeat(5_990)}${']'.repeat(5_990)}}}]`;
    const done = expectKind(await t.run(t.request(formatMessage({ ...base, msgBody: deep }))), 'done');
    assert.equal(done.content.msgBody, deep);
    assert.equal(t.world.content(t.address).msgBody, deep);
    const back = await t.run(t.request(formatMessage(base), { base: { ...base, msgBody: deep } }));
    expectKind(back, 'done');
    assert.deepEqual(t.world.content(t.address), base);
  });

  it('sends a text that is no JSON as it was typed, when that is wanted', async () => {
    const typed =
      '{ "MsgBody": [ {"MsgType": "TIMTextElem",  "MsgContent": {"Text": \'x\'} }, ], "CloudCustomData": "c" }';
    expectKind(await t.run(t.request(typed)), 'invalid');
    assert.deepEqual(t.asked, ['problems']);
    const refused = expectKind(
      await t.run(t.request(typed), t.questions({ problems: () => Promise.resolve('sendAnyway') })),
      'refused',
    );
    assert.equal(refused.error.code, 90001);
    const [body = ''] = t.modifies;
    assert.ok(
      body.includes('"MsgBody":[ {"MsgType": "TIMTextElem",  "MsgContent": {"Text": \'x\'} }, ],'),
      body,
    );
    assert.deepEqual(t.world.content(t.address), base);
    const astray = '{ "MsgBody": [], "MsgKey": "1_2_3", }';
    expectKind(
      await t.run(t.request(astray), t.questions({ problems: () => Promise.resolve('sendAnyway') })),
      'invalid',
    );
  });

  it('stops at errors, broken JSON for good and others unless sent anyway', async () => {
    const broken = expectKind(await t.run(t.request('{ "MsgBody": [')), 'invalid');
    assert.ok(broken.problems.length > 0);
    assert.deepEqual(t.asked, []);
    const wrong = '{ "MsgBody": {"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}} }';
    expectKind(await t.run(t.request(wrong)), 'invalid');
    assert.deepEqual(t.asked, ['problems']);
    assert.deepEqual(t.commands, []);
    const refused = expectKind(
      await t.run(t.request(wrong), t.questions({ problems: () => Promise.resolve('sendAnyway') })),
      'refused',
    );
    assert.equal(refused.error.code, 90007);
    assert.deepEqual(Object.keys(refused.sent), ['msgBody']);
    assert.deepEqual(await t.states(), ['refused 90007']);
    assert.deepEqual(t.world.content(t.address), base);
  });

  it('keeps two modifies of one message apart, in one window and in two', async () => {
    const other = await t.world.open();
    let inside: ModifyOutcome[] = [];
    const outcome = await t.run(
      t.request(mine, { connection: t.world.connection('production') }),
      t.questions({
        confirm: async () => {
          inside = [
            await t.window.modifier.run(t.request(), t.questions()),
            await other.modifier.run(t.request(), t.questions()),
          ];
          return 'modify';
        },
      }),
    );
    expectKind(outcome, 'done');
    assert.deepEqual(
      inside.map((one) => expectKind(one, 'busy').holder.own),
      [true, false],
    );
    expectKind(
      await other.modifier.run(t.request(text('next', 'data'), { base: mine }), t.questions()),
      'done',
    );
  });

  it('sends nothing when the journal cannot be written', async () => {
    t.window.files.open = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    await assert.rejects(t.run(), /ENOSPC/);
    assert.ok(!t.commands.includes(MODIFY));
    assert.deepEqual(t.world.content(t.address), base);
    // The lock is free again.
    const other = await t.world.open();
    expectKind(await other.modifier.run(t.request(), t.questions()), 'done');
  });

  it('takes a cancel for one although the journal cannot be written any more', async () => {
    const { unlink } = t.window.files;
    const stop = new AbortController();
    t.window.line.onRequest = ({ command }) => {
      if (command === READ) t.window.files.unlink = () => Promise.reject(new Error('EROFS'));
      return 'pass';
    };
    const run = t.run(t.request(), t.questions(), {
      signal: stop.signal,
      onProgress: (step) => {
        if (step === 'journal') stop.abort();
      },
    });
    expectKind(await run, 'cancelled');
    t.window.files.unlink = unlink;
    assert.ok(!t.commands.includes(MODIFY));
    assert.deepEqual(await t.states(), ['pending']);
  });

  it('waits for the disk before it sends', async () => {
    const { open } = t.window.files;
    t.window.files.open = async (file, flags) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return open(file, flags);
    };
    expectKind(await t.run(), 'done');
    assert.deepEqual(
      t.world.ownChanges[0]?.journaled.map(({ before }) => before),
      [base],
    );
  });

  it('tells the end although it could not be written down', async () => {
    const { rename } = t.window.files;
    t.window.line.onCarriedOut = ({ command }) => {
      if (command === MODIFY)
        t.window.files.rename = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
    };
    expectKind(await t.run(), 'done');
    assert.deepEqual(await t.states(), ['pending']);
    t.window.files.rename = rename;
    const { settled } = await t.window.modifier.settle(() => Promise.resolve(t.window.client));
    assert.deepEqual(
      settled.map(({ outcome: { state } }) => state),
      ['done'],
    );
  });

  it('never shows a secret in an error', async () => {
    t.line(MODIFY, 70001);
    const outcome = await t.run();
    const told =
      JSON.stringify(outcome) + String(outcome.kind === 'refused' && ChatServiceError.is(outcome.error));
    assert.ok(!told.includes(t.world.sandbox.secretKey));
  });

  describe('cancelling', () => {
    it('leaves no trace before the request leaves', async () => {
      for (const at of ['checking', 'waiting', 'reading', 'journal'] as ModifyStep[]) {
        const cancel = new AbortController();
        const outcome = await t.run(t.request(), t.questions(), {
          signal: cancel.signal,
          onProgress: (step) => {
            if (step === at) cancel.abort();
          },
        });
        expectKind(outcome, 'cancelled');
      }
      assert.deepEqual(await t.states(), []);
      assert.ok(!t.commands.includes(MODIFY));
      assert.deepEqual(await t.window.journal.unfinished(), []);
    });

    it('finds out what happened when the request has left', async () => {
      for (const [action, kind] of [
        ['hang', 'done'],
        ['dropBefore', 'cancelled'],
      ] as const) {
        const cancel = new AbortController();
        t.line(MODIFY, action);
        const before = t.window.line.onRequest;
        t.window.line.onRequest = (sent) => {
          if (sent.command === MODIFY) setTimeout(() => cancel.abort(), 50);
          return before(sent);
        };
        const content = text(`cancelled ${kind}`, 'data');
        const outcome = await t.run(t.request(content, { base: t.world.content(t.address) }), t.questions(), {
          signal: cancel.signal,
        });
        // A connection that breaks before the cancel shows as such; then the retry is what is cancelled.
        if (kind === 'done') expectKind(outcome, 'done');
        else assert.ok(['cancelled', 'done'].includes(outcome.kind));
      }
      assert.deepEqual(await t.window.journal.unfinished(), []);
    });
  });
});
