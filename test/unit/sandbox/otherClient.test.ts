import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { encoded } from './world';

/** The client as its package has it; it comes without types. */
interface OtherClient {
  init(): void;
  request(service: string, command: string, body: unknown): Promise<{ data: Record<string, unknown> }>;
}
type OtherClientClass = new (config: Record<string, unknown>) => OtherClient;
/** What of its HTTP library is needed to give requests another address. */
interface Axios {
  readonly interceptors: {
    readonly request: {
      use(change: (config: { url: string }) => { url: string }): number;
      eject(id: number): void;
    };
  };
}

const SERVICE = 'https://console.tim.qq.com';
const PACKAGE = 'imsdk-restapi-nodejs-es6-sdk';
const packages = createRequire(__filename);
const Client = packages(PACKAGE) as OtherClientClass;
/** The very copy that the client uses. */
const axios = createRequire(packages.resolve(PACKAGE))('axios') as Axios;

/** A UserSig of the old generation, made here by the published signers' form. */
function signedByPair(
  sig: { app: string; identifier: string; time: number; expire: number },
  privateKey: KeyObject,
): string {
  const fields = {
    'TLS.appid_at_3rd': '0',
    'TLS.account_type': '0',
    'TLS.identifier': sig.identifier,
    'TLS.sdk_appid': sig.app,
    'TLS.time': String(sig.time),
    'TLS.expire_after': String(sig.expire),
  };
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const signature = createSign('sha256').update(text).sign(privateKey, 'base64');
  return encoded({ ...fields, 'TLS.sig': signature });
}

describe('sandbox: a client that others wrote', () => {
  let folder: string;
  let sandbox: RunningSandbox;
  let address: string;
  let redirected: number;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });

  function client(identifier = 'administrator', expireAfter = 86_400): OtherClient {
    const made = new Client({
      ...{ sdkAppid: '1400000000', identifier, accountType: '0', expireAfter },
      privateKeyPath: join(folder, 'private_key'),
    });
    made.init();
    return made;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'other-client-'));
    await writeFile(
      join(folder, 'private_key'),
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    sandbox = await startSandbox({
      seed: '{"Format": 1}',
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    });
    address = sandbox.url;
    redirected = axios.interceptors.request.use((config) => {
      assert.ok(config.url.startsWith(`${SERVICE}/v4/`), config.url);
      return { ...config, url: config.url.replace(SERVICE, address) };
    });
  });

  after(async () => {
    axios.interceptors.request.eject(redirected);
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('imports accounts, sends, reads, modifies and recalls, with nothing changed but its address', async () => {
    const other = client();
    const call = async (service: string, command: string, body: unknown): Promise<Record<string, unknown>> =>
      (await other.request(service, command, body)).data;
    const ok = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 };

    for (const Identifier of ['alice', 'bob']) {
      assert.deepEqual(
        await call('im_open_login_svc', 'account_import', {
          ...{ Identifier, Nick: 'A friend', FaceUrl: 'https://pictures.example/friend.png' },
        }),
        ok,
      );
    }
    const pair = { From_Account: 'alice', To_Account: 'bob' };
    const text = (Text: string): unknown => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
    const sent = await call('openim', 'sendmsg', { ...pair, MsgRandom: 1, MsgBody: text('hello') });
    const { MsgKey, MsgTime } = sent;
    assert.deepEqual(sent, { ...ok, MsgKey, MsgTime });

    const history = async (): Promise<Record<string, unknown>[]> => {
      const window = { MaxCnt: 10, MinTime: 0, MaxTime: 4_000_000_000 };
      const page = await call('openim', 'admin_getroammsg', { ...pair, ...window });
      assert.equal(page.Complete, 1);
      return page.MsgList as Record<string, unknown>[];
    };
    assert.deepEqual(
      (await history()).map((message) => [message.MsgKey, message.MsgBody]),
      [[MsgKey, text('hello')]],
    );

    assert.deepEqual(
      await call('openim', 'modify_c2c_msg', { ...pair, MsgKey, MsgBody: text('good morning') }),
      { ...ok, ErrorInfo: 'succeed' },
    );
    assert.deepEqual((await history())[0]?.MsgBody, text('good morning'));

    assert.equal((await call('openim', 'admin_msgwithdraw', { ...pair, MsgKey })).ErrorCode, 0);
    assert.equal((await history())[0]?.MsgFlagBits, 8);
  });

  const check = { CheckItem: [{ UserID: 'alice' }] };
  const codeOf = async (other: OtherClient): Promise<unknown> =>
    (await other.request('im_open_login_svc', 'account_check', check)).data.ErrorCode;

  it('refuses it when it is no administrator', async () => {
    assert.equal(await codeOf(client('alice')), 70403);
  });

  it('refuses UserSigs of another private key with 70009', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
    const path = join(folder, 'another_key');
    await writeFile(path, stranger.export({ type: 'pkcs8', format: 'pem' }).toString());
    const other = new Client({
      ...{ sdkAppid: '1400000000', identifier: 'administrator', accountType: '0', expireAfter: 86_400 },
      privateKeyPath: path,
    });
    assert.equal(await codeOf(other), 70009);
  });

  it('tells other accounts, other apps and expired ones apart', async () => {
    const time = Math.floor(Date.now() / 1000);
    const right = { app: '1400000000', identifier: 'administrator', time, expire: 60 };
    const code = async (sig: Partial<typeof right>): Promise<unknown> => {
      const userSig = signedByPair({ ...right, ...sig }, privateKey);
      const query = `sdkappid=1400000000&identifier=administrator&usersig=${userSig}&contenttype=json`;
      const answer = await fetch(`${sandbox.url}/v4/im_open_login_svc/account_check?${query}`, {
        ...{ method: 'POST', body: JSON.stringify(check) },
      });
      return ((await answer.json()) as { ErrorCode: number }).ErrorCode;
    };
    assert.equal(await code({}), 0);
    assert.equal(await code({ app: '1400000001' }), 70014);
    assert.equal(await code({ identifier: 'alice' }), 70013);
    assert.equal(await code({ time: time - 61 }), 70001);
    assert.equal(await code({ app: 'none' }), 70005);
  });

  it('refuses them with 70016 when the app has no public key', async () => {
    const without = await startSandbox({ seed: '{"Format": 1}' });
    address = without.url;
    try {
      assert.equal(await codeOf(client()), 70016);
    } finally {
      address = sandbox.url;
      await without.stop();
    }
  });
});
