import assert from 'node:assert/strict';
import type { FindView } from '../../../src/conversation/pageProtocol';
import type { StringId, Strings } from '../../../src/conversation/pageStrings';
import type { MessageRow, RowView } from '../../../src/conversation/rowViews';
import { firstLetter, foundText, labelOf, standingOf, type Look } from '../../../webview/conversation/labels';
import { chosen, choiceOf, NOTHING } from '../../../webview/conversation/selection';
import { beginsDay, Times } from '../../../webview/conversation/times';

/** Unix seconds of a local time, so that days are this machine's. */
const at = (...time: [number, number, number, number, number]): number => {
  const [year, month, day, hour, minute] = time;
  return new Date(year, month - 1, day, hour, minute).getTime() / 1000;
};
const strings = new Proxy({} as Strings, {
  get: (_, id: StringId) => (id === 'modified' ? 'modified {0}' : id),
});
const now = at(2026, 11, 26, 10, 0) * 1000;
const times = new Times('en', strings, () => now);
const look: Look = {
  chat: {
    ...{ panel: 'p', title: 't', connectionId: 'c', connectionName: 'n', readOnly: false },
    ...{ environment: 'sandbox', environmentLabel: 'Sandbox' },
    chat: { chat: 'c2c', user: 'alice', peer: 'bob' },
  },
  ...{ strings, times, locale: 'en', faces: false, push: false, unfolded: new Set() },
  people: new Map([['bob', { id: 'bob', nick: 'Bobby' }]]),
};
const message = (row: Partial<MessageRow>): MessageRow => ({
  ...{ kind: 'message', key: 'k', sender: 'bob', own: false, state: 'sent', parts: [], summary: 'Hello' },
  address: { chat: 'c2c', from: 'bob', to: 'alice', key: '1_2_3' },
  time: at(2026, 11, 26, 9, 5),
  marks: { draft: false, conflict: false },
  ...row,
});

