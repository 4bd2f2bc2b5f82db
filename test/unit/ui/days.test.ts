import assert from 'node:assert/strict';
import { DayGroups, dayOf, daysBefore, parseDay } from '../../../src/ui/days';

const at = (text: string): number => new Date(text).getTime() / 1000;

describe('days', () => {
  it('begin and end at midnight here', () => {
    const day = dayOf(at('2026-11-21T13:14:15'));
    assert.equal(day.id, '2026-11-21');
    assert.equal(day.start, at('2026-11-21T00:00:00'));
    assert.equal(day.end, at('2026-11-21T23:59:59'));
    assert.equal(dayOf(day.end).id, day.id);
    assert.equal(dayOf(day.end + 1).id, '2026-11-22');
  });

  it('are counted back over months and years', () => {
    assert.equal(daysBefore(at('2026-03-01T12:00:00'), 1).id, '2026-02-28');
    assert.equal(daysBefore(at('2027-01-01T00:00:00'), 1).id, '2026-12-31');
  });

  const now = at('2026-03-05T12:00:00');
  for (const [typed, expected] of [
    ['2026-11-21', '2026-11-21'],
    [' 2026/1/2 ', '2026-01-02'],
    ['2025.12.31', '2025-12-31'],
    ['3-4', '2026-03-04'],
    ['11/21', '2025-11-21'],
    ['2026-02-29', undefined],
    ['2-29', '2024-02-29'],
    ['2-30', undefined],
    ['2026-13-01', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ] as const) {
    it(`reads “${typed}” as ${expected ?? 'no date'}`, () => {
      assert.equal(parseDay(typed, now)?.id, expected);
    });
  }

  it('hold the messages of their time, each day once', () => {
    const times = [
      '2026-11-21T10:00:00',
      '2026-11-21T00:00:00',
      '2026-11-20T23:59:59',
      '2026-11-18T08:00:00',
    ];
    const items = times.map((text) => ({ time: at(text), text }));
    const groups = new DayGroups<(typeof items)[number]>();
    const shape = (of: typeof items): [string, string[]][] =>
      groups.of(of).map(({ day, items: messages }) => [day.id, messages.map(({ text }) => text)]);
    const expected = [
      ['2026-11-21', times.slice(0, 2)],
      ['2026-11-20', times.slice(2, 3)],
      ['2026-11-18', times.slice(3)],
    ];
    assert.deepEqual(shape(items.slice(0, 1)), [['2026-11-21', times.slice(0, 1)]]);
    assert.deepEqual(shape(items), expected, 'more came');
    assert.deepEqual(shape(items), expected, 'nothing came');
    assert.deepEqual(shape(items.slice(2)), expected.slice(1), 'another list');
    assert.deepEqual(shape([]), []);
  });
});
