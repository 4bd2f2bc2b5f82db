import assert from 'node:assert/strict';
import { Seldom } from '../../../src/ui/seldom';
import { eventually } from '../../support/eventually';

describe('what is said too often', () => {
  it('is shown at once, and then as it was said last', async () => {
    const shown: number[] = [];
    const seldom = new Seldom<number>((count) => shown.push(count), 20);
    for (let count = 1; count <= 1_000; count += 1) seldom.say(count);
    assert.deepEqual(shown, [1]);
    await eventually(() => shown.includes(1_000), 'what was said last');
    assert.deepEqual(shown, [1, 1_000]);
  });

  it('is shown again after a rest, and never after its end', async () => {
    const shown: string[] = [];
    const seldom = new Seldom<string>((text) => shown.push(text), 5);
    seldom.say('one');
    await new Promise((resolve) => setTimeout(resolve, 50));
    seldom.say('two');
    assert.deepEqual(shown, ['one', 'two']);
    seldom.say('three');
    seldom.dispose();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(shown, ['one', 'two']);
  });
});
