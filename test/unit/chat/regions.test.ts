import assert from 'node:assert/strict';
import { checkEndpoint, regions } from '../../../src/chat/regions';

describe('chat: regions and endpoints', () => {
  it('knows every domain of the documentation, old and new', () => {
    const hosts = regions.flatMap(({ endpoint, standby }) => [endpoint, standby]);
    for (const host of [
      'console.tim.qq.com',
      'adminapisgp.im.qcloud.com',
      'adminapikr.im.qcloud.com',
      'adminapijpn.im.qcloud.com',
      'adminapiger.im.qcloud.com',
      'adminapiind.im.qcloud.com',
      'adminapiusa.im.qcloud.com',
      'adminapiidn.im.qcloud.com',
      'adminapiksa.im.qcloud.com',
      'adminapi.my-imcloud.com',
      'adminapisgp.my-imcloud.com',
      'adminapikr.my-imcloud.com',
      'adminapijpn.my-imcloud.com',
      'adminapiger.my-imcloud.com',
      'adminapiind.my-imcloud.com',
      'adminapiusa.my-imcloud.com',
      'adminapiidn.my-imcloud.com',
      'adminapiksa.my-imcloud.com',
    ]) {
      assert.ok(hosts.includes(`https://${host}`), host);
    }
    assert.equal(new Set(hosts).size, hosts.length);
    assert.equal(new Set(regions.map(({ id }) => id)).size, regions.length);
  });

  it('takes an endpoint as people type it', () => {
    const cases: [string, string][] = [
      ['https://console.tim.qq.com', 'https://console.tim.qq.com'],
      [' console.tim.qq.com ', 'https://console.tim.qq.com'],
      ['https://Console.Tim.QQ.com/', 'https://console.tim.qq.com'],
      ['https://example.com:8443', 'https://example.com:8443'],
      ['https://example.com/v4/openim/sendmsg?sdkappid=1&usersig=x', 'https://example.com'],
      ['http://127.0.0.1:18080', 'http://127.0.0.1:18080'],
      ['127.0.0.1:18080', 'http://127.0.0.1:18080'],
      ['localhost:18080', 'http://localhost:18080'],
      ['http://[::1]:18080/', 'http://[::1]:18080'],
      ['https://localhost', 'https://localhost'],
    ];
    for (const [text, endpoint] of cases) assert.deepEqual(checkEndpoint(text), { endpoint }, text);
  });

  it('says what is wrong with others', () => {
    const cases: [string, string][] = [
      ['', 'empty'],
      ['  ', 'empty'],
      ['not a url', 'notUrl'],
      ['ftp://example.com', 'notUrl'],
      ['https://', 'notUrl'],
      ['http://console.tim.qq.com', 'notHttps'],
      ['http://127.0.0.1.example.com', 'notHttps'],
      ['http://localhost.example.com', 'notHttps'],
      ['http://192.168.0.1', 'notHttps'],
      ['https://user:secret@example.com', 'credentials'],
      ['https://example.com/proxy', 'path'],
    ];
    for (const [text, problem] of cases) assert.deepEqual(checkEndpoint(text), { problem }, text);
  });
});
