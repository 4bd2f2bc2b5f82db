import assert from 'node:assert/strict';
import { ChangeTimes } from '../../../src/documents/changeTimes';

describe('the times of change of read-only documents', () => {
  it('rise with each change of a text and with nothing else, also when the clock goes back', () => {
    let now = 5_000;
    const times = new ChangeTimes(() => now);
    assert.equal(times.since('a', 'one'), 5_000);
    now = 6_000;
    assert.equal(times.since('a', 'one'), 5_000);
    assert.equal(times.since('b', 'one'), 6_000);
    now = 1_000;
    assert.equal(times.since('a', 'two'), 5_001);
  });

  it('are known of what somebody asked about, until nobody shows it', () => {
    const times = new ChangeTimes();
    assert.equal(times.has('a'), false);
    times.since('a', 'one');
    assert.equal(times.has('a'), true);
    times.forget('a');
    assert.equal(times.has('a'), false);
  });

  it('are let go with their documents, and when there are too many', () => {
    const times = new ChangeTimes();
    for (let index = 0; index < 5_000; index += 1) {
      times.since(`closed ${index}`, 'x');
      times.forget(`closed ${index}`);
    }
    assert.equal(times.held, 0);
    for (let index = 0; index < 5_000; index += 1) times.since(`never shown ${index}`, 'x');
    assert.equal(times.held, 200);
  });
});
