import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { checkSignature } from '../../../src/webhooks/checkSignature';
import { runs } from '../../support/runs';

/** The sample of page 269/32431. */
const SAMPLE = {
  token: 'xxxxyyyy',
  time: '1669872112',
  sign: '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061',
};
const query = (sign: string | undefined, time: string | undefined): URLSearchParams =>
  new URLSearchParams({
    ...(sign !== undefined && { Sign: sign }),
    ...(time !== undefined && { RequestTime: time }),
  });

describe('signature of a webhook', () => {
  const now = Number(SAMPLE.time) * 1000;

  it('is right as the documentation signs, within a minute', () => {
    const signed = query(SAMPLE.sign, SAMPLE.time);
    assert.equal(checkSignature(signed, SAMPLE.token, now), 'right');
    assert.equal(checkSignature(signed, SAMPLE.token, now + 60_000), 'right');
    assert.equal(checkSignature(signed, SAMPLE.token, now - 60_000), 'right');
    assert.equal(checkSignature(signed, SAMPLE.token, now + 61_000), 'late');
    assert.equal(checkSignature(signed, SAMPLE.token, now - 61_000), 'late');
  });

  it('is wrong with another token, missing without its parts, and not checked without a token', () => {
    assert.equal(checkSignature(query(SAMPLE.sign, SAMPLE.time), 'xxxyyy', now), 'wrong');
    assert.equal(checkSignature(query(SAMPLE.sign.toUpperCase(), SAMPLE.time), SAMPLE.token, now), 'wrong');
    assert.equal(checkSignature(query(SAMPLE.sign, undefined), SAMPLE.token, now), 'missing');
    assert.equal(checkSignature(query(undefined, SAMPLE.time), SAMPLE.token, now), 'missing');
    assert.equal(checkSignature(query('', SAMPLE.time), SAMPLE.token, now), 'missing');
    assert.equal(checkSignature(query(SAMPLE.sign, SAMPLE.time), undefined, now), 'notChecked');
  });

  it('is right for nothing but the hash of token and time, whatever is sent', () => {
    const text = fc.string();
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), text, text, (token, sign, time) => {
        const hash = createHash('sha256')
          .update(token + time)
          .digest('hex');
        const verdict = checkSignature(query(sign, time), token, now);
        assert.ok(verdict === 'wrong' || verdict === 'missing' || sign === hash);
        if (time !== '') assert.ok(['right', 'late'].includes(checkSignature(query(hash, time), token, now)));
      }),
      runs(300, 20_000),
    );
  });
});
