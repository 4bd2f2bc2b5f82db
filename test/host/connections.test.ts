import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Connections } from '../../src/connections/connections';
import type { ConnectionDetails } from '../../src/connections/connection';
import type { MessageRef } from '../../src/chat/address';
import { makeUserSig } from '../../src/chat/userSig';
import { messageUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { testHandle } from '../support/testHandle';
import { fileText, startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';
import { Witness } from '../support/witness';

describe('connections in VS Code', () => {
  let host: HostSandbox;
  let app: ConnectionDetails;
  let added = 0;
  let connections: Connections;

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
    app = {
      name: 'App',
      endpoint: host.sandbox.url,
      sdkAppId: host.sandbox.app.sdkAppId,
      administrator: host.sandbox.app.administrator,
      environment: 'test',
      credentialKind: 'secretKey',
    };
  });
  after(() => host.stop());

  /** Adds a connection without its steps. Each has an administrator of its own unless told, since that makes its id. */
  async function add(details: Partial<ConnectionDetails>, secret: string): Promise<string> {
    added += 1;
    const { connection } = await connections.add({ ...app, name: `App ${added}`, ...details }, secret);
    const { id } = connection;
    assert.match(id, /^[0-9a-f]{16}$/);
    return id;
  }

  const test = (connectionId: string): Thenable<string> =>
    vscode.commands.executeCommand<string>('tencentChat.connection.test', { connectionId });

  async function listen(status: number, body: string): Promise<{ url: string; server: Server }> {
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  }

  it('work with the right key, and with a ready-made UserSig', async () => {
    const id = await add({}, host.sandbox.secretKey);
    assert.equal(await test(id), 'ok');
    const userSig = makeUserSig(app.sdkAppId, host.sandbox.secretKey, app.administrator);
    await connections.update(id, { ...app, name: 'By UserSig', credentialKind: 'userSig' }, userSig);
    assert.equal(await test(id), 'ok');
  });

  it('never take a key for a UserSig, which stands in every URL', async () => {
    const details = { administrator: 'keyed', credentialKind: 'userSig' } as const;
    const id = await add(details, host.sandbox.secretKey);
    const total = host.sandbox.sandbox.calls.list().total;
    await assert.rejects(connections.client(id), /is not on this machine/);
    assert.equal(await connections.trial({ ...app, ...details }, undefined, id), undefined);
    assert.equal(host.sandbox.sandbox.calls.list().total, total);
  });

  it('use a secret that another window gave them, and none that it removed', async () => {
    const { secrets } = await testHandle();
    const id = await add({ administrator: 'elsewhere' }, '0'.repeat(64));
    assert.equal(await test(id), 'wrongKey');
    await secrets.store(`tencentChat.secret.${id}`, host.sandbox.secretKey);
    await eventually(async () => (await test(id)) === 'notAdministrator', 'the new key to be used');
    await secrets.delete(`tencentChat.secret.${id}`);
    await eventually(
      () =>
        connections.client(id).then(
          () => false,
          () => true,
        ),
      'the key to be gone',
    );
  });

  it('tell what is wrong with the secret', async () => {
    const id = await add({ administrator: 'somebody' }, '0'.repeat(64));
    assert.equal(await test(id), 'wrongKey');
    await connections.setSecret(id, host.sandbox.secretKey);
    assert.equal(await test(id), 'notAdministrator', 'the new secret is used at once');
    const short = makeUserSig(app.sdkAppId, host.sandbox.secretKey, 'tired', 1);
    const tired = await add({ administrator: 'tired', credentialKind: 'userSig' }, short);
    // A UserSig lives for whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    assert.equal(await test(tired), 'expiredUserSig');
  });

  it('tell what is wrong with the endpoint', async () => {
    const html = await listen(200, '<html>Welcome to the hotel network</html>');
    const broken = await listen(502, 'Bad Gateway');
    try {
      assert.equal(await test(await add({ endpoint: html.url }, 'some secret key')), 'notTheService');
      assert.equal(await test(await add({ endpoint: broken.url }, 'some secret key')), 'notTheService');
    } finally {
      html.server.close();
      broken.server.close();
    }
    assert.equal(
      await test(await add({ endpoint: html.url, sdkAppId: 1 }, 'some secret key')),
      'nothingListens',
    );
    assert.equal(await test(await add({ sdkAppId: 1400009999 }, host.sandbox.secretKey)), 'appNotFound');
  });

  it('show the last requests without key and signature', async () => {
    const id = await add({ administrator: 'logged' }, host.sandbox.secretKey);
    await test(id);
    await vscode.commands.executeCommand('tencentChat.log.showExchanges');
    const text = await eventually(() => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.scheme === 'tencent-chat-log' ? shown.getText() : undefined;
    }, 'the last requests');
    assert.match(text, /POST http:\/\/127\.0\.0\.1:\d+\/v4\/im_open_login_svc\/account_check\?/);
    assert.match(text, /identifier=logged&usersig=…/);
    assert.match(text, /"CheckItem"/);
    assert.doesNotMatch(text, /usersig=[^…]/);
    assert.ok(!text.includes(host.sandbox.secretKey));
  });

  it('show the requests that came while these were covered as soon as they are looked at', async () => {
    const id = await add({ administrator: 'covered' }, host.sandbox.secretKey);
    await vscode.commands.executeCommand('tencentChat.log.showExchanges');
    const { document } = vscode.window.activeTextEditor!;
    // So that it is covered and not replaced.
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'another' }));
    assert.ok(!document.getText().includes('identifier=covered'));
    await test(id);
    await vscode.commands.executeCommand('tencentChat.log.showExchanges');
    await eventually(
      () => (vscode.window.activeTextEditor?.document.getText() ?? '').includes('identifier=covered'),
      'the request of a moment ago',
    );
    await test(id);
    await eventually(
      () => (vscode.window.activeTextEditor?.document.getText() ?? '').split('identifier=covered').length > 2,
      'the request that comes while they are looked at',
    );
  });

  it('are shown in the tree although VS Code reads it anew meanwhile', async () => {
    Witness.here.willGiveUpARow();
    const id = await vscode.commands.executeCommand<string>('tencentChat.sandbox.try');
    assert.equal(id, host.connectionId);
  });

  it('get the accounts that are named, one and several', async () => {
    const id = await vscode.commands.executeCommand<string>('tencentChat.sandbox.try');
    assert.equal(id, host.connectionId);
    const imported = async (userIds: string[]): Promise<boolean[]> => {
      await vscode.commands.executeCommand('tencentChat.account.import', { connectionId: id, userIds });
      return (await host.colleague.accountCheck(userIds)).map((account) => account.imported);
    };
    assert.deepEqual(await imported(['imported-1']), [true]);
    assert.deepEqual(await imported(['imported-2', 'imported-3']), [true, true]);
    const long = 'u'.repeat(33);
    await vscode.commands.executeCommand('tencentChat.account.import', {
      connectionId: id,
      userIds: ['not-imported', long],
    });
    const [account] = await host.colleague.accountCheck(['not-imported']);
    assert.equal(account?.imported, false, 'nothing when one of the names is none');
  });

  it('refuse a second one to the same app by the same administrator', async () => {
    await add({ administrator: 'twice' }, 'first secret');
    await assert.rejects(
      connections.add({ ...app, administrator: 'twice' }, 'second secret'),
      /same app by the same administrator/,
    );
  });
});

