import assert from 'node:assert/strict';
import { Confirmations } from '../../../src/modifying/confirmations';
import type { ModifyConnection } from '../../../src/modify/modifyRequest';

const connection = (id: string): ModifyConnection => ({
  id,
  name: 'Shop',
  endpoint: 'https://console.tim.qq.com',
  sdkAppId: 1_400_000_000,
  administrator: 'administrator',
  environment: 'test',
});

describe('what was confirmed once a window', () => {
  it('holds for its connection, for its kind of question, and for this window', () => {
    const confirmations = new Confirmations(() => 'oncePerWindow');
    assert.equal(confirmations.asksInTest(connection('a')), true);
    confirmations.given(connection('a'));
    assert.equal(confirmations.asksInTest(connection('a')), false);
    assert.equal(confirmations.asksForGood(connection('a')), true);
    assert.equal(confirmations.asksInTest(connection('b')), true);
    confirmations.givenForGood(connection('a'));
    assert.equal(confirmations.asksForGood(connection('a')), false);
    assert.equal(new Confirmations(() => 'oncePerWindow').asksInTest(connection('a')), true);
  });

  it('is asked again when connections were edited, or removed and added', () => {
    const confirmations = new Confirmations(() => 'oncePerWindow');
    confirmations.given(connection('a'));
    confirmations.givenForGood(connection('a'));
    confirmations.startAnew();
    assert.equal(confirmations.asksInTest(connection('a')), true);
    assert.equal(confirmations.asksForGood(connection('a')), true);
  });

  it('counts for nothing while the setting says to ask always', () => {
    let howOften: 'oncePerWindow' | 'always' = 'oncePerWindow';
    const confirmations = new Confirmations(() => howOften);
    confirmations.given(connection('a'));
    howOften = 'always';
    assert.equal(confirmations.asksInTest(connection('a')), true);
  });
});
