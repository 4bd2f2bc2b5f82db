import assert from 'node:assert/strict';
import type { GroupAddress, MessageAddress } from '../../../src/chat/address';
import { ChatClient } from '../../../src/chat/client';
import type { ModifyOutcome, ModifyQuestions } from '../../../src/modify/modifyRequest';
import { text } from '../../support/modifyCase';
import { ModifyWorld, type Window } from '../../support/modifyWorld';

const READ = 'group_open_http_svc/group_msg_get_simple';
const MODIFY = 'openim/modify_group_msg';
const RECALL = 'group_open_http_svc/group_msg_recall';

describe('Modifying and recalling messages of groups', () => {
  const base = text('old', 'data');
  const mine = text('new', 'data');
  let world: ModifyWorld<MessageAddress>;
  let window: Window;
  let address: GroupAddress;
  let requests: [command: string, body: string][];

  beforeEach(async () => {
    world = await ModifyWorld.startMixed([base, base]);
    window = await world.open();
    const found = world.addresses[1];
    address = found?.chat === 'group' ? found : assert.fail();
    requests = [];
    window.line.onRequest = ({ command, body }) => {
      requests.push([command, body]);
      return 'pass';
    };
  });
  afterEach(() => world.stop());

  const commands = (): string[] => requests.map(([command]) => command);

  function run(over: Partial<ModifyQuestions> = {}, content = mine): Promise<ModifyOutcome> {
    const { msgBody, cloudCustomData } = content;
    return window.modifier.run(
      {
        connection: world.connection('sandbox'),
        client: window.client,
        address,
        base,
        text: `{"MsgBody":${msgBody},"CloudCustomData":${cloudCustomData}}`,
      },
      {
        problems: () => Promise.resolve('cancel'),
        conflict: () => Promise.resolve('cancel'),
        unreadable: () => Promise.resolve('cancel'),
        confirm: () => Promise.resolve('modify'),
        ...over,
      },
    );
  }

  const recall = () =>
    window.modifier.recall(
      { connection: world.connection('sandbox'), client: window.client, address },
      { unreadable: () => Promise.resolve('cancel'), confirm: () => Promise.resolve('recall') },
    );

  it('reads the message once before and once after, that message alone, and sends what changed', async () => {
    const outcome = await run();
    assert.equal(outcome.kind, 'done');
    assert.deepEqual(world.content(address), mine);
    const one = `{"GroupId":"g","ReqMsgNumber":1,"ReqMsgSeq":2,"WithRecalledMsg":1}`;
    assert.deepEqual(requests, [
      [READ, one],
      [MODIFY, `{"GroupId":"g","MsgSeq":2,"MsgBody":${mine.msgBody}}`],
      [READ, one],
    ]);
    const [revision] = await window.journal.list();
    assert.deepEqual([revision?.address, revision?.before, revision?.outcome.state], [address, base, 'done']);
  });

  it('asks when a colleague was faster, and overwrites nothing unasked', async () => {
    const theirs = text('theirs', 'data');
    world.change(address, theirs);
    assert.equal((await run()).kind, 'conflict');
    assert.deepEqual(world.content(address), theirs);
    assert.deepEqual(commands(), [READ]);
    assert.equal((await run({ conflict: () => Promise.resolve('keepMine') })).kind, 'done');
    assert.deepEqual(world.content(address), mine);
  });

  it('looks after an answer that was lost, and does not send twice what was carried out', async () => {
    window.line.onRequest = ({ command, body }) => {
      requests.push([command, body]);
      return command === MODIFY ? 'dropAfter' : 'pass';
    };
    assert.equal((await run()).kind, 'done');
    assert.equal(commands().filter((command) => command === MODIFY).length, 1);
  });

  it('says that a message is gone, was recalled, or that its group is', async () => {
    assert.equal((await recall()).kind, 'done');
    assert.deepEqual(commands(), [READ, RECALL]);
    assert.deepEqual(await run(), { kind: 'gone', why: 'recalled' });
    assert.deepEqual(await recall(), { kind: 'gone', why: 'recalled' });
    address = { ...address, seq: 700 };
    assert.deepEqual(await run(), { kind: 'gone', why: 'gone' });
    world.sandbox.store.change({ kind: 'groupDestroyed', group: address.group });
    const refused = await run();
    assert.ok(refused.kind === 'refused' && refused.error.code === 10010);
  });

  it('refuses to modify and to recall by a connection that is only read, before anything is read or asked', async () => {
    const refusal = new Error('only read');
    const { app, secretKey } = world.sandbox;
    const client = new ChatClient(
      { ...app, endpoint: window.line.url },
      { kind: 'secretKey', secretKey },
      { refuseToWrite: () => refusal },
    );
    const request = { connection: world.connection('production'), client, address };
    const asked = (): never => assert.fail('asked');
    const text = `{"MsgBody":${mine.msgBody}}`;
    const questions = { problems: asked, conflict: asked, unreadable: asked, confirm: asked };
    await assert.rejects(window.modifier.run({ ...request, base, text }, questions), refusal);
    await assert.rejects(window.modifier.recall(request, { unreadable: asked, confirm: asked }), refusal);
    assert.deepEqual(requests, []);
    client.dispose();
  });

  it('tells the code beside the message when the answer of a recall is OK as a whole', async () => {
    const { store } = world.sandbox;
    store.change({
      kind: 'groupMessage',
      group: address.group,
      message: {
        seq: 3,
        from: '@TIM#SYSTEM',
        random: 1,
        time: Math.floor(Date.now() / 1000),
        body: '[]',
        system: true,
      },
    });
    address = { ...address, seq: 3 };
    const outcome = await recall();
    assert.ok(outcome.kind === 'refused' && outcome.error.code === 10032);
    const [revision] = await window.journal.list();
    assert.deepEqual([revision?.outcome.state, revision?.outcome.code], ['refused', 10032]);
  });

  it('settles at the next start what a window left in doubt when it died', async () => {
    window.line.onCarriedOut = ({ command }) => {
      if (command === MODIFY) window.life.end();
    };
    await Promise.race([run(), window.life.death]);
    window = await world.open();
    const { settled, left } = await window.modifier.settle(() => Promise.resolve(window.client));
    assert.deepEqual([settled.map(({ outcome }) => outcome.state), left], [['done'], []]);
    assert.deepEqual(settled[0]?.address, address);
  });
});