describe('a connection that is edited', () => {
  const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;
  let host: HostSandbox;
  let connections: Connections;
  let details: ConnectionDetails;

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
    details = {
      name: 'Edited',
      endpoint: host.sandbox.url,
      sdkAppId: host.sandbox.app.sdkAppId,
      administrator: host.sandbox.app.administrator,
      environment: 'sandbox',
      credentialKind: 'secretKey',
    };
  });
  after(() => host.stop());

  const openTabs = (): string[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? input.uri.toString() : [])),
    );

  async function type(ref: MessageRef, from: string, to: string): Promise<vscode.TextDocument> {
    await vscode.commands.executeCommand('vscode.open', messageUri(ref), { preview: false });
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    await replaceText(document, from, to);
    return document;
  }

  it('keeps its drafts, its journal and its open messages by another domain, and can undo what was done before', async () => {
    const { connection } = await connections.add(details, host.sandbox.secretKey);
    const at = (id: string, { address }: MessageRef): MessageRef => ({ connectionId: id, address });
    const [modified, saved, unsaved] = [
      at(connection.id, await host.send('alice', 'bob', { msgBody: body('one') })),
      at(connection.id, await host.send('alice', 'bob', { msgBody: body('two') })),
      at(connection.id, await host.send('alice', 'bob', { msgBody: body('three') })),
    ];
    await type(modified, 'one', 'one, changed');
    await vscode.commands.executeCommand('tencentChat.message.modify', messageUri(modified));
    assert.equal((await host.content(modified))?.msgBody, body('one, changed'));
    await (await type(saved, 'two', 'two, saved')).save();
    await type(unsaved, 'three', 'three, unsaved');

    const standby = host.sandbox.url.replace('127.0.0.1', 'localhost');
    assert.notEqual(standby, host.sandbox.url);
    const after = await connections.update(connection.id, { ...details, endpoint: standby }, undefined, true);
    const { id } = after.connection;
    assert.notEqual(id, connection.id);
    const wanted = [modified, saved, unsaved].map((ref) => messageUri(at(id, ref)).toString());
    await eventually(() => {
      const tabs = openTabs();
      return wanted.every((uri) => tabs.includes(uri)) && !tabs.some((uri) => uri.includes(connection.id));
    }, 'the tabs to follow');
    assert.match(await fileText(at(id, saved)), /two, saved/);
    assert.match(await fileText(at(id, unsaved)), /three, unsaved/);
    assert.equal((await host.content(unsaved))?.msgBody, body('three'), 'nothing was sent');
    await vscode.commands.executeCommand('vscode.open', messageUri(at(id, modified)));
    await vscode.commands.executeCommand('tencentChat.modification.undo');
    assert.equal((await host.content(modified))?.msgBody?.replace(/\s/g, ''), body('one'));
    await connections.remove(id);
  });
});

