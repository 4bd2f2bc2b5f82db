import assert from 'node:assert/strict';
import { onNewDay } from '../../../src/message/newDay';
import { eventually } from '../../support/eventually';

describe('a new day', () => {
  /** Unix milliseconds of a local time. */
  const at = (text: string): number => new Date(text).getTime();

  it('is told once it has begun here, each once, also after days that nobody saw, until that is ended', async () => {
    let time = at('2026-12-31T23:59:59');
    let looks = 0;
    const told: number[] = [];
    const end = onNewDay(
      () => told.push(time),
      () => {
        looks += 1;
        return time;
      },
      1,
    );
    const looked = (): Promise<unknown> => {
      const before = looks;
      return eventually(() => looks > before + 2, 'looks at the clock');
    };
    await looked();
    assert.deepEqual(told, []);
    for (const text of ['2027-01-01T00:00:00', '2027-01-01T23:59:59', '2027-01-04T08:00:00']) {
      time = at(text);
      await looked();
    }
    assert.deepEqual(told, [at('2027-01-01T00:00:00'), at('2027-01-04T08:00:00')]);
    end();
    time = at('2027-01-05T00:00:00');
    const before = looks;
    await new Promise((done) => setTimeout(done, 20));
    assert.equal(looks, before);
    assert.equal(told.length, 2);
  });
});
