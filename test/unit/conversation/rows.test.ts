import assert from 'node:assert/strict';
import fc from 'fast-check';
import { c2cAddress } from '../../../src/chat/address';
import { RECALLED_FLAG, type ChatMessage } from '../../../src/chat/chatMessage';
import type { MarksView } from '../../../src/conversation/rowViews';
import { RowList } from '../../../src/conversation/rowList';
import { messageRow } from '../../../src/conversation/messageRow';
import type { Item } from '../../../src/conversation/timeline';

const PLAIN: MarksView = { draft: false, conflict: false };
const CONTEXT = { own: 'alice', language: 'en', marks: PLAIN } as const;

function saying(body: unknown, rest: Partial<ChatMessage> & { readonly cloud?: string } = {}): ChatMessage {
  const { cloud, ...other } = rest;
  return {
    address: c2cAddress('alice', 'bob', '1_2_3'),
    sender: 'alice',
    ...{ seq: 1, random: 2, time: 3, flags: 0, peerRead: false },
    content: {
      msgBody: JSON.stringify(body),
      ...(cloud !== undefined && { cloudCustomData: JSON.stringify(cloud) }),
    },
    ...other,
  };
}

const text = (words: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text: words } });

describe('a message as a row', () => {
  it('says who, when and what, and on which side it stands', () => {
    const row = messageRow('k', saying([text('Hello')]), CONTEXT);
    assert.deepEqual(row, {
      kind: 'message',
      key: 'k',
      address: c2cAddress('alice', 'bob', '1_2_3'),
      sender: 'alice',
      own: true,
      time: 3,
      state: 'sent',
      parts: [{ kind: 'text', text: 'Hello', label: 'Text' }],
      push: 'Hello',
      summary: 'Hello',
      marks: PLAIN,
    });
    assert.equal(messageRow('k', saying([], { sender: 'bob' }), CONTEXT).own, false);
  });

  it('opens what was forwarded together, however deep', () => {
    const inner = {
      MsgType: 'TIMRelayElem',
      MsgContent: { Title: 'In', MsgList: [{ From_Account: 'dave', MsgBody: [text('deep')] }] },
    };
    const outer = {
      MsgType: 'TIMRelayElem',
      MsgContent: {
        Title: 'Out',
        MsgList: [{ From_Account: 'carol', MsgTimeStamp: 7, MsgBody: [inner] }, 'odd', {}],
      },
    };
    const [part] = messageRow('k', saying([outer]), CONTEXT).parts;
    const [first, empty] = part?.forwarded ?? [];
    assert.equal(first?.sender, 'carol');
    assert.equal(first.time, 7);
    assert.deepEqual(first.parts[0]?.forwarded, [
      { sender: 'dave', parts: [{ kind: 'text', text: 'deep', label: 'Text' }] },
    ]);
    assert.deepEqual(empty, { sender: '', parts: [] });
  });

  it('lays JSON in CloudCustomData out, and leaves a text as it is', () => {
    assert.deepEqual(messageRow('k', saying([], { cloud: '{"a":[1]}' }), CONTEXT).cloud, {
      text: '{\n  "a": [\n    1\n  ]\n}',
      json: true,
    });
    assert.deepEqual(messageRow('k', saying([], { cloud: '{half' }), CONTEXT).cloud, {
      text: '{half',
      json: false,
    });
    assert.equal(messageRow('k', saying([], { cloud: '' }), CONTEXT).cloud, undefined);
  });

  it('lays the JSON of custom elements out', () => {
    const custom = { MsgType: 'TIMCustomElem', MsgContent: { Data: '{"a":1}', Desc: 'Order', Ext: 'url' } };
    assert.deepEqual(messageRow('k', saying([custom]), CONTEXT).parts, [
      { kind: 'custom', desc: 'Order', data: '{\n  "a": 1\n}', ext: 'url', label: 'Custom message' },
    ]);
  });

  it('knows what a message answers', () => {
    const cloud = '{"messageReply":{"messageAbstract":"Shall we?","messageSender":"bob","version":1}}';
    assert.deepEqual(messageRow('k', saying([], { cloud }), CONTEXT).reply, {
      sender: 'bob',
      text: 'Shall we?',
    });
    const other = messageRow('k', saying([], { cloud: '{"messageReply":7}' }), CONTEXT);
    assert.equal(other.reply, undefined);
  });

  it('tells what was recalled, is gone, or comes of the service', () => {
    const stateOf = (rest: Partial<ChatMessage>): string =>
      messageRow('k', saying([text('x')], rest), CONTEXT).state;
    assert.equal(stateOf({ flags: RECALLED_FLAG }), 'recalled');
    assert.equal(stateOf({ isGone: true }), 'expired');
    assert.equal(stateOf({ isSystem: true }), 'system');
    assert.equal(stateOf({}), 'sent');
  });

  it('shows whatever a body is', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (body, cloud) => {
        const message = saying([], { cloud });
        messageRow('k', { ...message, content: { ...message.content, msgBody: body } }, CONTEXT);
      }),
      { numRuns: 300, seed: 19 },
    );
  });
});

describe('the rows that the page knows', () => {
  it('change by steps that lead from one list to the next', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 });
    const items = (names: readonly string[]): Item[] =>
      names.map((key) => ({ kind: 'message', key, place: 0, sides: new Set() }));
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 6 }), (lists) => {
        const list = new RowList();
        const page: string[] = [];
        for (const names of lists) {
          const { version } = list;
          const splice = list.change(items(names));
          if (splice) {
            const came = names.slice(splice.at, splice.at + splice.inserted);
            page.splice(splice.at, splice.removed, ...came);
          }
          assert.deepEqual(page, names);
          assert.equal(list.version, splice ? version + 1 : version);
          assert.deepEqual(
            names.map((key) => list.indexOf(key)),
            names.map((_, index) => index),
          );
        }
      }),
      { numRuns: 200, seed: 19 },
    );
  });

  describe('tell how many came that are newer than all before', () => {
    const entry = (place: number, key = `at ${place}`): Item => ({
      ...{ kind: 'message', key, place, sides: new Set() },
    });
    const gap = (where: 'older' | 'between' | 'newer'): Item => ({
      ...{ kind: 'gap', key: where, where, from: 0, to: 0 },
    });
    const newer = (before: readonly Item[], after: readonly Item[]): number | undefined => {
      const list = new RowList();
      list.change(before);
      return list.change(after)?.newer;
    };

    it('at the end, and in the second of the last one above it', () => {
      assert.equal(newer([entry(1), entry(2)], [entry(1), entry(2), entry(3), entry(4)]), 2);
      assert.equal(newer([entry(1), entry(2)], [entry(1), entry(2, 'another'), entry(2)]), 1);
    });

    it('not what was missing, also where that is read as something comes', () => {
      assert.equal(newer([gap('older'), entry(5)], [entry(3), entry(4), entry(5)]), 0);
      const holey = [entry(1), gap('between'), entry(5)];
      assert.equal(newer(holey, [entry(1), entry(2), entry(3), entry(4), entry(5), entry(6)]), 1);
    });

    it('none where the newest was not known, or another is gone', () => {
      assert.equal(newer([entry(1), gap('newer')], [entry(1), entry(2), entry(3)]), 0);
      assert.equal(newer([entry(1), entry(2), entry(3)], [entry(1), entry(3)]), 0);
      assert.equal(newer([], [entry(1)]), 0);
    });
  });
});
