import assert from 'node:assert/strict';
import { c2cAddress } from '../../../src/chat/address';
import type { ChatMessage } from '../../../src/chat/chatMessage';
import { Search } from '../../../src/lists/search';
import { TextFinder } from '../../../src/lists/textFinder';
import { readWanted } from '../../../src/lists/wanted';
import { soaks } from '../../support/runs';

function message(index: number, over: Partial<ChatMessage> = {}): ChatMessage {
  return {
    address: c2cAddress('alice', 'bob', `${index}_7_1700000000`),
    sender: index % 2 === 0 ? 'alice' : 'bob',
    seq: index,
    random: 7,
    time: 1_700_000_000 + index,
    flags: 0,
    peerRead: false,
    content: { msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"order ${index}"}}]` },
    ...over,
  };
}

/** Messages by pages of twenty, made when they are read. */
async function* pages(count: number): AsyncGenerator<readonly ChatMessage[]> {
  for (let from = 0; from < count; from += 20) {
    await Promise.resolve();
    yield Array.from({ length: Math.min(20, count - from) }, (_, index) => message(from + index));
  }
}

async function* one(...messages: ChatMessage[]): AsyncGenerator<readonly ChatMessage[]> {
  await Promise.resolve();
  yield messages;
}

function keys(messages: readonly ChatMessage[]): number[] {
  return messages.map(({ seq }) => seq);
}

describe('Looking through messages', function () {
  this.timeout(soaks ? 600_000 : 360_000);
  const finders: TextFinder[] = [];

  function finder(typed: string): TextFinder {
    const made = new TextFinder(readWanted(typed));
    finders.push(made);
    return made;
  }

  afterEach(() => {
    for (const made of finders.splice(0)) made.dispose();
  });

  it('gives what it found page by page, and counts what it read', async () => {
    const told: number[][] = [];
    const search = new Search(pages(50), finder('order 4'));
    await search.run((found) => told.push(keys(found)));
    assert.deepEqual(told, [[4], [], [40, 41, 42, 43, 44, 45, 46, 47, 48, 49]]);
    assert.deepEqual([search.read, search.found, search.done], [50, 11, true]);
  });

  it('asks for sender, element type and time as well', async () => {
    const custom = { msgBody: '[{"MsgType":"TIMTextElem"},{"MsgType":"TIMCustomElem"}]' };
    const all = [message(1), message(2), message(3, { content: custom }), message(4, { content: {} })];
    const found = async (filter: ConstructorParameters<typeof Search>[2]): Promise<number[]> => {
      const search = new Search(one(...all), finder(''), filter);
      await search.run();
      return keys(search.messages);
    };
    assert.deepEqual(await found({}), [1, 2, 3, 4]);
    assert.deepEqual(await found({ sender: 'alice' }), [2, 4]);
    assert.deepEqual(await found({ type: 'TIMCustomElem' }), [3]);
    assert.deepEqual(await found({ minTime: 1_700_000_002, maxTime: 1_700_000_003 }), [2, 3]);
    assert.deepEqual(await found({ sender: 'bob', maxTime: 1_700_000_002 }), [1]);
  });

  it('goes on after what was found was taken, and misses none', async () => {
    // An item has 13 lines: nine of them are more than a hundred.
    const search = new Search(pages(200), finder('order'), {}, 100);
    const seen: number[] = [];
    while (!search.done) {
      await search.run();
      assert.ok(search.messages.length <= 9 + 20, `${search.messages.length} are held`);
      seen.push(...keys(search.take()));
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 200 }, (_, index) => index),
    );
  });

  it(`holds no more of ${soaks ? '2,000,000' : '100,000'} messages than a list may have`, async () => {
    const count = soaks ? 2_000_000 : 100_000;
    let most = 0;
    const search = new Search(pages(count), finder('order'), {}, 10_000);
    while (!search.done) {
      await search.run(() => (most = Math.max(most, search.messages.length)));
      search.take();
    }
    assert.equal(search.found, count);
    // 10,000 lines are 770 messages of 13 lines, and the rest of the page that has the last of them.
    assert.ok(most <= 770 + 20, `${most} were held`);
  });
});