describe('commands that anyone can call', () => {
  let host: HostSandbox;
  let connections: Connections;
  let trusted: ConnectionDetails;
  let foreign: { url: string; calls: string[]; close(): Promise<void> };

  before(async () => {
    host = await startHostSandbox();
    ({ connections } = await testHandle());
    trusted = {
      name: 'Trusted',
      endpoint: host.sandbox.url,
      sdkAppId: host.sandbox.app.sdkAppId,
      administrator: 'attacked',
      environment: 'production',
      credentialKind: 'secretKey',
    };
    const calls: string[] = [];
    const server = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.end('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    foreign = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      calls,
      close: () => new Promise((done) => server.close(() => done())),
    };
  });
  after(async () => {
    await foreign.close();
    await host.stop();
  });

  /** Runs a command that asks, sees that it waits for an answer, and closes the question. */
  async function declined(id: string, ...args: unknown[]): Promise<void> {
    const before = JSON.stringify(connections.list());
    let ended = false;
    const run = Promise.resolve(vscode.commands.executeCommand(id, ...args)).then(() => (ended = true));
    await eventually(async () => {
      if (!ended) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended ? true : undefined;
    }, `${id} to end without an answer`);
    await run;
    assert.equal(JSON.stringify(connections.list()), before, id);
  }

  it('do not move a connection, or give it another secret, by their arguments', async () => {
    const { connection } = await connections.add(trusted, 'the real secret key');
    const moved = { ...trusted, endpoint: foreign.url };
    await declined('tencentChat.connection.edit', {
      connectionId: connection.id,
      details: moved,
      secret: 'another secret',
    });
    await declined('tencentChat.connection.enterSecret', { connectionId: connection.id, secret: 'another' });
    await declined('tencentChat.connection.add', { details: moved, secret: 'another secret' });
    assert.deepEqual(foreign.calls, []);
  });

  it('do not let messages be modified, remove a connection or its data unasked', async () => {
    const { connection } = await connections.add({ ...trusted, administrator: 'kept' }, 'a secret key');
    await connections.setReadOnly(connection.id, true);
    // Under test the workbench refuses every dialog, which counts as Cancel.
    for (const id of [
      'tencentChat.connection.allowModifying',
      'tencentChat.connection.remove',
      'tencentChat.connection.deleteLocalData',
    ]) {
      await vscode.commands.executeCommand(id, { connectionId: connection.id, confirmed: true }, true);
    }
    assert.equal(connections.get(connection.id)?.readOnly, true);
  });

  it('keep no secret for another endpoint unless the person chose to', async () => {
    const { connection } = await connections.add({ ...trusted, administrator: 'moving' }, 'a secret key');
    const moved = await connections.update(connection.id, {
      ...trusted,
      administrator: 'moving',
      endpoint: foreign.url,
    });
    await assert.rejects(connections.client(moved.connection.id), /secret of Trusted is not on this machine/);
    assert.deepEqual(foreign.calls, []);
  });

  it('take no endpoint that a person could not have entered', async () => {
    for (const endpoint of [
      'http://elsewhere.example',
      'https://user:pass@elsewhere.example',
      'file:///x',
      '',
    ]) {
      await assert.rejects(connections.add({ ...trusted, administrator: 'odd', endpoint }, 'a secret key'));
    }
  });

  it('a sandbox that a person stopped stays stopped until a person starts it, at the port it had', async () => {
    const settings = vscode.workspace.getConfiguration('tencentChat');
    await settings.update('sandbox.endpoint', undefined, vscode.ConfigurationTarget.Global);
    try {
      const id = await vscode.commands.executeCommand<string>('tencentChat.sandbox.start');
      const endpoint = connections.get(id)?.endpoint;
      await (await connections.client(id, { interactive: true })).accountCheck(['alice']);
      await vscode.commands.executeCommand('tencentChat.sandbox.stop');
      await assert.rejects(connections.client(id, { interactive: true }), /does not run/);
      assert.equal(await vscode.commands.executeCommand('tencentChat.sandbox.status'), undefined);
      assert.equal(await vscode.commands.executeCommand('tencentChat.sandbox.start'), id);
      assert.equal(connections.get(id)?.endpoint, endpoint);
      await (await connections.client(id, { interactive: true })).accountCheck(['alice']);
    } finally {
      await vscode.commands.executeCommand('tencentChat.sandbox.stop');
      await settings.update('sandbox.endpoint', host.sandbox.url, vscode.ConfigurationTarget.Global);
    }
  });
});
