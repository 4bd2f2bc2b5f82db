import assert from 'node:assert/strict';
import { isRecalled } from '../../../src/chat/chatMessage';
import { ChatClient } from '../../../src/chat/client';
import { elements } from '../../../src/message/elements';
import { World } from './world';

const CREW = '@TGS#2RELEASECREW';
const MAKERS = '@TGS#_@TGS#cMAKERS62CJ';

describe('sandbox: groups of the sample data, as the client sees them', () => {
  let world: World;
  let client: ChatClient;
  before(async () => {
    // The client signs by this machine's clock.
    world = await World.start({ seed: undefined }, Math.floor(Date.now() / 1000));
    const { app, secretKey } = world.sandbox;
    client = new ChatClient(app, { kind: 'secretKey', secretKey }, { now: () => world.seconds * 1000 });
  });
  after(async () => {
    client.dispose();
    await world.stop();
  });

  async function read(group: string, topic?: string) {
    const chat = { chat: 'group', group, ...(topic !== undefined && { topic }) } as const;
    const messages = [];
    for await (const page of client.history({ chat })) messages.push(...page.messages);
    return messages;
  }

  it('has 300 places over days, with every element, what is gone, recalled and of the system', async () => {
    const messages = await read(CREW);
    assert.deepEqual(
      messages.map(({ seq }) => seq),
      Array.from({ length: 300 }, (_, index) => 300 - index),
    );
    assert.deepEqual(
      messages.filter(({ isGone }) => isGone).map(({ seq }) => seq),
      [131, 130],
    );
    assert.deepEqual(
      messages.filter(isRecalled).map(({ seq }) => seq),
      [296, 200],
    );
    assert.deepEqual(
      messages.filter(({ isSystem }) => isSystem).map(({ seq, sender }) => [seq, sender]),
      [[1, '@TIM#SYSTEM']],
    );
    const bodies = messages.map(({ content }) => content.msgBody ?? '').join('');
    for (const { type } of elements) assert.ok(bodies.includes(`"${type}"`), type);
    assert.ok(bodies.includes('12345678901234567') && bodies.includes('https:\\\\/\\\\/ci'));
    const days = new Set(
      messages.filter(({ isGone }) => !isGone).map(({ time }) => Math.floor(time / 86_400)),
    );
    assert.ok(days.size >= 6);
  });

  it('tells names, types, members and topics; a live group keeps nothing and says so', async () => {
    const infos = await client.groupInfos([CREW, MAKERS, '@TGS#aFRIDAYDEMO', 'nobody']);
    assert.deepEqual(
      infos.map(({ code, group }) => [code, group?.name, group?.type, group?.memberCount, group?.nextSeq]),
      [
        [0, 'Release crew', 'Public', 5, 301],
        [0, '创客社区 Makers', 'Community', 4, 1],
        [0, 'Friday demo', 'AVChatRoom', undefined, 57],
        [10010, undefined, undefined, undefined, undefined],
      ],
    );
    const joined = [];
    for await (const page of client.joinedGroups('carol')) joined.push(...page);
    assert.deepEqual(
      joined.map(({ id, supportsTopics }) => [id, supportsTopics]),
      [
        [CREW, false],
        [MAKERS, true],
      ],
    );
    const topics = await client.groupTopics(MAKERS);
    assert.deepEqual(
      topics.map(({ name, nextSeq }) => [name, nextSeq]),
      [
        ['General', 35],
        ['作品展示 Showcase', 13],
      ],
    );
    assert.equal((await read(MAKERS, topics[1]?.id)).length, 12);
    await assert.rejects(read('@TGS#aFRIDAYDEMO'), { code: 10044 });
  });

  it('lists all groups of the app, page by page, with a Next that no double holds', async () => {
    const pages = [];
    for await (const page of client.appGroups({ pageSize: 2 })) {
      pages.push(page);
      world.pass(2);
    }
    assert.deepEqual(
      pages.map(({ ids, total, next }) => [ids.length, total, next]),
      [
        [2, 3, '9223372036854775810'],
        [1, 3, undefined],
      ],
    );
  });

  it('modifies and recalls a message, also of a topic', async () => {
    const [topic] = await client.groupTopics(MAKERS);
    const address = { chat: 'group', group: MAKERS, topic: topic?.id ?? '', seq: 7 } as const;
    const msgBody = '[ {"MsgType":"TIMTextElem","MsgContent":{"Text":"changed"}} ]';
    await client.modifyMessage(address, { msgBody });
    assert.equal((await client.findMessage(address))?.message.content.msgBody, msgBody);
    await client.recallMessage(address);
    const found = await client.findMessage(address);
    assert.ok(found && isRecalled(found.message));
    await assert.rejects(client.recallMessage({ ...address, seq: 700 }), { code: 10030 });
    assert.equal(await client.findMessage({ ...address, seq: 700 }), undefined);
  });
});
