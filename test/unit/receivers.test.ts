import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { receiversTyped, typedReceivers } from '../../src/outgoing/receivers';
import { runs } from '../support/runs';

describe('receivers that are typed', () => {
  it('are UserIDs with commas between them, or JSON', () => {
    assert.deepEqual(receiversTyped('alice'), ['alice']);
    assert.deepEqual(receiversTyped(' alice,bob , ,'), ['alice', 'bob']);
    assert.deepEqual(receiversTyped('["a,b","c"]'), ['a,b', 'c']);
    assert.deepEqual(receiversTyped('"a,b"'), ['a,b']);
    assert.deepEqual(receiversTyped('12345'), ['12345']);
    assert.deepEqual(receiversTyped(''), []);
  });

  it('stand there as they were typed, and as JSON where a name has a comma', () => {
    assert.equal(typedReceivers('alice'), 'alice');
    assert.equal(typedReceivers(['alice', 'bob']), 'alice, bob');
    assert.equal(typedReceivers(['a,b', 'c']), '["a,b","c"]');
    assert.equal(typedReceivers('"quoted"'), '["\\"quoted\\""]');
    assert.equal(typedReceivers(undefined), '');
  });

  it('are the same receivers when nobody changes them, whatever they are called', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8 }),
      fc.constantFrom('a,b', '["x"]', ' a', '"', '7'),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 4 }), (names) => {
        assert.deepEqual(receiversTyped(typedReceivers(names)), names);
      }),
      runs(500, 50_000),
    );
  });
});
