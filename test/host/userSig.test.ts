import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { makeUserSig } from '../../src/chat/userSig';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { Witness } from '../support/witness';

const KEY_OF_ANOTHER = 'f'.repeat(64);

describe('the UserSig doctor', () => {
  let host: HostSandbox;
  const witness = Witness.here;

  before(async () => {
    host = await startHostSandbox();
    await vscode.commands.executeCommand('tencentChat.sandbox.try');
  });
  after(() => host.stop());

  function page(): string {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.path === '/UserSig.txt' ? document.getText() : '';
  }

  async function examineFromClipboard(text: string, expected: RegExp): Promise<string> {
    await vscode.env.clipboard.writeText(text);
    const done = vscode.commands.executeCommand('tencentChat.userSig.examine');
    await witness.choose(/Where is the UserSig/, ({ label }) => label.includes('In the Clipboard'));
    await done;
    await eventually(() => expected.test(page()), `a page with ${expected.source}`);
    return page();
  }

  it('says what is wrong with the one of the clipboard, the code to expect and what mends it, and shows it nowhere', async () => {
    const { sdkAppId, administrator } = host.sandbox.app;
    const from = witness.shown.length;
    const userSig = makeUserSig(sdkAppId, KEY_OF_ANOTHER, administrator);
    const text = await examineFromClipboard(
      `POST ${host.sandbox.url}/v4/openim/sendmsg?sdkappid=${sdkAppId}&identifier=alice&usersig=${userSig}`,
      /answer 70013: .+ Use the same account for both/,
    );
    assert.match(text, /✗ It is for the account administrator, and used for alice\./);
    assert.match(text, /✗ It was not signed with the key of Sandbox/);
    assert.match(text, /✓ It is valid/);
    assert.ok(!text.includes(userSig.slice(0, 40)));
    assert.ok(!JSON.stringify(witness.shown.slice(from)).includes(userSig.slice(0, 40)));
  });

  it('makes one for a user, which the service takes, and finds nothing wrong with it', async () => {
    const { connectionId } = host;
    const from = witness.shown.length;
    const done = vscode.commands.executeCommand('tencentChat.userSig.generate', { connectionId });
    await witness.answer(/UserID to sign for/, 'alice');
    await witness.choose(/How long is it valid/, ({ label }) => label === '7 days');
    await done;
    await witness.saw('status', /a UserSig of alice/, from);
    const userSig = await vscode.env.clipboard.readText();
    assert.match(userSig, /^[A-Za-z0-9*\-_]{100,}$/);
    assert.ok(!JSON.stringify(witness.shown.slice(from)).includes(userSig));
    const text = await examineFromClipboard(userSig, /expected to take it/);
    assert.match(text, /✓ It is for the account alice\.\n✓ It was signed with the key of Sandbox\./);
  });
});
