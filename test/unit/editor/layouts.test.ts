import assert from 'node:assert/strict';
import { LayoutHistory, ShownLayouts } from '../../../src/editor/layouts';
import { throughLayout } from '../../../webview/sync/layoutCaret';

describe('layouts that only a pane shows', () => {
  const step = (document: string, before: string, after: string) => ({ pane: 'p', document, before, after });

  it('are undone and done again while the document has the text they were made on', () => {
    const history = new LayoutHistory();
    history.add(step('A', '1', '2'));
    history.add(step('B', '3', '4'));
    assert.equal(history.undo('A'), undefined);
    assert.deepEqual(history.undo('B'), { pane: 'p', text: '3' });
    assert.equal(history.undo('B'), undefined);
    assert.deepEqual(history.undo('A'), { pane: 'p', text: '1' });
    assert.deepEqual(history.redo('A'), { pane: 'p', text: '2' });
    assert.equal(history.redo('A'), undefined);
    assert.deepEqual(history.redo('B'), { pane: 'p', text: '4' });
  });

  it("cannot be done again after an edit, and are nobody's when their string is closed", () => {
    const history = new LayoutHistory();
    history.add(step('A', '1', '2'));
    history.undo('A');
    history.edited();
    assert.equal(history.redo('A'), undefined);
    history.add(step('A', '1', '2'));
    history.keepOnly(() => false);
    assert.equal(history.undo('A'), undefined);
  });

  it('are known for the texts shown last, and forgotten with their pane', () => {
    const layouts = new ShownLayouts();
    layouts.set('p', '"first"', 'F');
    for (let count = 0; count < 99; count++) layouts.set('p', `"${count}"`, String(count));
    layouts.set('p', '"first"', 'F again');
    layouts.set('p', '"one more"', 'M');
    assert.equal(layouts.get('p', '"first"'), 'F again');
    assert.equal(layouts.get('p', '"0"'), undefined);
    assert.equal(layouts.get('q', '"first"'), undefined);
    layouts.forget('p');
    assert.equal(layouts.get('p', '"first"'), undefined);
  });
});

describe('the caret in a new layout', () => {
  for (const [before, after] of [
    ['{"a"|:1}', '{\n  "a"|: 1\n}'],
    ['{"a":|1}', '{\n  "a":| 1\n}'],
    ['{ |"a" : 1}', '{\n  |"a": 1\n}'],
    ['|{}', '|{ }'],
    ['  |{}', '|{}'],
    ['{}|', '{\n}|'],
    ['{}  |', '{}|'],
  ] as const) {
    it(`goes from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
      const plain = (text: string) => text.replace('|', '');
      assert.equal(throughLayout(plain(before), plain(after), before.indexOf('|')), after.indexOf('|'));
    });
  }

  it('is not for a change of more than layout', () => {
    assert.equal(throughLayout('[1]', '[2]', 1), undefined);
    assert.equal(throughLayout('[1]', '[1, 2]', 1), undefined);
  });
});
