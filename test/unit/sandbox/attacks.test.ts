import assert from 'node:assert/strict';
import { BodyBuffer } from '../../../src/http/bodyBuffer';
import { eventually } from '../../support/eventually';
import { answersIn, exchange, RawConnection } from './rawSocket';
import { seedOf, signed, TEXT, World } from './world';

const MB = 1024 * 1024;

/** Limits that are reached soon. The shipped ones differ in their numbers only. */
const tight = {
  bodyBytes: 64 * 1024,
  bodyBytesTogether: 160 * 1024,
  connections: 20,
  waiting: 5,
};
/** Those of time: only for what is about them, since a machine that stalls reaches them whatever is sent. */
const hurried = { ...tight, headersMs: 300, requestMs: 600, keepAliveMs: 300, patienceMs: 300, lookMs: 50 };

describe('sandbox: attacks on the front door', () => {
  let world: World;
  let open: RawConnection[];

  const start = async (httpLimits: typeof tight): Promise<void> => {
    world = await World.start({
      seed: seedOf({ users: ['alice', 'bob'] }),
      settings: { limits: false },
      httpLimits,
    });
    open = [];
  };
  const stop = async (): Promise<void> => {
    for (const connection of open) connection.close();
    await world.stop();
  };

  async function connect(): Promise<RawConnection> {
    const connection = await RawConnection.open(world.sandbox.port);
    open.push(connection);
    return connection;
  }

  function send(random: number): { line: string; body: string; whole: string } {
    const query = new URLSearchParams({
      ...{ sdkappid: '1400000000', identifier: 'administrator', random: '1', contenttype: 'json' },
      usersig: signed(world),
    });
    const line = `POST /v4/openim/sendmsg?${query.toString()} HTTP/1.1`;
    const message = { From_Account: 'alice', To_Account: 'bob', MsgRandom: random, MsgBody: TEXT };
    const body = JSON.stringify(message);
    return {
      line,
      body,
      whole: `${line}\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    };
  }

  const stored = (): number => world.sandbox.store.conversation('alice', 'bob')?.size ?? 0;

  /** After whatever happened, a client is served as before; one that is in a hurry may be late on a machine that stalls. */
  async function isWell(): Promise<void> {
    const before = stored();
    const message = { From_Account: 'alice', To_Account: 'bob', MsgRandom: 1, MsgBody: TEXT };
    await eventually(
      async () => (await world.call('openim/sendmsg', message).catch(() => undefined))?.code === 0,
      'a client to be served',
    );
    assert.equal(stored(), before + 1);
  }

  describe('that take their time', () => {
    beforeEach(() => start(hurried));
    afterEach(stop);

    it('a connection that says nothing, or trickles its headers, is ended with the code for being late', async () => {
      const silent = await connect();
      assert.match(await silent.ended(), /^(HTTP\/1\.1 200 OK[^]*"ErrorCode":60008[^]*)?$/);
      const slow = await connect();
      const text = send(1).whole;
      let at = 0;
      const timer = setInterval(() => slow.send(text.slice(at, ++at)), 30);
      const answer = await slow.ended().finally(() => clearInterval(timer));
      assert.match(answer, /"ErrorCode":60008/);
      assert.equal(answersIn(answer), 1);
      assert.equal(stored(), 0);
      await isWell();
    });

    it('so is a body that trickles, and the half of it is not carried out', async () => {
      const slow = await connect();
      const { line, body } = send(1);
      slow.send(`${line}\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`);
      let at = 0;
      const timer = setInterval(() => slow.send(body.slice(at, ++at)), 40);
      const answer = await slow.ended().finally(() => clearInterval(timer));
      assert.match(answer, /"ErrorCode":60008/);
      assert.equal(stored(), 0);
      await isWell();
    });

    it('a client that does not read its answer does not keep the connection', async () => {
      const accounts = Array.from({ length: 60_000 }, (_none, index) => `user-with-a-long-name-${index}`);
      await world.control('POST', 'seed', '{"Format":1}');
      for (const userId of accounts) world.sandbox.store.change({ kind: 'account', userId, profile: {} });
      const slow = await connect();
      slow.pause();
      // The answer is longer than what the system takes for a client that reads nothing.
      for (let turn = 0; turn < 4; turn++)
        slow.send('GET /sandbox/snapshot HTTP/1.1\r\nHost: localhost\r\n\r\n');
      // Writing to a connection that is gone is how one notices without reading.
      const timer = setInterval(() => slow.send('x'), 50);
      const received = await slow.ended().finally(() => clearInterval(timer));
      assert.ok(answersIn(received) < 4);
      await world.control('POST', 'reset');
      await isWell();
    });

    it('an idle connection is closed', async () => {
      const idle = await connect();
      idle.send(send(1).whole);
      assert.equal(answersIn(await idle.ended()), 1);
      assert.equal(stored(), 1);
    });

    it('calls of one connection that wait are bounded, and those behind them are not mixed up', async () => {
      await world.control('POST', 'faults', { command: 'openim/sendmsg', kind: 'stall' });
      const flood = await connect();
      flood.send(send(1).whole.repeat(10));
      assert.equal(await flood.ended(), '');
      const mixed = await connect();
      // Were the refusal of the second written now, it would be taken for the answer of the first.
      mixed.send(`${send(2).whole}nonsense\r\n\r\n`);
      assert.equal(await mixed.ended(), '');
      await world.control('DELETE', 'faults');
      await isWell();
    });
  });

  describe('of other kinds', () => {
    beforeEach(() => start(tight));
    afterEach(stop);

    it('connections above the limit are turned away, and there is room again when others end', async () => {
      const clients = await Promise.all(Array.from({ length: 40 }, () => connect()));
      let ended = 0;
      for (const client of clients) void client.ended().then(() => (ended += 1));
      await eventually(() => ended >= 20, 'twenty to be turned away');
      assert.equal(ended, 20);
      for (const client of clients) client.close();
      await isWell();
    });

    it('a request that can be read in two ways is not carried out at all, and nothing hides behind it', async () => {
      const { line, body } = send(1);
      const host = 'Host: localhost';
      const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
      const length = `Content-Length: ${body.length}`;
      const hidden = send(2).whole;
      const requests = [
        [line, host, length, 'Content-Length: 5', '', body],
        [line, host, length, length, '', body],
        [line, host, `${length}, 5`, '', body],
        [line, host, `Content-Length: +${body.length}`, '', body],
        [line, host, 'Content-Length: -1', '', body],
        [line, host, `Content-Length: 0x${body.length.toString(16)}`, '', body],
        [line, host, `Content-Length : ${body.length}`, '', body],
        [line, host, length, 'Transfer-Encoding: chunked', '', chunked],
        [line, host, 'Transfer-Encoding: chunked', length, '', chunked],
        [line, host, 'Transfer-Encoding: chunked, identity', '', chunked],
        [line, host, 'Transfer-Encoding: xchunked', '', chunked],
        [line, host, 'Transfer-Encoding : chunked', '', chunked],
        [line, host, 'Transfer-Encoding:\x0bchunked', '', chunked],
        [line, host, 'X: a\rContent-Length: 3', length, '', body],
        [line, host, 'X: a\0b', length, '', body],
        [line, ` ${host}`, length, '', body],
        [line, host, 'Transfer-Encoding: chunked', '', `${body.length.toString(16)};\n${body}\r\n0\r\n\r\n`],
        [line, host, 'Transfer-Encoding: chunked', '', `g\r\n${body}\r\n0\r\n\r\n`],
        [line, host, 'Transfer-Encoding: chunked', '', `-1\r\n${body}\r\n0\r\n\r\n`],
        [line, host, 'Transfer-Encoding: chunked', '', `ffffffffffffffffff\r\n${body}`],
      ];
      for (const parts of requests) {
        const answer = await exchange(world.sandbox.port, `${parts.join('\r\n')}${hidden}`);
        const shown = JSON.stringify(parts.slice(1, -2));
        assert.match(answer, /"ErrorCode":60002/, shown);
        assert.equal(answersIn(answer), 1, shown);
        assert.equal(stored(), 0, shown);
      }
      await isWell();
    });

    it('line ends of another kind are no HTTP', async () => {
      const { line, body } = send(1);
      for (const end of ['\n', '\r', '\n\r']) {
        const text = [line, 'Host: localhost', `Content-Length: ${body.length}`, '', body].join(end);
        assert.match(await exchange(world.sandbox.port, text), /"ErrorCode":60002/, JSON.stringify(end));
        assert.equal(stored(), 0);
      }
    });

    it('a flood of headers is refused, by number and by length', async () => {
      const { line, body } = send(1);
      const floods = [
        Array.from({ length: 101 }, (_none, index) => `x${index}: 1`),
        Array.from({ length: 5000 }, () => 'a:'),
        [`x: ${'a'.repeat(20_000)}`],
        [`Cookie: ${'a=b; '.repeat(4_000)}`],
      ];
      for (const flood of floods) {
        const head = [line, 'Host: localhost', ...flood, `Content-Length: ${body.length}`];
        assert.match(
          await exchange(world.sandbox.port, `${head.join('\r\n')}\r\n\r\n${body}`),
          /"ErrorCode":60002/,
        );
      }
      const endless = await connect();
      endless.send(`${line}\r\n`);
      const timer = setInterval(() => endless.send(`x: ${'a'.repeat(4_000)}\r\n`), 5);
      assert.match(await endless.ended().finally(() => clearInterval(timer)), /"ErrorCode":60002/);
      assert.equal(stored(), 0);
      await isWell();
    });

    it('a body that is too large is refused before it is read, announced or not', async () => {
      const { line } = send(1);
      const announced = await connect();
      announced.send(
        `${line}\r\nHost: localhost\r\nContent-Length: ${20 * MB}\r\nExpect: 100-continue\r\n\r\n`,
      );
      const answer = await announced.ended();
      assert.match(answer, /"ErrorInfo":"the body is too large","ErrorCode":60002/);
      assert.equal(answersIn(answer), 1, 'nobody was told to go on');
      const endless = await connect();
      endless.send(`${line}\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
      const timer = setInterval(() => endless.send(chunk), 5);
      assert.match(await endless.ended().finally(() => clearInterval(timer)), /"ErrorCode":60002/);
      await isWell();
    });

    it('many bodies at one time are bounded together, and free again when their clients have gone', async () => {
      const { line } = send(1);
      const head = `${line}\r\nHost: localhost\r\nContent-Length: 61440\r\n\r\n`;
      const clients = await Promise.all([connect(), connect(), connect()]);
      for (const client of clients) client.send(head + 'a'.repeat(60_000));
      const answers = await Promise.race(clients.map((client) => client.ended()));
      assert.match(answers, /too many large bodies/);
      for (const client of clients) client.close();
      const long = `${head}${' '.repeat(61_440)}`;
      for (let answer = ''; !answer.includes('"ErrorCode":90001');) {
        answer = await exchange(world.sandbox.port, long);
        assert.match(answer, /"ErrorCode":(90001|60002)/);
      }
      await isWell();
    });

    it('a body in pieces of one byte is put together, and costs its length and not a hundred times that', async () => {
      const { line, body } = send(1);
      const pieces = Array.from(`${body}${' '.repeat(500)}`, (character) => `1\r\n${character}\r\n`).join('');
      const text = `${line}\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${pieces}0\r\n\r\n`;
      assert.match(await exchange(world.sandbox.port, text), /"ErrorCode":0/);
      assert.equal(stored(), 1);
      const buffer = new BodyBuffer();
      for (let index = 0; index < 100_000; index++) buffer.add(Buffer.from([index % 251]));
      const whole = buffer.whole();
      assert.equal(whole.length, 100_000);
      assert.ok(whole.every((byte, index) => byte === index % 251));
      assert.ok(whole.buffer.byteLength <= 200_000, String(whole.buffer.byteLength));
    });

    it('a request that ends in the middle is answered, and not carried out', async () => {
      const { whole, body } = send(1);
      const head = whole.length - body.length;
      for (const end of [1, 10, head - 10, head - 3, head - 1, head, head + 1, whole.length - 1]) {
        assert.match(
          await exchange(world.sandbox.port, whole.slice(0, end)),
          /"ErrorCode":60002/,
          String(end),
        );
      }
      const broken = await connect();
      broken.send(whole.slice(0, -1));
      broken.close();
      assert.equal(stored(), 0);
      await isWell();
    });

    it('a tunnel that is asked for and broken before the answer breaks nothing else', async () => {
      for (let time = 0; time < 10; time++) {
        const tunnel = await connect();
        tunnel.send('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
        tunnel.reset();
      }
      await isWell();
    });

    it('what follows a whole call in the same packet is answered after it', async () => {
      const both = await connect();
      both.send(`${send(1).whole}nonsense\r\n\r\n`);
      const answers = await both.ended();
      assert.match(answers, /"ErrorCode":0[^]*"ErrorCode":60002/);
      assert.equal(stored(), 1);
    });

    it('10,000 levels are too long, and as many as fit are a message', async () => {
      const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
      const message = (MsgRandom: number, inner: string, cloud = ''): string =>
        `{"From_Account":"alice","To_Account":"bob","MsgRandom":${MsgRandom},"MsgBody":[{"MsgType":"TIMTextElem",` +
        `"MsgContent":{"Text":"x","More":${inner}}}]${cloud}}`;
      assert.equal((await world.call('openim/sendmsg', message(1, nested(10_000)))).code, 93000);
      assert.equal((await world.call('openim/sendmsg', message(2, nested(6_000)))).code, 0);
      const deep = `{"From_Account":"alice","To_Account":"bob","MsgRandom":3,"MsgBody":${nested(10_000)}}`;
      assert.equal((await world.call('openim/sendmsg', deep)).code, 90002);
      for (const name of ['CloudCustomData', 'OfflinePushInfo', 'To_Account']) {
        const body = message(4, '1').replace('"MsgBody"', `"${name}":${nested(10_000)},"MsgBody"`);
        assert.ok([90010, 90043, 90003].includes((await world.call('openim/sendmsg', body)).code), name);
      }
      const page = await world.call('openim/admin_getroammsg', {
        ...{ Operator_Account: 'alice', Peer_Account: 'bob', MaxCnt: 10, MinTime: 0, MaxTime: 4_000_000_000 },
      });
      assert.deepEqual([page.code, (page.json.MsgList as unknown[]).length], [0, 1]);
      const copy = world.sandbox.sandbox.snapshot();
      assert.equal((await world.control('POST', 'seed', copy)).status, 200);
    });
  });
});
