import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Api } from 'tls-sig-api-v2';
import { examineUserSig, type ExamContext } from '../../../src/chat/signatures/examine';
import type { FindingId } from '../../../src/chat/signatures/finding';
import { Signer } from '../../../src/chat/signatures/signer';
import { encoded, signed, World } from '../sandbox/world';
import { runs } from '../../support/runs';

const ADMIN = 'administrator';
/** The published vector: key, app, account, time and lifetime, and the signature that they make. */
const VECTOR = {
  'TLS.ver': '2.0',
  'TLS.identifier': ADMIN,
  'TLS.sdkappid': 1400000000,
  'TLS.time': 1700000000,
  'TLS.expire': 86400,
  'TLS.sig': '9awWeUL8MxxbBn8dhB0Jvuo0JKIh4dNCLkGIX4n5fd0=',
};
const VECTOR_KEY = '0123456789abcdef'.repeat(4);

function signer(name: string, sdkAppId: number, secretKey: string): Signer {
  const app = { endpoint: 'http://127.0.0.1', sdkAppId, administrator: ADMIN };
  return new Signer(name, app, { kind: 'secretKey', secretKey });
}

describe('chat: examining a UserSig', () => {
  let world: World;
  let context: ExamContext;

  before(async () => {
    world = await World.start();
    const { sdkAppId } = world.sandbox.app;
    context = {
      now: world.seconds * 1000,
      signers: [
        signer('Mine', sdkAppId, world.sandbox.secretKey),
        signer('Other app', 1400000777, VECTOR_KEY),
      ],
      usedFor: { sdkAppId, identifier: ADMIN },
    };
  });
  after(() => world.stop());

  function idsOf(text: string, other: Partial<ExamContext> = {}): FindingId[] {
    return examineUserSig(text, { ...context, ...other }).findings.map(({ id }) => id);
  }

  /** The UserSig of the world as standard base64. */
  function standard(userSig: string): string {
    return userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
  }

  /** A good one in which every sign that the alphabets write differently stands, found by trying. */
  function withEverySign(): string {
    for (let expire = 86_400; ; expire += 1) {
      const made = signed(world, { expire });
      if (['*', '-', '_'].every((sign) => made.includes(sign))) return made;
    }
  }

  const fields = (): Record<string, unknown> => {
    const made = examineUserSig(signed(world), context);
    assert.deepEqual(made.codes, []);
    return {
      'TLS.ver': '2.0',
      'TLS.identifier': ADMIN,
      'TLS.sdkappid': world.sandbox.app.sdkAppId,
      'TLS.time': world.seconds,
      'TLS.expire': 86_400,
    };
  };

  /**
   * What is broken, what is said of it, and the codes that the pages name for it (trtc.io/document/34348), the one of
   * the sandbox among them. By hand.
   */
  const broken: readonly (readonly [
    what: string,
    make: () => string,
    says: FindingId,
    codes: readonly number[],
  ])[] = [
    ['empty', () => '', 'nothing', [70019, 70002]],
    ['cut at 120 characters', () => signed(world).slice(0, 120), 'cut', [70003, 70004]],
    ['one character changed', () => changed(signed(world), 90), 'damaged', [70003, 70005]],
    ['percent-encoded', () => signed(world).replace(/^eJ/, 'e%4A'), 'percentEncoded', [70003, 70005]],
    ['standard base64', () => standard(withEverySign()), 'standardBase64', [70003, 70005]],
    [
      'standard base64 of which a query made blanks',
      () => standard(withEverySign()).replaceAll('+', ' '),
      'plusAsBlank',
      [70003, 70005],
    ],
    [
      'base64url',
      () => standard(withEverySign()).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      'base64Url',
      [70003, 70005],
    ],
    ['line breaks', () => signed(world).replace(/(.{76})/g, '$1\r\n'), 'blanks', [70003, 70005]],
    ['in quotes', () => `"${signed(world)}"`, 'blanks', [70003, 70005]],
    [
      'not compressed',
      () => Buffer.from(JSON.stringify(fields())).toString('base64').replaceAll('=', '_'),
      'notCompressed',
      [70003, 70005],
    ],
    [
      'gzip',
      () =>
        gzipSync(JSON.stringify(fields()))
          .toString('base64')
          .replaceAll('+', '*')
          .replaceAll('/', '-')
          .replaceAll('=', '_'),
      'gzip',
      [70003, 70005],
    ],
    [
      'without the header of zlib',
      () =>
        deflateRawSync(JSON.stringify(fields()))
          .toString('base64')
          .replaceAll('+', '*')
          .replaceAll('/', '-')
          .replaceAll('=', '_'),
      'rawDeflate',
      [70003, 70005],
    ],
    ['a text instead of JSON', () => encoded('hello'), 'notJson', [70005, 70010]],
    ['no TLS.sig', () => encoded(fields()), 'members', [70005, 70010]],
    ['for another app', () => signed(world, { sdkAppId: 1400000001 }), 'otherApp', [70014]],
    ['for another account', () => signed(world, { identifier: 'alice' }), 'otherAccount', [70013]],
    ['another key', () => signed(world, { key: 'f'.repeat(64) }), 'otherKey', [70009]],
    ['the key of another app', () => signed(world, { key: VECTOR_KEY }), 'keyOfOtherApp', [70009]],
    [
      'the key with the line break of its file',
      () => signed(world, { key: `${world.sandbox.secretKey}\n` }),
      'keySlip',
      [70009],
    ],
    ['expired', () => signed(world, { time: world.seconds - 90_000 }), 'expired', [70001, 20002]],
    ['from the future', () => signed(world, { time: world.seconds + 3_600 }), 'notYet', [70001, 20002]],
    ['milliseconds', () => signed(world, { time: world.seconds * 1000 }), 'milliseconds', [70001, 20002]],
  ];

  for (const [what, make, says, codes] of broken) {
    it(`names what is wrong and the code to expect: ${what}`, async () => {
      const userSig = make();
      const { findings, codes: expected } = examineUserSig(userSig, context);
      assert.ok(
        findings.some(({ id, level }) => id === says && level === 'bad'),
        JSON.stringify(findings),
      );
      assert.deepEqual(expected, codes);
      const reply = await world.call('im_open_login_svc/account_check', {}, { usersig: userSig });
      assert.ok(codes.includes(reply.code), `the sandbox answers ${reply.code}`);
    });
  }

  it('finds nothing wrong with a good one, whose the key is and when it ends', () => {
    const { findings, codes, mended } = examineUserSig(signed(world), context);
    assert.deepEqual(
      findings.map(({ id, level, values }) => [id, level, ...values]),
      [
        ['encoding', 'good'],
        ['current', 'good', '2.0'],
        ['app', 'good', 1400000000],
        ['account', 'good', ADMIN],
        ['key', 'good', 'Mine'],
        ['valid', 'good', 1_769_859_200, 1_769_945_600],
      ],
    );
    assert.deepEqual(codes, []);
    assert.equal(mended, undefined);
  });

  it('knows the published vector by its key', () => {
    const signers = [signer('Published', 1400000000, VECTOR_KEY)];
    const at = { now: 1_700_000_001_000, signers, usedFor: undefined };
    assert.ok(idsOf(encoded(VECTOR), at).includes('key'));
    // One letter of what was signed changed afterwards: no key fits any more.
    assert.ok(idsOf(encoded({ ...VECTOR, 'TLS.expire': 86401 }), at).includes('otherKey'));
  });

  it('mends what only the way here broke, and the service takes that', async () => {
    const good = withEverySign();
    for (const worn of [
      standard(good),
      encodeURIComponent(standard(good)),
      encodeURIComponent(encodeURIComponent(standard(good))),
      standard(good).replaceAll('+', ' '),
      `'${good}'`,
      good.replace(/(.{64})/g, '$1\n'),
    ]) {
      const { mended } = examineUserSig(worn, context);
      const { code } = await world.call('openim/admin_getroammsg', {}, { usersig: mended ?? '' });
      // Taken as far as the body, in which Operator_Account is missing.
      assert.equal(code, 90008, `not taken: ${worn}`);
    }
  });

  it('finds it in a URL, in JSON, in code and in a log, with whom it is used for', () => {
    const good = withEverySign();
    const used = { usedFor: undefined };
    const url = `https://console.tim.qq.com/v4/openim/sendmsg?sdkappid=1400000001&identifier=ad%6Din&usersig=${encodeURIComponent(good)}&random=1`;
    const inUrl = examineUserSig(`POST ${url} HTTP/1.1`, { ...context, ...used });
    assert.deepEqual(inUrl.codes, [70014]);
    assert.ok(inUrl.findings.some(({ id, values }) => id === 'otherAccount' && values[1] === 'admin'));
    for (const text of [
      `{"SDKAppID":1400000000,"userID":"${ADMIN}","userSig":"${good}"}`,
      `{\\"userSig\\":\\"${good}\\"}`,
      `const userSig = '${good}';`,
      `2026-01-31 11:33:20 INFO login sdkAppId=1400000000 with ${good} ok`,
      `config => ['user_sig' => '${good}']`,
    ]) {
      assert.deepEqual(examineUserSig(text, { ...context, ...used }).codes, [], text);
    }
    assert.deepEqual(idsOf('https://x/v4/a/b?usersig=…&random=1'), ['leftOut']);
  });

  it('says when the clock of the service sees it otherwise', () => {
    const userSig = signed(world, { time: world.seconds - 86_000 });
    assert.ok(idsOf(userSig).includes('valid'));
    const late = examineUserSig(userSig, { ...context, clockOffsetMs: 600_000 });
    assert.deepEqual(late.codes, [70001, 20002]);
    assert.ok(late.findings.some(({ id, values }) => id === 'serviceClock' && values[0] === 600));
  });

  it('warns of lifetimes that were not meant so', () => {
    assert.ok(idsOf(signed(world, { expire: 300 })).includes('shortLived'));
    assert.ok(idsOf(signed(world, { expire: world.seconds + 86_400 })).includes('expireIsMoment'));
  });

  it('reads the generation before, which only its public key can prove', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const old = {
      'TLS.appid_at_3rd': '0',
      'TLS.account_type': '0',
      'TLS.identifier': ADMIN,
      'TLS.sdk_appid': '1400000000',
      'TLS.time': String(world.seconds),
      'TLS.expire_after': '86400',
    };
    const text = Object.entries(old)
      .map(([name, value]) => `${name}:${value}\n`)
      .join('');
    const sig = createSign('sha256').update(text).sign(privateKey, 'base64');
    const { findings, codes } = examineUserSig(encoded({ ...old, 'TLS.sig': sig }), context);
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['encoding', 'keyPair', 'app', 'account', 'keyPairUnknown', 'valid'],
    );
    assert.deepEqual(codes, []);
    const userSig = encoded({ ...old, 'TLS.sig': sig });
    const proved = examineUserSig(userSig, { ...context, publicKey });
    assert.deepEqual(proved.findings[4], { id: 'keyPairSigned', level: 'good', values: [], codes: [] });
    assert.deepEqual(proved.codes, []);
    const another = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey;
    const other = examineUserSig(userSig, { ...context, publicKey: another });
    assert.equal(other.findings[4]?.id, 'keyPairOther');
    assert.deepEqual(other.codes, [70009]);
  });

  it('reads the user buffer of both versions, and holds it against what is around it', () => {
    const api = new Api(1400000000, VECTOR_KEY) as unknown as {
      genPrivateMapKey(user: string, expire: number, room: number, privileges: number): string;
      genPrivateMapKeyWithStringRoomID(
        user: string,
        expire: number,
        room: string,
        privileges: number,
      ): string;
    };
    const signers = [signer('Published', 1400000000, VECTOR_KEY)];
    const now = { now: Date.now(), signers, usedFor: undefined };
    const byNumber = examineUserSig(api.genPrivateMapKey('alice', 86_400, 10000, 255), now);
    const byText = examineUserSig(api.genPrivateMapKeyWithStringRoomID('alice', 86_400, 'room-1', 8), now);
    const bufOf = ({ findings }: typeof byNumber) => findings.find(({ id }) => id === 'userBuf')?.values;
    assert.deepEqual(bufOf(byNumber)?.slice(0, 2), ['10000', 255]);
    assert.deepEqual(bufOf(byText)?.slice(0, 2), ['room-1', 8]);
    for (const { findings } of [byNumber, byText]) {
      assert.deepEqual(
        findings.filter(({ level }) => level !== 'good').map(({ id }) => id),
        ['userBuf'],
      );
    }
    // Version 0, account "bob", app 1400000001, room 1, ends at 1700000000, privileges 3, account type 0.
    const other = Buffer.from(
      '000003626f625372 4e01 00000001 6553f100 00000003 00000000'.replaceAll(' ', ''),
      'hex',
    );
    const odd = idsOf(encoded({ ...VECTOR, 'TLS.userbuf': other.toString('base64') }), now);
    for (const id of ['userBufAccount', 'userBufApp', 'userBufExpiry'] as const)
      assert.ok(odd.includes(id), id);
    assert.ok(idsOf(encoded({ ...VECTOR, 'TLS.userbuf': 'AAAD' }), now).includes('userBufBroken'));
  });

  it('says something of any text, and no finding holds a signature or a key', () => {
    const good = signed(world);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(good.length).map((end) => good.slice(0, end)),
        ),
        (text) => {
          const { findings } = examineUserSig(text, context);
          assert.ok(findings.length > 0);
          const said = JSON.stringify(findings);
          assert.ok(!said.includes(world.sandbox.secretKey));
          assert.ok(text.length < 30 || !said.includes(text));
        },
      ),
      runs(200, 5_000),
    );
    assert.ok(!JSON.stringify(context.signers).includes(world.sandbox.secretKey));
  });
});

/** Another letter at one place. */
function changed(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
