import assert from 'node:assert/strict';
import { replayUrl } from '../../../src/webhooks/replayUrl';

const query = [
  ['SdkAppid', '1400000001'],
  ['CallbackCommand', 'C2C.CallbackBeforeSendMsg'],
  ['RequestTime', '1600000000'],
  ['ClientIP', '127.0.0.1'],
] as const;

describe('address of a webhook that is sent again', () => {
  it('has the query it came with, signed anew as the documentation’s sample is', () => {
    const url = replayUrl(new URL('http://127.0.0.1:8080/own?keep=1'), query, 'xxxxyyyy', 1669872112_999);
    assert.equal(
      url.href,
      'http://127.0.0.1:8080/own?keep=1&SdkAppid=1400000001&CallbackCommand=C2C.CallbackBeforeSendMsg&ClientIP=127.0.0.1' +
        '&Sign=17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061&RequestTime=1669872112',
    );
  });

  it('has nothing of a signature when no token is known', () => {
    const url = replayUrl(new URL('https://own.example/'), query, undefined, 0);
    assert.deepEqual([...url.searchParams.keys()], ['SdkAppid', 'CallbackCommand', 'ClientIP']);
  });
});
