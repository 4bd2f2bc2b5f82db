import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { ChatClient, type Exchange } from '../../../src/chat/client';
import { ChatNetworkError, ChatServiceError, isAborted, type NetworkReason } from '../../../src/chat/errors';
import { decodeUserSig, isSignedWith } from '../../../src/chat/userSig';
import { errorOf, ScriptedServer, SECRET } from './scriptedServer';

const OK = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';

function networkError(error: unknown, reason: NetworkReason, outcomeUnknown: boolean): ChatNetworkError {
  assert.ok(ChatNetworkError.is(error), inspect(error));
  assert.deepEqual([error.reason, error.outcomeUnknown], [reason, outcomeUnknown], error.message);
  return error;
}

describe('chat: transport', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  it('POSTs the body byte for byte, with the five parameters of the query', async () => {
    const body = '{ "a" : 12345678901234567, "b":"\\/你好 \\ud83d" }';
    await server.client().call('openim/sendmsg', body);
    const [request] = server.received;
    assert.ok(request);
    assert.equal(request.body, body);
    assert.equal(request.url.pathname, '/v4/openim/sendmsg');
    const query = Object.fromEntries(request.url.searchParams);
    assert.deepEqual(Object.keys(query), ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype']);
    assert.deepEqual(
      [query.sdkappid, query.identifier, query.contenttype],
      ['1400000000', 'administrator', 'json'],
    );
    assert.match(query.random ?? '', /^\d{1,10}$/);
    const userSig = decodeUserSig(query.usersig ?? '');
    assert.ok(userSig && isSignedWith(userSig, SECRET));
  });

  it('draws random as any unsigned 32-bit number', async () => {
    const client = server.client();
    for (let i = 0; i < 40; i++) await client.call('openim/x', '{}');
    const drawn = server.received.map(({ url }) => Number(url.searchParams.get('random')));
    assert.ok(drawn.every((n) => Number.isInteger(n) && n >= 0 && n <= 0xffff_ffff));
    assert.equal(new Set(drawn).size, 40);
    // The chance that a fair draw stays below 2^31 forty times is 10^-12.
    assert.ok(drawn.some((n) => n > 0x7fff_ffff));
  });

  it('carries any administrator in the query, whatever its characters', async () => {
    for (const administrator of [
      'a/b?c&d=e#f',
      '100%',
      ' two  spaces ',
      '用户',
      '..',
      '+*~',
      '😀'.repeat(8),
    ]) {
      const client = new ChatClient(
        { endpoint: server.url, sdkAppId: 1, administrator },
        { kind: 'userSig', userSig: 'eJ+/=' },
      );
      await client.call('openim/x', '{}');
      client.dispose();
      const query = server.received.at(-1)?.url.searchParams;
      assert.deepEqual([query?.get('identifier'), query?.get('usersig')], [administrator, 'eJ+/=']);
    }
  });

  it('keeps its connection', async () => {
    const client = server.client();
    for (let i = 0; i < 5; i++) await client.call('openim/x', '{}');
    assert.equal(new Set(server.received.map(({ from }) => from)).size, 1);
  });

  it('reads text in UTF-8 that arrives in pieces, cut within a character', async () => {
    const text = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"你好 😀"}';
    const bytes = Buffer.from(text);
    server.answer = (_, response) => {
      const cut = bytes.indexOf('😀') + 2;
      response.write(bytes.subarray(0, cut));
      setTimeout(() => response.end(bytes.subarray(cut)), 20);
    };
    assert.equal(await server.client().call('openim/x', '{}'), text);
  });

  it('tells what the service answered from what the network did', async () => {
    server.answerWith('{"ActionStatus":"FAIL","ErrorInfo":"MsgBody is not array","ErrorCode":90007}');
    const error = await errorOf(server.client().call('openim/modify_c2c_msg', '{}'));
    assert.ok(ChatServiceError.is(error));
    assert.deepEqual(
      [error.code, error.info, error.command],
      [90007, 'MsgBody is not array', 'openim/modify_c2c_msg'],
    );
    assert.equal(ChatNetworkError.is(error), false);
  });

  it('is content with an envelope without ErrorInfo, and with unknown members', async () => {
    for (const text of [
      '{"ActionStatus":"OK","ErrorCode":0}',
      ' {"ErrorCode":0,"RequestId":"x","Deep":[{"a":[]}]}\n',
      '\ufeff{"ErrorCode":0}',
    ]) {
      server.answerWith(text);
      await server.client().call('openim/x', '{}');
    }
    server.answerWith('{"ErrorCode":20003}');
    const error = await errorOf(server.client().call('openim/x', '{}'));
    assert.ok(ChatServiceError.is(error) && error.info === '');
  });

  it('names an answer that is none', async () => {
    const cases: [string, NetworkReason][] = [
      ['<html>502 Bad Gateway</html>', 'notJson'],
      ['', 'notJson'],
      ['{"ActionStatus":"OK","ErrorCode":0', 'notJson'],
      ['{"ErrorCode":0} extra', 'notJson'],
      ['{"ErrorCode":0,"a":[1,]}', 'notJson'],
      ['[]', 'malformed'],
      ['null', 'malformed'],
      ['"OK"', 'malformed'],
      ['{}', 'malformed'],
      ['{"ErrorCode":"0"}', 'malformed'],
      ['{"ErrorCode":0.5}', 'malformed'],
      ['{"ActionStatus":"FAIL","ErrorCode":0}', 'malformed'],
    ];
    for (const [text, reason] of cases) {
      server.answerWith(text);
      networkError(await errorOf(server.client().call('openim/sendmsg', '{}')), reason, true);
    }
  });

  it('refuses bytes that are not UTF-8 instead of replacing them', async () => {
    server.answer = (_, response) =>
      response.end(Buffer.from('{"ErrorCode":0,"ErrorInfo":"\xc4\xe3"}', 'latin1'));
    networkError(await errorOf(server.client().call('openim/x', '{}')), 'notJson', true);
  });

  it('reports the HTTP status, and follows no redirect with its signature', async () => {
    for (const [status, unknown] of [
      [502, true],
      [500, true],
      [404, false],
      [302, false],
    ] as const) {
      server.answer = (_, response) => response.writeHead(status, { Location: '/elsewhere' }).end('<html>');
      const before = server.received.length;
      const error = networkError(
        await errorOf(server.client().call('openim/x', '{}')),
        'httpStatus',
        unknown,
      );
      assert.equal(error.status, status);
      assert.equal(server.received.length, before + 1);
    }
  });

  it('notices a connection that breaks, before, within and after the head of the answer', async () => {
    const breaks: ScriptedServer['answer'][] = [
      (_, __, socket) => socket.destroy(),
      (_, __, socket) => socket.resetAndDestroy(),
      (_, response, socket) => {
        response.writeHead(200, { 'Content-Length': OK.length });
        response.write(OK.slice(0, 10), () => socket.destroy());
      },
      (_, response, socket) => {
        response.writeHead(200);
        response.write(OK.slice(0, 10), () => socket.destroy());
      },
    ];
    for (const answer of breaks) {
      server.answer = answer;
      networkError(await errorOf(server.client().call('openim/modify_c2c_msg', '{}')), 'dropped', true);
    }
    // Sent once each: whether a broken modification was carried out has to be looked up, not tried again.
    assert.equal(server.received.length, breaks.length);
  });

  it('reads once more when a kept connection turns out to be closed, but never writes twice', async () => {
    const client = server.client();
    let broken = false;
    const unread = '{"ErrorCode":0,"AllC2CUnreadMsgNum":3}';
    server.answer = (_, response, socket) => {
      if (broken) response.end(unread);
      else socket.destroy();
      broken = true;
    };
    assert.equal((await client.unread('alice')).total, 3);
    assert.equal(server.received.length, 2);
  });

  it('speaks of something that is not HTTP', async () => {
    const raw = createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(raw.address() as AddressInfo).port}`;
    const client = new ChatClient(
      { endpoint, sdkAppId: 1, administrator: 'a' },
      { kind: 'userSig', userSig: 'eJ' },
    );
    networkError(await errorOf(client.call('openim/x', '{}')), 'notJson', true);
    client.dispose();
    raw.close();
  });

  it('tells an unreachable machine, an unknown one, and plain http to another one apart', async () => {
    const { url } = server;
    await server.stop();
    const call = async (endpoint: string) => {
      const client = new ChatClient(
        { endpoint, sdkAppId: 1, administrator: 'a' },
        { kind: 'userSig', userSig: 'eJ' },
      );
      const error = await errorOf(client.call('openim/x', '{}'));
      client.dispose();
      return error;
    };
    const refused = networkError(await call(url), 'unreachable', false);
    assert.equal(refused.detail, 'ECONNREFUSED');
    networkError(await call('https://no-such-host.invalid'), 'unknownHost', false);
    networkError(await call('http://console.tim.qq.com'), 'insecure', false);
    server = await ScriptedServer.start();
  });

  it('gives up after its timeout, which is never below the 3 s of the service', async () => {
    server.answer = () => undefined;
    const client = server.client({ timeoutMs: 5 });
    let patientGaveUp = false;
    const patient = errorOf(server.client({ timeoutMs: 30_000 }).call('openim/x', '{}')).then(
      () => (patientGaveUp = true),
    );
    const started = performance.now();
    networkError(await errorOf(client.call('openim/x', '{}')), 'timeout', true);
    const took = performance.now() - started;
    assert.ok(took > 2990, `${took} ms`);
    // Whoever has more time waits on: on a machine that stalls both are late, and the one with less comes first.
    assert.equal(patientGaveUp, false);
    // An answer that starts and never ends counts from the start, too.
    server.answer = (_, response) => response.write('{');
    networkError(await errorOf(client.call('openim/x', '{}')), 'timeout', true);
    await server.stop();
    await patient;
    server = await ScriptedServer.start();
  });

  it('stops at once when it is aborted: before, during, and when the client is disposed', async () => {
    server.answer = () => undefined;
    const client = server.client();
    const before = await errorOf(client.call('openim/x', '{}', AbortSignal.abort()));
    networkError(before, 'aborted', false);
    assert.ok(isAborted(before));
    assert.equal(server.received.length, 0);

    const controller = new AbortController();
    // Once it has been sent, whenever that is.
    server.answer = () => controller.abort();
    networkError(await errorOf(client.call('openim/x', '{}', controller.signal)), 'aborted', true);

    server.answer = () => client.dispose();
    networkError(await errorOf(client.call('openim/x', '{}')), 'aborted', true);
    networkError(await errorOf(client.call('openim/x', '{}')), 'aborted', false);
  });

  it('leaves no listener on a signal that many calls share', async () => {
    const { signal } = new AbortController();
    let listening = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listening++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listening--;
      remove(...args);
    };
    const client = server.client();
    for (let i = 0; i < 5; i++) await client.call('openim/x', '{}', signal);
    assert.equal(listening, 0);
  });

  it('signs anew and tries once more when the UserSig has expired, and only then', async () => {
    const expired = '{"ActionStatus":"FAIL","ErrorCode":70001,"ErrorInfo":"expired"}';
    server.answerWith(expired, OK);
    await server.client().call('openim/x', '{}');
    assert.equal(server.received.length, 2);

    server.answerWith(expired);
    const error = await errorOf(server.client().call('openim/x', '{}'));
    assert.ok(ChatServiceError.is(error) && error.code === 70001);
    assert.equal(server.received.length, 4);

    const app = { endpoint: server.url, sdkAppId: 1, administrator: 'a' };
    const ready = new ChatClient(app, { kind: 'userSig', userSig: 'eJ' });
    assert.ok(ChatServiceError.is(await errorOf(ready.call('openim/x', '{}'))));
    ready.dispose();
    assert.equal(server.received.length, 5);
  });

  it('tells of every exchange, without the signature', async () => {
    const exchanges: Exchange[] = [];
    const client = server.client({ onExchange: (exchange) => exchanges.push(exchange) });
    await client.call('openim/a', '{"a":1}');
    server.answer = (_, response) => response.writeHead(502).end('bad');
    await errorOf(client.call('openim/b', '{}'));
    server.answerWith('not json');
    await errorOf(client.call('openim/c', '{}'));
    const [first, second, third] = exchanges;
    assert.ok(first && second && third && exchanges.length === 3);
    assert.deepEqual(
      [first.command, first.requestBody, first.responseBody, first.status, first.error],
      ['openim/a', '{"a":1}', OK, 200, undefined],
    );
    assert.ok(first.durationMs > 0);
    assert.match(
      first.url,
      /^http:\/\/127\.0\.0\.1:\d+\/v4\/openim\/a\?.*usersig=…&random=\d+&contenttype=json$/,
    );
    assert.deepEqual([second.status, second.responseBody], [502, undefined]);
    assert.deepEqual([third.status, third.responseBody], [200, 'not json']);
    assert.ok(ChatNetworkError.is(third.error));
  });

  it('lets no secret out: not in errors, not in exchanges, even if the server echoes it', async () => {
    const seen: unknown[] = [];
    const client = server.client({ onExchange: (exchange) => seen.push(exchange) });
    const answers: ScriptedServer['answer'][] = [
      ({ url }, response) => {
        const info = `${url.searchParams.get('usersig')} ${SECRET}`;
        response.end(JSON.stringify({ ErrorCode: 90001, ErrorInfo: info, Query: url.search }));
      },
      (_, response) => response.writeHead(502).end(),
      (_, response) => response.end('<html>'),
      (_, __, socket) => socket.destroy(),
    ];
    for (const answer of answers) {
      server.answer = answer;
      seen.push(await errorOf(client.call('openim/modify_c2c_msg', '{}')));
    }
    const userSig = server.received[0]?.url.searchParams.get('usersig') ?? '';
    assert.ok(userSig.length > 50);
    const text = seen
      .map(
        (thing) =>
          inspect(thing, { depth: 20, showHidden: true }) +
          (thing instanceof Error ? String(thing.stack) : ''),
      )
      .join('\n');
    assert.ok(text.includes('modify_c2c_msg'));
    assert.ok(!text.includes(userSig), 'the UserSig got out');
    assert.ok(!text.includes(SECRET), 'the secret key got out');
  });

  it('knows how far the clock of the service is ahead', async () => {
    const client = server.client();
    assert.equal(server.client().clockOffsetMs, undefined);
    server.answer = (_, response) => {
      response.setHeader('Date', new Date(Date.now() + 3_600_000).toUTCString());
      response.end(OK);
    };
    await client.call('openim/x', '{}');
    const offset = client.clockOffsetMs;
    // The answer may have been under way for a while.
    assert.ok(offset !== undefined && Math.abs(offset - 3_600_000) < 60_000);
  });
});
