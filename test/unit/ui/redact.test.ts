import assert from 'node:assert/strict';
import { ExchangeHistory } from '../../../src/ui/exchanges';
import { redact } from '../../../src/ui/redact';

describe('redaction', () => {
  for (const [text, expected] of [
    [
      '/v4/openim/sendmsg?sdkappid=1&usersig=eJx*-_abc&random=5',
      '/v4/openim/sendmsg?sdkappid=1&usersig=…&random=5',
    ],
    ['UserSig=abc "x"', 'UserSig=… "x"'],
    ['{"UserSig":"eJxabc","a":1}', '{"UserSig":"…","a":1}'],
    ['{ secretKey: "0123", other: 1 }', '{ secretKey: "…", other: 1 }'],
    ["secret_key='0123'", "secret_key='…'"],
    ['sandbox --secret-key 0123abc --port 1', 'sandbox --secret-key … --port 1'],
    ['nothing secret: 1_2_1700000000', 'nothing secret: 1_2_1700000000'],
  ] as const) {
    it(`of ${text}`, () => assert.equal(redact(text), expected));
  }

  it('takes known secrets out wherever they stand, encoded ones too', () => {
    const secret = 'k/ey+with=signs';
    assert.equal(redact(`x ${secret} y ${encodeURIComponent(secret)}`, [secret]), 'x … y …');
    assert.equal(redact('a word', ['a']), 'a word', 'a short one would blank out the log');
  });

  it('happens to everything that is kept of a request', () => {
    const history = new ExchangeHistory();
    for (let count = 0; count < 30; count += 1) {
      history.add(
        {
          command: `openim/call${count}`,
          url: 'https://x/v4/?usersig=verysecret',
          requestBody: 'body verysecret',
          responseBody: 'answer verysecret',
          status: 200,
          durationMs: 1.4,
          error: new Error('failed: verysecret'),
        },
        new Date(0),
        (text) => redact(text, ['verysecret']),
      );
    }
    const text = history.text();
    assert.ok(!text.includes('verysecret'));
    assert.ok(text.startsWith('# 1970-01-01T00:00:00.000Z  HTTP 200, 1 ms'));
    assert.equal(text.split('###').length, 20, 'only the last ones are kept');
  });
});
