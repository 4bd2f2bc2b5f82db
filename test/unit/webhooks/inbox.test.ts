import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { eventually } from '../../support/eventually';
import { beforeSend, InboxCase, post, SEGMENT } from './inboxCase';

const OK = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';

describe('inbox of webhooks', () => {
  let inbox: InboxCase;
  beforeEach(async () => {
    inbox = await InboxCase.make();
    await inbox.start();
  });
  afterEach(() => inbox.remove());

  /** Writes bytes as they are. Resolves with what came back until the connection ended. */
  function raw(...pieces: readonly (string | Buffer)[]): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(inbox.port, '127.0.0.1');
      let seen = '';
      socket.on('data', (data: Buffer) => (seen += data.toString()));
      socket.on('close', () => resolve(seen));
      // Who writes on into a connection that was ended gets an error; `close` follows.
      socket.on('error', () => undefined);
      for (const piece of pieces) socket.write(piece);
    });
  }

  const head = (length: string): string =>
    `POST /webhook/${SEGMENT}?CallbackCommand=X HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${length}\r\n\r\n`;

  it('allows everything when there is no rule, and keeps the body byte for byte', async () => {
    const body = Buffer.from(
      `{ "CallbackCommand":"C2C.CallbackBeforeSendMsg",\r\n  "MsgSeq": 12345678901234567890 }  `,
    );
    assert.deepEqual(await inbox.post(body), { status: 200, text: OK });
    const answered = await inbox.answered(1);
    assert.deepEqual(
      { how: answered.how, action: answered.action, status: answered.status, answer: answered.answer },
      { how: 'answered', action: 'allow', status: 200, answer: OK },
    );
    const reader = inbox.reader();
    await reader.refresh();
    assert.deepEqual(await reader.body(1), body);
    assert.equal(reader.list()[0]?.received.command, 'C2C.CallbackBeforeSendMsg');
  });

  it('keeps what is no JSON and no text', async () => {
    const body = Buffer.from([0xff, 0x00, 0x0a, 0x0a, 0xc3, 0x28]);
    assert.equal((await inbox.post(body, inbox.url('CallbackCommand=Some.New'))).status, 200);
    const reader = inbox.reader();
    await reader.refresh();
    assert.deepEqual(await reader.body(1), body);
    assert.equal(reader.list()[0]?.received.command, 'Some.New');
  });

  it('takes the command of the body when the query names none', async () => {
    await inbox.post(beforeSend('hi'), inbox.url(''));
    assert.equal((await inbox.kept())[0]?.received.command, 'C2C.CallbackBeforeSendMsg');
  });

  it('hears nobody who does not know the address, and keeps nothing of them', async () => {
    const base = `http://127.0.0.1:${inbox.port}`;
    for (const path of ['/', '/webhook', '/webhook/', `/webhook/${'0'.repeat(32)}`, `/webhook/${SEGMENT}/`]) {
      assert.equal((await post(`${base}${path}?CallbackCommand=X`, '{}')).status, 404, path);
    }
    assert.deepEqual(await inbox.kept(), []);
  });

  it('refuses web pages, foreign names and other methods', async () => {
    assert.equal((await inbox.post('{}', inbox.url(), { Origin: 'https://evil.example' })).status, 403);
    assert.equal((await inbox.post('{}', inbox.url(), { Origin: 'http://localhost' })).status, 403);
    assert.equal((await inbox.post('{}', inbox.url(), { Host: 'evil.example' })).status, 403);
    assert.equal((await post(inbox.url(), '', {}, 'GET')).status, 405);
    assert.deepEqual(await inbox.kept(), []);
  });

  it('is reached by the names of a tunnel that the person set', async () => {
    inbox.change({ hosts: ['abc-1234.tunnel.example'] });
    assert.equal((await inbox.post('{}', inbox.url(), { Host: 'ABC-1234.tunnel.example:443' })).status, 200);
    assert.equal((await inbox.post('{}', inbox.url(), { Host: 'x.tunnel.example' })).status, 403);
  });

  it('reads a body that comes in chunks and slowly', async () => {
    const socket = connect(inbox.port, '127.0.0.1');
    let seen = '';
    socket.on('data', (data: Buffer) => (seen += data.toString()));
    socket.write(head('Transfer-Encoding: chunked'));
    for (const letter of '{"a":"好"}') {
      const bytes = Buffer.from(letter);
      socket.write(`${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
      socket.write('\r\n');
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.write('0\r\n\r\n');
    await eventually(() => seen.includes(OK));
    socket.destroy();
    const reader = inbox.reader();
    await reader.refresh();
    assert.equal((await reader.body(1))?.toString(), '{"a":"好"}');
  });

  it('takes no body of more than 4 MB, and keeps nothing of it', async () => {
    // The system may throw the answer away when it ends a connection on which more was coming.
    const refused = /^(HTTP\/1\.1 413 |$)/;
    const answer = await raw(head('Content-Length: 5000000'), Buffer.alloc(1000, 'x'));
    assert.match(answer, refused);
    const pieces = Array.from({ length: 5 }, () =>
      Buffer.concat([Buffer.from('f4240\r\n'), Buffer.alloc(1_000_000), Buffer.from('\r\n')]),
    );
    const chunked = await raw(head('Transfer-Encoding: chunked'), ...pieces, '0\r\n\r\n');
    assert.match(chunked, refused);
    assert.deepEqual(await inbox.kept(), []);
    assert.equal((await inbox.post('{}')).status, 200);
  });

  it('keeps nothing of a body that was cut off', async () => {
    const socket = connect(inbox.port, '127.0.0.1');
    socket.write(head('Content-Length: 100') + '{"half":');
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    assert.equal((await inbox.post('{"whole":1}')).status, 200);
    await inbox.answered(1);
    assert.equal((await inbox.kept()).length, 1);
  });

  it('says what the signature is worth, and writes neither it nor the token', async () => {
    const token = 'xxxxyyyy';
    inbox.change({ token });
    const time = Math.floor(Date.now() / 1000);
    const sign = (at: number): string => createHash('sha256').update(`${token}${at}`).digest('hex');
    const send = (search: string): Promise<unknown> =>
      inbox.post('{}', inbox.url(`CallbackCommand=X&${search}`));
    await send(`Sign=${sign(time)}&RequestTime=${time}`);
    await send(`Sign=${sign(time - 1000)}&RequestTime=${time - 1000}`);
    await send(`Sign=${sign(time)}&RequestTime=${time + 1}`);
    await send(`RequestTime=${time}`);
    const kept = await inbox.kept();
    assert.deepEqual(
      kept.map(({ received }) => received.signature),
      ['missing', 'wrong', 'late', 'right'],
    );
    assert.ok(!JSON.stringify(kept).includes(sign(time)));
    assert.ok(!JSON.stringify(kept).includes(token));
    inbox.change({});
    await send('');
    assert.equal((await inbox.kept())[0]?.received.signature, 'notChecked');
  });

  it('goes on counting after it was started again, and forgets when it is cleared', async () => {
    await inbox.post('{"n":1}');
    await inbox.stop();
    await inbox.start();
    await inbox.post('{"n":2}');
    assert.deepEqual(
      (await inbox.kept()).map(({ received }) => received.number),
      [2, 1],
    );
    const reader = inbox.reader();
    await reader.refresh();
    inbox.clear();
    assert.ok(await reader.refresh());
    assert.deepEqual(reader.list(), []);
    await inbox.post('{"n":3}');
    await reader.refresh();
    assert.deepEqual(
      reader.list().map(({ received }) => received.number),
      [3],
    );
  });

  it('listens where it listened before, and is one in its folder', async () => {
    const { port } = inbox;
    const second = new Error('taken');
    await assert.rejects(
      inbox.start().catch((error: unknown) => Promise.reject(Object.assign(second, { cause: error }))),
    );
    assert.equal((second.cause as Error).name, 'InboxTakenError');
    await inbox.stop();
    await inbox.start();
    assert.equal(inbox.port, port);
  });
});
