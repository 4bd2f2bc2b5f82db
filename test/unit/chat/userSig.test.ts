import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeUserSig, isSignedWith, makeUserSig, UserSigSource } from '../../../src/chat/userSig';
import { runs } from '../../support/runs';
import { textOf } from './arbitraries';

const SECRET = '0123456789abcdef'.repeat(4);
const app = { endpoint: 'http://127.0.0.1', sdkAppId: 1400000000, administrator: 'administrator' };

/** Does something while this machine's clock shows `seconds`, since the signing package reads no other. */
function at<T>(seconds: number, work: () => T): T {
  const real = Date.now;
  Date.now = () => seconds * 1000;
  try {
    return work();
  } finally {
    Date.now = real;
  }
}

function madeAt(seconds: number, expire: number): string {
  return at(seconds, () => makeUserSig(app.sdkAppId, SECRET, app.administrator, expire));
}

function encode(fields: unknown): string {
  const base64 = deflateSync(JSON.stringify(fields)).toString('base64');
  return base64.replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_');
}

describe('chat: UserSig', () => {
  it('signs as the published test vector says', () => {
    assert.deepEqual(decodeUserSig(madeAt(1700000000, 86400)), {
      version: '2.0',
      identifier: 'administrator',
      sdkAppId: 1400000000,
      time: 1700000000,
      expire: 86400,
      signature: '9awWeUL8MxxbBn8dhB0Jvuo0JKIh4dNCLkGIX4n5fd0=',
    });
  });

  it('tells whose key a UserSig was signed with', () => {
    const decoded = decodeUserSig(madeAt(1700000000, 86400));
    assert.ok(decoded);
    assert.equal(isSignedWith(decoded, SECRET), true);
    assert.equal(isSignedWith(decoded, SECRET.replace('0', '1')), false);
    assert.equal(isSignedWith({ ...decoded, expire: 86401 }, SECRET), false);
    assert.equal(isSignedWith({ ...decoded, userBuf: 'AAAA' }, SECRET), false);
    assert.equal(isSignedWith({ ...decoded, signature: '' }, SECRET), false);
  });

  it('opens those of other signers: numbers as strings, a user buffer', () => {
    const fields = {
      'TLS.ver': '2.0',
      'TLS.identifier': '用户 %',
      'TLS.sdkappid': '1400000000',
      'TLS.time': '1700000000',
      'TLS.expire': 86400,
      'TLS.sig': 'c2ln',
      'TLS.userbuf': 'YnVm',
    };
    assert.deepEqual(decodeUserSig(encode(fields)), {
      version: '2.0',
      identifier: '用户 %',
      sdkAppId: 1400000000,
      time: 1700000000,
      expire: 86400,
      signature: 'c2ln',
      userBuf: 'YnVm',
    });
  });

  it('is undefined for what is none, whatever its bytes', () => {
    const whole = madeAt(1700000000, 86400);
    const none = [
      '',
      ' ',
      whole.slice(0, -20),
      whole.slice(4),
      `${whole}/`,
      'abc',
      encode(null),
      encode([]),
      encode({}),
    ];
    for (const text of none) assert.equal(decodeUserSig(text), undefined, text);
    assert.equal(decodeUserSig(encode({ 'TLS.ver': '2.0', padding: 'x'.repeat(100_000) })), undefined);
    fc.assert(
      fc.property(fc.oneof(fc.string(), textOf('eJwAZaz09*-_')), (text) => {
        assert.equal(decodeUserSig(text), undefined);
      }),
      runs(200, 10_000),
    );
  });

  it('keeps one, and renews it half an hour before its day is over', () => {
    const source = new UserSigSource(app, { kind: 'secretKey', secretKey: SECRET }, () => Date.now());
    const start = 1_700_000_000;
    const first = at(start, () => source.get());
    assert.equal(
      at(start + 23.4 * 3600, () => source.get()),
      first,
    );
    const second = at(start + 23.6 * 3600, () => source.get());
    assert.equal(decodeUserSig(second)?.time, start + 23.6 * 3600);
    // A clock that was set back a day: the kept one would come from the future.
    assert.equal(decodeUserSig(at(start - 86400, () => source.get()))?.time, start - 86400);
  });

  it('renews one that was refused once only, and cannot renew a ready-made one', () => {
    const source = new UserSigSource(app, { kind: 'secretKey', secretKey: SECRET }, () => Date.now());
    const first = at(1_700_000_000, () => source.get());
    const get = () => at(1_700_000_100, () => source.get());
    assert.equal(source.renew('another one'), true);
    assert.equal(get(), first);
    assert.equal(source.renew(first), true);
    assert.notEqual(get(), first);
    const ready = new UserSigSource(app, { kind: 'userSig', userSig: 'eJ_' }, Date.now);
    assert.equal(ready.renew('eJ_'), false);
    assert.equal(ready.get(), 'eJ_');
  });

  it('takes the key and the signature out of texts', () => {
    const source = new UserSigSource(app, { kind: 'secretKey', secretKey: SECRET }, Date.now);
    const sig = source.get();
    assert.equal(source.redact(`usersig=${sig}&key=${SECRET}&random=1`), 'usersig=…&key=…&random=1');
  });
});
