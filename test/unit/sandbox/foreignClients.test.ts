import assert from 'node:assert/strict';
import { exchange } from './rawSocket';
import { seedOf, signed, World } from './world';

/** A request as a client puts it on the wire. */
interface Sent {
  /** Whose habit it is. */
  readonly client: string;
  readonly command: string;
  /** Names of the query in the client's order, and `random` as it writes it. */
  readonly query: readonly string[];
  readonly random?: string;
  /** Header lines after the request line; `{host}` and `{length}` are filled in. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Whether the body goes in chunks. */
  readonly chunked?: boolean;
  readonly code: number;
}

const JSON_UTF8 = 'Content-Type: application/json; charset=utf-8';
const FORM = 'Content-Type: application/x-www-form-urlencoded';

/**
 * How public clients of the service send: which headers, in which order and spelling, which members they always write. Put
 * together from what their HTTP libraries do and written anew.
 */
const sent: readonly Sent[] = [
  {
    client: 'Go, net/http: sorted query, zero values written, a line end behind the body',
    command: 'openim/sendmsg',
    query: ['contenttype', 'identifier', 'random', 'sdkappid', 'usersig'],
    headers: [
      ...['Host: {host}', 'User-Agent: Go-http-client/1.1', 'Content-Length: {length}'],
      ...['Content-Type: application/json', 'Accept-Encoding: gzip'],
    ],
    body:
      '{"SyncOtherMachine":0,"From_Account":"alice","To_Account":"bob","MsgLifeTime":60,"MsgSeq":0,"MsgRandom":4294967295,' +
      '"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"\\u003cb\\u003e from Go"}}],"ForbidCallbackControl":null}\n',
    code: 0,
  },
  {
    client: 'Go, resty: its own User-Agent, members that are empty',
    command: 'im_open_login_svc/account_import',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    headers: [
      ...[
        'Host: {host}',
        'User-Agent: go-resty/2.7.0 (https://github.com/go-resty/resty)',
        'Content-Length: {length}',
      ],
      ...['Accept: application/json', 'Content-Type: application/json', 'Accept-Encoding: gzip'],
    ],
    body: '{"UserID":"erin","Nick":"","FaceUrl":""}',
    code: 0,
  },
  {
    client: 'Java, OkHttp and Gson: UserSig first, nulls written',
    command: 'openim/sendmsg',
    query: ['usersig', 'identifier', 'sdkappid', 'random', 'contenttype'],
    headers: [
      ...[JSON_UTF8, 'Content-Length: {length}', 'Host: {host}', 'Connection: Keep-Alive'],
      ...['Accept-Encoding: gzip', 'User-Agent: okhttp/4.12.0'],
    ],
    body:
      '{"SyncOtherMachine":2,"From_Account":"alice","To_Account":"bob","MsgRandom":7,"MsgTimeStamp":null,"OfflinePushInfo":null,' +
      '"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"a\\":1}","Desc":null,"Ext":"","Sound":null}}]}',
    code: 0,
  },
  {
    client: 'Java, HttpURLConnection: a form by its Content-Type, JSON by its body',
    command: 'openim/querystate',
    query: ['usersig', 'identifier', 'sdkappid', 'random', 'contenttype'],
    headers: [
      ...[FORM, 'User-Agent: Java/1.8.0_202', 'Host: {host}'],
      ...['Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'Connection: keep-alive'],
      'Content-Length: {length}',
    ],
    body: '{"To_Account":["alice","bob"]}',
    code: 0,
  },
  {
    client: 'Java, java.net.http: asks for HTTP/2 over plain text',
    command: 'profile/portrait_set',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    headers: [
      ...['Connection: Upgrade, HTTP2-Settings', 'Content-Length: {length}', 'Host: {host}'],
      ...['HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA', 'Upgrade: h2c'],
      ...['User-Agent: Java-http-client/17.0.15', 'Content-Type: application/json'],
    ],
    body: '{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"爱丽丝"}]}',
    code: 0,
  },
  {
    client: 'PHP, Guzzle: slashes and letters escaped',
    command: 'openim/importmsg',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    headers: [
      ...[
        'Content-Length: {length}',
        'User-Agent: GuzzleHttp/7',
        'Content-Type: application/json',
        'Host: {host}',
      ],
    ],
    body:
      '{"SyncFromOldSystem":2,"From_Account":"alice","To_Account":"bob","MsgRandom":9,"MsgTimeStamp":1769859000,' +
      '"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"https:\\/\\/example.com \\u4f60\\u597d"}}]}',
    code: 0,
  },
  {
    client: 'PHP, curl: a form by its Content-Type, waits for leave to send, random of eleven digits',
    command: 'sns/friend_add',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    random: '99999999999',
    headers: ['Host: {host}', 'Accept: */*', FORM, 'Content-Length: {length}', 'Expect: 100-continue'],
    body: '{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_PHP"}]}',
    code: 0,
  },
  {
    client: 'Python, requests: blanks behind commas and colons, letters escaped',
    command: 'openim/batchsendmsg',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    headers: [
      ...[
        'Host: {host}',
        'User-Agent: python-requests/2.31.0',
        'Accept-Encoding: gzip, deflate',
        'Accept: */*',
      ],
      ...['Connection: keep-alive', 'Content-Length: {length}', 'Content-Type: application/json'],
    ],
    body:
      '{"SyncOtherMachine": 2, "To_Account": ["bob", "carol"], "MsgRandom": 3, "MsgBody": ' +
      '[{"MsgType": "TIMTextElem", "MsgContent": {"Text": "\\u4f60\\u597d"}}]}',
    code: 0,
  },
  {
    client: 'Python, urllib: closes the connection, a form by its Content-Type',
    command: 'im_open_login_svc/kick',
    query: ['identifier', 'sdkappid', 'usersig', 'contenttype', 'random'],
    headers: [
      ...['Accept-Encoding: identity', FORM, 'Content-Length: {length}', 'Host: {host}'],
      ...['User-Agent: Python-urllib/3.11', 'Connection: close'],
    ],
    body: '{"Identifier": "alice"}',
    code: 0,
  },
  {
    client: 'Node, axios: a random with a fraction, the old name of a list',
    command: 'im_open_login_svc/multiaccount_import',
    query: ['usersig', 'identifier', 'sdkappid', 'contenttype', 'random'],
    random: '1234567.89',
    headers: [
      ...[
        'Accept: application/json, text/plain, */*',
        'Content-Type: application/json',
        'User-Agent: axios/1.6.8',
      ],
      ...['Content-Length: {length}', 'Accept-Encoding: gzip, compress, deflate, br', 'Host: {host}'],
      'Connection: close',
    ],
    body: '{"Accounts":["frank","grace"]}',
    code: 0,
  },
  {
    client: 'Node, fetch of a stream: in chunks',
    command: 'sns/friend_get',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    headers: [
      ...['host: {host}', 'connection: keep-alive', 'content-type: application/json', 'accept: */*'],
      ...['accept-language: *', 'sec-fetch-mode: cors', 'user-agent: node', 'transfer-encoding: chunked'],
    ],
    chunked: true,
    body: '{"From_Account":"alice","StartIndex":0,"StandardSequence":0,"CustomSequence":0}',
    code: 0,
  },
  {
    client: 'PHP with numbers as strings: refused, as the type of each field is documented',
    command: 'openim/sendmsg',
    query: ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'],
    headers: ['Host: {host}', 'Accept: */*', FORM, 'Content-Length: {length}'],
    body: '{"To_Account":"bob","MsgRandom":"1287657","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}',
    code: 90005,
  },
];

describe('sandbox: requests as clients of many languages send them', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ seed: seedOf({ users: ['alice', 'bob', 'carol'] }) });
  });
  afterEach(() => world.stop());

  for (const { client, command, query, random = '12345', headers, body, chunked = false, code } of sent) {
    it(client, async () => {
      const values: Record<string, string> = {
        ...{ sdkappid: '1400000000', identifier: 'administrator', contenttype: 'json' },
        ...{ usersig: signed(world), random },
      };
      const pairs = query.map((name) => `${name}=${encodeURIComponent(values[name] ?? '')}`);
      const { port } = world.sandbox;
      const length = Buffer.byteLength(body);
      const lines = headers.map((line) =>
        line.replace('{host}', `127.0.0.1:${port}`).replace('{length}', String(length)),
      );
      const isClosed = headers.some((line) => /^connection: close$/i.test(line));
      const framed = chunked ? `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
      // What follows ends the connection, so that all of its answers are there.
      const end = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
      const text = `POST /v4/${command}?${pairs.join('&')} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${framed}`;
      const answer = await exchange(port, isClosed ? text : text + end);
      const first = /\{"ActionStatus":.*?"ErrorCode":(\d+)/.exec(answer);
      assert.equal(first?.[1], String(code), answer);
      const [call] = world.sandbox.sandbox.calls.list(command).calls;
      assert.equal(call?.request.trim(), body.trim(), 'all of it arrived');
    });
  }
});
