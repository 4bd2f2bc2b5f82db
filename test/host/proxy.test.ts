import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { testHandle } from '../support/testHandle';

describe('a proxy that the user set', () => {
  let proxy: Server;
  const asked: string[] = [];

  before(async () => {
    proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    await setProxy(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  });
  after(async () => {
    await setProxy(undefined);
    proxy.close();
  });

  function setProxy(url: string | undefined): Thenable<void> {
    return vscode.workspace.getConfiguration('http').update('proxy', url, vscode.ConfigurationTarget.Global);
  }

  it('is what the service is reached through', async () => {
    const { connections } = await testHandle();
    const { connection } = await connections.add(
      {
        name: 'Behind a proxy',
        endpoint: 'https://chat.behind-a-proxy.invalid',
        sdkAppId: 1400000001,
        administrator: 'administrator',
        environment: 'test',
        credentialKind: 'secretKey',
      },
      'a'.repeat(64),
    );
    try {
      const client = await connections.client(connection.id);
      await assert.rejects(client.accountCheck(['alice']));
      assert.deepEqual([...new Set(asked)], ['chat.behind-a-proxy.invalid:443']);
    } finally {
      await connections.remove(connection.id);
    }
  });
});
