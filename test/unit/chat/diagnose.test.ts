import assert from 'node:assert/strict';
import { ChatClient } from '../../../src/chat/client';
import { diagnoseConnection, type ConnectionDiagnosis, type DiagnosisId } from '../../../src/chat/diagnose';
import { isAborted } from '../../../src/chat/errors';
import type { ChatApp, Credential } from '../../../src/chat/chatMessage';
import { makeUserSig } from '../../../src/chat/userSig';
import type { SandboxOptions } from '../../../src/sandbox/options';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { errorOf, ScriptedServer, SECRET } from './scriptedServer';

async function diagnose(app: ChatApp, credential: Credential): Promise<ConnectionDiagnosis> {
  const client = new ChatClient(app, credential);
  try {
    return await diagnoseConnection(client);
  } finally {
    client.dispose();
  }
}

const withKey = (secretKey: string): Credential => ({ kind: 'secretKey', secretKey });
const withSig = (userSig: string): Credential => ({ kind: 'userSig', userSig });

describe('chat: what is wrong with a connection', () => {
  let sandbox: RunningSandbox;

  async function start(options?: SandboxOptions): Promise<void> {
    sandbox = await startSandbox(options);
  }
  afterEach(() => sandbox.stop());

  it('is nothing, when it works', async () => {
    await start();
    const { app, secretKey } = sandbox;
    const found = await diagnose(app, withKey(secretKey));
    assert.deepEqual([found.id, found.code], ['ok', undefined]);
    assert.equal(typeof found.administratorImported, 'boolean');
    const sig = makeUserSig(app.sdkAppId, secretKey, app.administrator);
    assert.equal((await diagnose(app, withSig(sig))).id, 'ok');
  });

  it('is what is wrong with the key, the UserSig, the app or the administrator', async () => {
    await start();
    const { app, secretKey } = sandbox;
    const sig = (sdkAppId: number, user: string, expire = 86400) =>
      withSig(makeUserSig(sdkAppId, secretKey, user, expire));
    const old = Date.now;
    Date.now = () => old() - 3_600_000;
    const expired = sig(app.sdkAppId, app.administrator, 60);
    Date.now = old;
    const cases: [ChatApp, Credential, DiagnosisId, number][] = [
      [app, withKey(SECRET), 'wrongKey', 70009],
      [app, withSig('eJ_'), 'brokenUserSig', 70003],
      [app, sig(app.sdkAppId, 'somebody'), 'userSigOfOtherUser', 70013],
      [app, sig(app.sdkAppId + 1, app.administrator), 'userSigOfOtherApp', 70014],
      [app, expired, 'expiredUserSig', 70001],
      [{ ...app, administrator: 'alice' }, withKey(secretKey), 'notAdministrator', 70403],
      [{ ...app, sdkAppId: app.sdkAppId + 1 }, withKey(secretKey), 'appNotFound', 70020],
    ];
    for (const [there, credential, id, code] of cases) {
      const found = await diagnose(there, credential);
      assert.deepEqual([found.id, found.code], [id, code]);
    }
  });

  it('is the gateway saying no', async () => {
    await start({ settings: { adminCode: 'gateway' } });
    const { app, secretKey } = sandbox;
    const found = await diagnose({ ...app, administrator: 'alice' }, withKey(secretKey));
    assert.deepEqual([found.id, found.code], ['notAdministrator', 60010]);
  });
});

describe('chat: what is wrong with an endpoint', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  it('is what the service says', async () => {
    const cases: [number, DiagnosisId][] = [
      [60026, 'wrongRegion'],
      [60021, 'addressNotAllowed'],
      [60028, 'quotaUsed'],
      [60020, 'appNotAvailable'],
      [60007, 'tooFrequent'],
      [60008, 'refused'],
    ];
    for (const [code, id] of cases) {
      server.answerWith(JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo: 'why' }));
      const found = await diagnoseConnection(server.client());
      assert.deepEqual([found.id, found.code, found.info], [id, code, 'why']);
    }
  });

  it('is the clock, when a new signature has expired already', async () => {
    const ahead = 2 * 86400;
    server.answer = (_, response) => {
      response.setHeader('Date', new Date(Date.now() + ahead * 1000).toUTCString());
      response.end('{"ActionStatus":"FAIL","ErrorCode":70001,"ErrorInfo":""}');
    };
    const found = await diagnoseConnection(server.client());
    assert.equal(found.id, 'clockOff');
    // In seconds; the answer may have been under way for some.
    assert.ok(Math.abs((found.clockOffset ?? 0) - ahead) <= 60);
  });

  it('is something else that answers, or nothing', async () => {
    server.answerWith('<html>Welcome</html>');
    const page = await diagnoseConnection(server.client());
    assert.deepEqual([page.id, page.reason], ['notTheService', 'notJson']);
    server.answer = (_, response) => response.writeHead(404).end();
    const missing = await diagnoseConnection(server.client());
    assert.deepEqual([missing.id, missing.status], ['notTheService', 404]);
    server.answerWith('{"hello":"world"}');
    assert.equal((await diagnoseConnection(server.client())).id, 'notTheService');

    const client = server.client();
    await server.stop();
    const again = new ChatClient(client.app, withKey(SECRET));
    assert.equal((await diagnoseConnection(again)).id, 'nothingListens');
    again.dispose();
    server = await ScriptedServer.start();
    const app = { sdkAppId: 1, administrator: 'a' };
    assert.equal(
      (await diagnose({ ...app, endpoint: 'https://no-such-host.invalid' }, withKey(SECRET))).id,
      'noNetwork',
    );
    assert.equal(
      (await diagnose({ ...app, endpoint: 'http://console.tim.qq.com' }, withKey(SECRET))).id,
      'insecure',
    );
  });

  it('is nobody’s fault when it is cancelled', async () => {
    assert.ok(isAborted(await errorOf(diagnoseConnection(server.client(), AbortSignal.abort()))));
  });
});
