import assert from 'node:assert/strict';
import type { MessageAddress } from '../../../src/chat/address';
import type { SendOutcome } from '../../../src/sending/sendRequest';
import { textBody } from '../../support/groups';
import type { LineAction } from '../../support/faultyLine';
import { ModifyWorld } from '../../support/modifyWorld';
import { SendingWindow, sendingCalls } from '../../support/sendWorld';

const body: unknown = JSON.parse(textBody('hello'));
const toBob = { From_Account: 'alice', To_Account: 'bob', MsgBody: body };

describe('Sending a message', () => {
  let world: ModifyWorld<MessageAddress>;
  let own: SendingWindow;
  /** Requests to send that reached the service. */
  let sent: Record<string, unknown>[];

  beforeEach(async () => {
    world = await ModifyWorld.startMixed([]);
    own = new SendingWindow(world, await world.open());
    sent = [];
    line([]);
  });
  afterEach(() => world.stop());

  /** What becomes of the next requests to send; the rest passes. */
  function line(actions: LineAction[], ofReads: LineAction = 'pass'): void {
    own.window.line.onRequest = ({ command, body: text }) => {
      if (!sendingCalls.has(command)) return ofReads;
      sent.push(JSON.parse(text) as Record<string, unknown>);
      return actions.shift() ?? 'pass';
    };
  }

  const keyOf = (outcome: SendOutcome): string =>
    outcome.kind === 'done' && outcome.addresses[0]?.chat === 'c2c' ? outcome.addresses[0].key : '';

  it('sends what the document says, with MsgSeq and MsgRandom of our own, and gives the message', async () => {
    const document = await own.write({
      ...toBob,
      CloudCustomData: '{"n":1}',
      MsgSeq: 7,
      SendMsgControl: ['NoUnread'],
      MsgTimeStamp: 5,
    });
    const outcome = await own.send(document);
    assert.equal(outcome.kind, 'done');
    const [request] = sent;
    const { MsgSeq, MsgRandom, ...rest } = request!;
    assert.deepEqual(rest, { ...toBob, CloudCustomData: '{"n":1}', SendMsgControl: ['NoUnread'] });
    assert.notEqual(MsgSeq, 7);
    assert.match(keyOf(outcome), new RegExp(`^${String(MsgSeq)}_${String(MsgRandom)}_\\d+$`));
    const message = await own.window.client.findMessage(outcome.addresses[0]!);
    assert.equal(message?.message.content.cloudCustomData, '"{\\"n\\":1}"');
    assert.equal(await own.unsent.has(document), false, 'what was sent is no document any more');
  });

  it('lets stand first what was sent first, also within one second, which history orders by MsgSeq', async () => {
    const words = ['one', 'two', 'three', 'four', 'five'];
    for (const word of words) {
      const MsgBody: unknown = JSON.parse(textBody(word));
      assert.equal((await own.send(await own.write({ ...toBob, MsgBody }))).kind, 'done');
    }
    const told: string[] = [];
    for await (const { messages } of own.window.client.history({
      chat: { chat: 'c2c', user: 'alice', peer: 'bob' },
    }))
      told.push(...messages.map(({ content }) => content.msgBody ?? ''));
    assert.deepEqual(told.slice(0, 5).reverse(), words.map(textBody));
  });

  it('keeps in the journal what was sent, with what names the message, and in doubt while nobody knows', async () => {
    const before: string[] = [];
    own.window.line.onCarriedOut = async ({ command }) => {
      if (!sendingCalls.has(command)) return;
      for (const { outcome, request } of await own.window.journal.unfinishedSends())
        before.push(`${outcome.state} ${request?.command ?? ''}`);
    };
    const outcome = await own.send(await own.write(toBob));
    assert.deepEqual(before, ['pending openim/sendmsg']);
    const [revision] = await own.window.journal.list();
    assert.equal(revision?.action, 'send');
    assert.equal(revision.outcome.state, 'done');
    assert.deepEqual(revision.address, { chat: 'c2c', from: 'alice', to: 'bob', key: keyOf(outcome) });
    assert.deepEqual(JSON.parse(revision.request?.body ?? ''), sent[0]);
    assert.deepEqual(await own.window.journal.unfinishedSends(), []);
    // What changes messages has nothing to do with it.
    assert.deepEqual(await own.window.journal.unfinished(), []);
  });

  for (const action of ['dropAfter', 'halfAfter', 'gatewayAfter', { codeAfter: 91000 }] as LineAction[])
    it(`finds a message whose answer is lost (${JSON.stringify(action)}) and does not send it again`, async () => {
      line([action]);
      const outcome = await own.send(await own.write(toBob));
      assert.ok(outcome.kind === 'done' && outcome.seen, outcome.kind);
      assert.equal(sent.length, 1);
      assert.ok(await own.window.client.findMessage(outcome.addresses[0]!));
    });

  it('says that nothing was sent when the answer is lost and history shows nothing, and sends on the next wish', async () => {
    line(['dropBefore']);
    const document = await own.write(toBob);
    assert.equal((await own.send(document)).kind, 'absent');
    assert.equal(sent.length, 1, 'it does not try by itself');
    assert.equal(await own.unsent.has(document), true);
    assert.equal((await own.send(document)).kind, 'done');
  });

  it('reads history before a second attempt, and finds what the first one did', async () => {
    line(['dropAfter'], 'dropBefore');
    const document = await own.write(toBob);
    assert.equal((await own.send(document)).kind, 'unknown', 'history cannot be read');
    line([]);
    sent = [];
    const outcome = await own.send(document);
    assert.equal(outcome.kind, 'earlier');
    assert.deepEqual(sent, []);
    assert.equal((await own.send(document)).kind, 'gone');
  });

  describe('that was changed after an attempt of which nobody knows', () => {
    const edited = JSON.stringify({ ...toBob, MsgBody: JSON.parse(textBody('something else')) as unknown });
    let document: string;

    beforeEach(async () => {
      line(['dropAfter'], 'dropBefore');
      document = await own.write(toBob);
      assert.equal((await own.send(document)).kind, 'unknown');
      await own.unsent.write(document, edited);
      line([]);
      sent = [];
    });

    it('keeps the change where history shows the attempt, and sends it on the next wish', async () => {
      const outcome = await own.send(document);
      assert.ok(outcome.kind === 'earlier' && outcome.kept === true, JSON.stringify(outcome));
      assert.deepEqual(sent, []);
      assert.equal((await own.unsent.read(document))?.text, edited);
      const next = await own.send(document);
      assert.ok(next.kind === 'done' && next.kept === undefined, JSON.stringify(next));
      assert.deepEqual(
        sent.map(({ MsgBody }) => JSON.stringify(MsgBody)),
        [textBody('something else')],
      );
      assert.equal(await own.unsent.has(document), false);
    });

    it('keeps the change also where the attempt is found by itself', async () => {
      const [settled] = await own.settle();
      assert.deepEqual([settled?.kind, settled?.revision.kept], ['done', true]);
      assert.equal((await own.unsent.read(document))?.text, edited);
    });
  });

  it('keeps what was saved while it was being sent', async () => {
    const document = await own.write(toBob);
    own.window.line.onCarriedOut = async ({ command }) => {
      if (sendingCalls.has(command)) await own.unsent.write(document, '{ "half');
    };
    const outcome = await own.send(document);
    assert.ok(outcome.kind === 'done' && outcome.kept === true, JSON.stringify(outcome));
    assert.equal((await own.unsent.read(document))?.text, '{ "half');
  });

  it('asks before it sends again what leaves no history, and takes the same MsgSeq and MsgRandom', async () => {
    line(['dropAfter']);
    const document = await own.write({ ...toBob, OnlineOnlyFlag: 1 });
    assert.equal((await own.send(document)).kind, 'unknown');
    const asked: unknown[] = [];
    const declined = await own.send(document, (_, error) => {
      asked.push(error);
      return Promise.resolve('cancel');
    });
    assert.equal(declined.kind, 'cancelled');
    assert.deepEqual(asked, [undefined]);
    assert.equal(sent.length, 1);
    assert.equal((await own.send(document, () => Promise.resolve('send'))).kind, 'done');
    assert.deepEqual(sent[1], sent[0]);
  });

  it('tells a refusal with its code and keeps the document', async () => {
    const document = await own.write({ ...toBob, To_Account: 'nobody' });
    const outcome = await own.send(document);
    assert.ok(outcome.kind === 'refused' && outcome.error.code === 90012, JSON.stringify(outcome));
    assert.equal(await own.unsent.has(document), true);
    assert.equal((await own.window.journal.list())[0]?.outcome.state, 'refused');
  });

  it('sends again after a code that says that nothing was done', async () => {
    line([60007]);
    assert.equal((await own.send(await own.write(toBob))).kind, 'done');
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[0], sent[1]);
  });

  it('leaves no trace when it is cancelled before the request leaves', async () => {
    const document = await own.write(toBob);
    assert.equal((await own.send(document, undefined, { signal: AbortSignal.abort() })).kind, 'cancelled');
    assert.deepEqual(sent, []);
    assert.deepEqual(await own.window.journal.list(), []);
  });

  it('sends one to many, and makes a document for those who did not get it', async () => {
    const document = await own.write({ ...toBob, To_Account: ['bob', 'nobody', 'noone'] });
    const outcome = await own.send(document);
    assert.ok(outcome.kind === 'done');
    assert.deepEqual(
      outcome.addresses.map((address) => address.chat === 'c2c' && address.to),
      ['bob'],
    );
    assert.deepEqual(outcome.failed, [
      { userId: 'nobody', code: 70107 },
      { userId: 'noone', code: 70107 },
    ]);
    assert.deepEqual(JSON.parse((await own.unsent.read(outcome.rest ?? ''))?.text ?? ''), {
      ...toBob,
      To_Account: ['nobody', 'noone'],
    });
    assert.deepEqual((await own.window.journal.list())[0]?.outcome.failed, outcome.failed);
  });

  it('finds out who of many got it when the answer is lost', async () => {
    line(['dropAfter']);
    const outcome = await own.send(await own.write({ ...toBob, To_Account: ['bob', 'nobody'] }));
    assert.ok(outcome.kind === 'done' && outcome.seen);
    assert.deepEqual(outcome.failed, [{ userId: 'nobody' }]);
  });

  it('imports with its time, and knows the MsgKey although the answer has none', async () => {
    const time = Math.floor(Date.now() / 1000) - 86_400;
    const outcome = await own.send(await own.write({ ...toBob, SyncFromOldSystem: 2, MsgTimeStamp: time }));
    assert.match(keyOf(outcome), new RegExp(`_${time}$`));
    assert.ok(outcome.kind === 'done' && (await own.window.client.findMessage(outcome.addresses[0]!)));
  });

  it('finds an import whose answer is lost', async () => {
    line(['dropAfter']);
    const time = Math.floor(Date.now() / 1000) - 86_400;
    const outcome = await own.send(await own.write({ ...toBob, SyncFromOldSystem: 5, MsgTimeStamp: time }));
    assert.ok(outcome.kind === 'done' && outcome.seen);
  });

  it('sends to a topic of a group, and finds it by its Random when the answer is lost', async () => {
    line(['gatewayAfter']);
    const outcome = await own.send(
      await own.write({ GroupId: 'g', TopicId: 't', From_Account: 'alice', MsgBody: body }),
    );
    assert.ok(outcome.kind === 'done' && outcome.seen, outcome.kind);
    const message = await own.window.client.findMessage(outcome.addresses[0]!);
    assert.equal(message?.message.random, sent[0]?.Random);
  });

  it('imports into a group by its time', async () => {
    const time = Math.floor(Date.now() / 1000) - 60;
    const outcome = await own.send(
      await own.write({ GroupId: 'g', TopicId: 't', From_Account: 'alice', SendTime: time, MsgBody: body }),
    );
    assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
    const message = await own.window.client.findMessage(outcome.addresses[0]!);
    assert.equal(message?.message.time, time);
    assert.deepEqual(sent[0]?.MsgList, [
      { Random: message.message.random, From_Account: 'alice', SendTime: time, MsgBody: body },
    ]);
  });

  it('finds out at the next start what a crash hid, and asks nobody', async () => {
    line(['hang']);
    const document = await own.write(toBob);
    own.window.line.onCarriedOut = ({ command }) => {
      if (sendingCalls.has(command)) own.window.life.end();
    };
    assert.equal(await Promise.race([own.window.life.death, own.send(document)]), 'dead');
    const next = new SendingWindow(world, await world.open());
    const settled = await next.settle();
    assert.deepEqual(
      settled.map(({ kind }) => kind),
      ['done'],
    );
    assert.equal(await next.unsent.has(document), false);
    assert.equal((await next.window.journal.list())[0]?.outcome.state, 'done');
  });

  it('tells at the next start who of many did not get it, and keeps it for those', async () => {
    line(['hang']);
    const document = await own.write({ ...toBob, To_Account: ['bob', 'nobody'] });
    own.window.line.onCarriedOut = ({ command }) => {
      if (sendingCalls.has(command)) own.window.life.end();
    };
    assert.equal(await Promise.race([own.window.life.death, own.send(document)]), 'dead');
    const next = new SendingWindow(world, await world.open());
    const [settled] = await next.settle();
    assert.ok(settled?.kind === 'done');
    assert.deepEqual(settled.sent.failed, [{ userId: 'nobody' }]);
    assert.equal(settled.sent.addresses.length, 1);
    const { rest = '' } = settled.revision;
    const left = JSON.parse((await next.unsent.read(rest))?.text ?? '{}') as { To_Account: unknown };
    assert.deepEqual(left.To_Account, ['nobody']);
  });

  it('keeps two windows off one document', async () => {
    const other = new SendingWindow(world, await world.open());
    const document = await own.write(toBob);
    let second: SendOutcome | undefined;
    own.window.line.onCarriedOut = async ({ command }) => {
      if (sendingCalls.has(command)) second = await other.send(document);
    };
    assert.equal((await own.send(document)).kind, 'done');
    assert.equal(second?.kind, 'busy');
    assert.equal((await other.send(document)).kind, 'gone');
  });
});