describe('how rows of a conversation look', () => {
  it('say to a screen reader who wrote what and when, and what stands out', () => {
    const standing = { day: false, run: true };
    assert.equal(labelOf(message({}), standing, look), 'Bobby, 09:05. Hello');
    assert.equal(labelOf(message({}), { day: true, run: true }, look), 'today. Bobby, 09:05. Hello');
    const marks = { draft: true, conflict: true, modified: { before: 'x', at: now } };
    assert.equal(
      labelOf(message({ sender: 'alice', marks }), standing, look),
      'alice, 09:05. Hello. draft. conflict. modified Nov 26, 2026, 10:00:00',
    );
    assert.equal(labelOf(message({ state: 'expired', sender: '', time: 0 }), standing, look), 'expired');
  });

  it('begin a day, and a run of one sender', () => {
    const first = message({ time: at(2026, 11, 25, 23, 58) });
    const minutes = (count: number, row: Partial<MessageRow> = {}): MessageRow =>
      message({ time: first.time + count * 60, ...row });
    const stands = (row: MessageRow, above?: RowView): string => {
      const { day, run } = standingOf(row, above);
      return `${day ? 'day ' : ''}${run ? 'run' : 'on'}`;
    };
    assert.equal(stands(first), 'day run');
    assert.equal(stands(minutes(1), first), 'on');
    assert.equal(stands(minutes(2), first), 'day run');
    assert.equal(stands(minutes(1, { sender: 'alice' }), first), 'run');
    assert.equal(stands(minutes(1), { ...first, state: 'recalled' }), 'run');
    const second = minutes(3);
    assert.equal(stands({ ...second, time: second.time + 301 }, second), 'run');
    assert.equal(stands(minutes(1, { time: 0 }), first), 'on');
  });

  it('tell days as people call them, across the end of summer time too', () => {
    assert.equal(times.day(at(2026, 11, 26, 0, 0)), 'today');
    assert.equal(times.day(at(2026, 11, 25, 23, 59)), 'yesterday');
    assert.equal(times.day(at(2026, 11, 24, 23, 59)), 'Tue, Nov 24, 2026');
    assert.equal(times.ofDay(at(2026, 11, 24, 0, 7)), '00:07');
    assert.equal(new Times('zh-cn', strings, () => now).day(at(2026, 11, 24, 1, 0)), '2026年11月24日周二');
    assert.ok(beginsDay(at(2026, 3, 28, 23, 59), at(2026, 3, 29, 0, 0)));
    assert.ok(!beginsDay(at(2026, 3, 29, 0, 0), at(2026, 3, 29, 23, 59)));
    assert.ok(!beginsDay(undefined, 0));
  });

  it('tell a time that no calendar has as the number that it is', () => {
    assert.equal(times.ofDay(9e15), '9000000000000000');
  });

  it('have a letter for who has no face: the first that a person sees', () => {
    const letters = {
      bob: 'B',
      ' ñandú': 'Ñ',
      'n\u0303u': 'N\u0303',
      你好: '你',
      '👨‍👩‍👧 home': '👨‍👩‍👧',
      '': '·',
      '  ': '·',
    };
    for (const [name, letter] of Object.entries(letters)) assert.equal(firstLetter(name), letter);
  });

  it('say how looking for a text stands', () => {
    const find: FindView = { text: 'word', count: 0, at: 0, searching: true, complete: false };
    const words = {
      ...strings,
      searching: 'searching',
      foundNone: 'none',
      foundNoneSoFar: 'none so far',
    } as Strings;
    const texts = new Proxy(words, {
      get: (known, id: StringId) =>
        id === 'found' ? '{0} of {1}' : id === 'foundSoFar' ? '{0} of {1} so far' : known[id],
    });
    assert.equal(foundText(find, texts), 'searching');
    assert.equal(foundText({ ...find, searching: false }, texts), 'none so far');
    assert.equal(foundText({ ...find, searching: false, complete: true }, texts), 'none');
    assert.equal(foundText({ ...find, count: 3, at: 2 }, texts), '2 of 3 so far');
    assert.equal(foundText({ ...find, count: 3, at: 2, complete: true }, texts), '2 of 3');
    assert.equal(foundText({ ...find, error: 'no expression' }, texts), 'no expression');
  });
});

describe('selecting in a conversation', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const between = (from: string, to: string): string[] => {
    const [one, other] = [order.indexOf(from), order.indexOf(to)].sort((x, y) => x - y) as [number, number];
    return order.slice(one, other + 1);
  };
  const select = (before: typeof NOTHING, key: string, choice: 'only' | 'range' | 'toggle') =>
    chosen(before, key, choice, between);
  const keysOf = ({ keys }: typeof NOTHING): string => [...keys].sort().join('');

  it('takes one, more and fewer, and ranges from where they began', () => {
    const one = select(NOTHING, 'b', 'only');
    assert.equal(keysOf(one), 'b');
    const range = select(one, 'd', 'range');
    assert.equal(keysOf(range), 'bcd');
    assert.equal(keysOf(select(range, 'a', 'range')), 'ab');
    const more = select(range, 'a', 'toggle');
    assert.equal(keysOf(more), 'abcd');
    assert.equal(keysOf(select(more, 'c', 'toggle')), 'abd');
    assert.equal(keysOf(select(more, 'c', 'range')), 'abc');
    assert.equal(more.focused, 'a');
    assert.equal(keysOf(select(more, 'e', 'only')), 'e');
  });

  it('keeps what a range can be made of when its beginning is not known any more', () => {
    const lost = chosen(select(NOTHING, 'z', 'only'), 'c', 'range', () => []);
    assert.equal(keysOf(lost), 'c');
  });

  it('takes a range with Shift, and one more with Ctrl or Cmd', () => {
    const event = { shiftKey: false, ctrlKey: false, metaKey: false };
    assert.equal(choiceOf(event), 'only');
    assert.equal(choiceOf({ ...event, shiftKey: true }), 'range');
    assert.equal(choiceOf({ ...event, metaKey: true }), 'toggle');
    assert.equal(choiceOf({ ...event, ctrlKey: true }), 'toggle');
  });
});
