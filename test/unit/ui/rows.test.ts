import assert from 'node:assert/strict';
import { plainRow, type RowTexts } from '../../../src/ui/rows';

const HOSTILE = `[x](command:a.b) $(trash)\u202e\u001b[31m\n${'y'.repeat(10_000)}`;
const PLAIN = '[x]\u2060(command:a.b) $\u2060(trash)\\u202e\\u001b[31m';

describe('a row of a tree', () => {
  it('says nothing but plain text, wherever it says it', () => {
    const item: RowTexts = {
      label: HOSTILE,
      description: HOSTILE,
      tooltip: HOSTILE,
      accessibilityInformation: { label: HOSTILE, role: 'treeitem' },
    };
    const row = plainRow(item);
    for (const text of [row.label, row.description, row.accessibilityInformation?.label]) {
      assert.ok(typeof text === 'string' && text.startsWith(`${PLAIN} yyy`), 'the text is not plain');
      assert.ok(text.length < 1_000);
    }
    assert.ok(typeof row.tooltip === 'string' && row.tooltip.startsWith(`${PLAIN}\nyyy`));
    assert.equal(row.accessibilityInformation?.role, 'treeitem');
  });
});
