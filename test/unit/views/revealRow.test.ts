import assert from 'node:assert/strict';
import { revealRow } from '../../../src/views/conversations/revealRow';

interface Row {
  readonly id: string;
}

const alice: Row = { id: 'alice' };

/** A view that answers with these, one after the other, and then shows the row; with `silent` it only says so. */
function viewOf(...answers: readonly (Error | 'silent')[]) {
  const left = [...answers];
  const view = {
    asked: 0,
    selection: [] as readonly Row[],
    reveal: (row: Row): Promise<void> => {
      view.asked += 1;
      const answer = left.shift();
      if (answer instanceof Error) return Promise.reject(answer);
      if (answer === undefined) view.selection = [row];
      return Promise.resolve();
    },
  };
  return view;
}

const atOnce = (): Promise<void> => Promise.resolve();

describe('a row that is to be shown', () => {
  it('is asked for again when VS Code reads the tree anew meanwhile', async () => {
    const view = viewOf(
      new Error('Cannot resolve tree item for element 0/0:alice from extension a.b'),
      new Error('TreeError [tencentChat.explorer] Tree element not found: [object Object]'),
      new Error('Canceled'),
      'silent',
    );
    await revealRow(view, alice, atOnce);
    assert.equal(view.asked, 5);
    assert.deepEqual(view.selection, [alice]);
  });

  it('fails at once with whatever else is wrong', async () => {
    const view = viewOf(new Error('The view is not there'));
    await assert.rejects(revealRow(view, alice, atOnce), /The view is not there/);
    assert.equal(view.asked, 1);
  });

  it('fails in the end when the row never comes', async () => {
    const gone = new Error('Cannot resolve tree item for element 0/0:alice from extension a.b');
    const view = viewOf(...Array.from({ length: 30 }, () => gone));
    await assert.rejects(revealRow(view, alice, atOnce), gone);
    assert.equal(view.asked, 10);
  });
});
