import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { messageUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { Witness } from '../support/witness';

const HELLO = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"h\\u00e9llo"}}]';

describe('Copy As…', () => {
  let host: HostSandbox;
  const witness = Witness.here;

  before(async () => {
    host = await startHostSandbox();
    await vscode.commands.executeCommand('tencentChat.sandbox.try');
  });
  after(() => host.stop());

  /** Copies something as the form of that name, and a call of it as the one of that name. */
  async function copied(what: unknown, form: string, call?: string): Promise<string> {
    await vscode.env.clipboard.writeText('');
    const done = vscode.commands.executeCommand('tencentChat.copy.as', what);
    await witness.choose(/Copied without a secret/, ({ label }) => label.includes(form));
    if (call !== undefined) await witness.choose(/Which call/, ({ description }) => description === call);
    await done;
    return vscode.env.clipboard.readText();
  }

  it('gives a message in the forms of its own, and its calls as programs without a secret', async () => {
    const ref = await host.send('alice', 'bob', { msgBody: HELLO });
    const { key } = ref.address;
    const uri = messageUri(ref);
    assert.equal(await copied(uri, 'Text'), 'héllo');
    assert.equal((await copied(uri, 'MsgBody')).replace(/\s/g, ''), HELLO);
    assert.equal(await copied(uri, 'MsgKey'), key);
    assert.match(await copied(uri, 'Item of a List'), /^\{\n[^]*"To_Account": "bob",[^]*h\\u00e9llo/);
    const row = {
      kind: 'message',
      id: 'x',
      connectionId: host.connectionId,
      message: { address: ref.address },
    };
    const curl = await copied(row, 'curl', 'openim/modify_c2c_msg');
    assert.ok(curl.includes(`"MsgKey":"${key}","MsgBody":${HELLO}}'`), curl);
    assert.ok(curl.includes(`"${host.sandbox.url}/v4/openim/modify_c2c_msg?`), curl);
    assert.match(curl, /usersig=\$TENCENT_CHAT_USERSIG&/);
    const node = await copied(row, 'Node', 'openim/sendmsg');
    assert.match(node, /process\.env\.TENCENT_CHAT_SECRET_KEY/);
    assert.ok(![curl, node].join().includes(host.sandbox.secretKey));
    const document = await copied(row, 'Request Document', 'openim/admin_getroammsg');
    assert.match(
      document,
      /^# @connection Sandbox\n\n### .+\nPOST \{\{endpoint\}\}\/v4\/openim\/admin_getroammsg\n/,
    );
  });

  it('gives a user, a conversation and a request; what comes of the environment is not copied', async () => {
    const { connectionId } = host;
    assert.equal(await copied({ connectionId, user: 'alice' }, 'UserID'), 'alice');
    const chat = { chat: 'group', group: '@TGS#9' };
    assert.match(
      await copied({ connectionId, chat }, 'Python', 'group_open_http_svc/get_group_info'),
      /"GroupIdList": \[\n {4}"@TGS#9"/,
    );
    const text = `# @connection Sandbox
@user = alice

### One
POST {{endpoint}}/v4/profile/portrait_get

{ "To_Account": ["{{user}}"], "TagList": [] }

### Two
POST {{endpoint}}/v4/profile/portrait_get

{ "To_Account": ["{{$processEnv PATH}}"], "TagList": [] }
`;
    const document = await vscode.workspace.openTextDocument({
      language: 'tencent-chat-requests',
      content: text,
    });
    await vscode.window.showTextDocument(document);
    const at = (title: string): { uri: vscode.Uri; offset: number } => ({
      uri: document.uri,
      offset: text.indexOf(title),
    });
    assert.match(
      await copied(at('One'), 'curl'),
      /--data-raw '\{"To_Account":\["alice"\],"TagList":\[\]\}'\n$/,
    );
    const from = witness.shown.length;
    assert.equal(await copied(at('Two'), 'Go'), '');
    await witness.saw(
      'notice',
      /^Not copied: The environment has no such variable, or may not be read/,
      from,
    );
    assert.match(await copied(at('Two'), 'Request Document'), /^### Two\n[^]*\{\{\$processEnv PATH\}\}/);
    await eventually(() => vscode.window.activeTextEditor?.document === document, 'the document in view');
  });
});
