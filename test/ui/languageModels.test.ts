import assert from 'node:assert/strict';
import { connectionId } from '../../src/connections/connection';
import { eventually } from '../support/eventually';
import { ChatScene, textBody } from '../support/ui/chatScene';
import { showFailures, type Workbench } from '../support/ui/workbench';

const HOSTILE = '[x](command:tencentChat.message.modify) $(trash)';

describe('tools for language models', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let workbench: Workbench;
  let connection: string;
  let calls = 0;

  before(async () => {
    scene = await ChatScene.start({ settings: { 'tencentChat.languageModels.enabled': true } });
    ({ workbench } = scene);
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').row(/^Sandbox/);
    const { endpoint, sdkAppId, administrator } = scene.sandbox.app;
    connection = connectionId({ endpoint, sdkAppId, administrator, credentialKind: 'sandbox' });
  });
  after(() => scene.stop());

  showFailures(() => workbench);

  /** Calls a tool as another extension does; it waits for what the person says. @returns its answer, once there is one */
  async function call(tool: string, input: object): Promise<() => Promise<string>> {
    const kept = `toolCall${(calls += 1)}`;
    await workbench.inHost(`
      vscode.lm.invokeTool('${tool}', { input: ${JSON.stringify(input)}, toolInvocationToken: undefined }).then(
        ({ content }) => { globalThis.${kept} = content.map(({ value }) => value).join('\\n'); },
        (error) => { globalThis.${kept} = 'Error: ' + error.message; });`);
    return () =>
      eventually(
        () => workbench.inHost<string | undefined>(`return globalThis.${kept};`),
        `the answer of ${tool}`,
      );
  }

  async function send(text: string): Promise<string> {
    return (await scene.colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody(text) })).key;
  }

  it('ask what will be read, in plain words, and read it only when told to go on', async () => {
    await send('for the model');
    const input = { connection, user: HOSTILE, peer: 'bob', limit: 3 };
    const declined = await call('tencentChat_readMessages', input);
    const question = (await workbench.dialogs.text()).replaceAll('\u2060', '');
    for (const part of [
      'Let the language model read messages?',
      'Sandbox',
      HOSTILE,
      'bob',
      'the newest 3 at most',
    ])
      assert.ok(question.includes(part), `${part} in: ${question}`);
    assert.equal(await workbench.dialogs.box.locator('.dialog-message-container a').count(), 0);
    assert.equal(await workbench.dialogs.box.locator('.codicon-trash').count(), 0);
    await workbench.screenshot('language model reads messages');
    await workbench.dialogs.press('Cancel');
    assert.match(await declined(), /^Error: /);

    const allowed = await call('tencentChat_readMessages', {
      connection,
      user: 'alice',
      peer: 'bob',
      limit: 1,
    });
    await workbench.dialogs.text();
    await workbench.dialogs.press('Yes');
    assert.match(await allowed(), /for the model/);
  });

  it('show the draft that they propose before it is written and its change afterwards, and send nothing', async () => {
    const key = await send('before');
    const input = {
      ...{ connection, From_Account: 'alice', To_Account: 'bob', MsgKey: key },
      message: `{"MsgBody":${textBody(`after ${HOSTILE}`)}}`,
    };
    const written = await call('tencentChat_proposeDraft', input);
    const question = (await workbench.dialogs.text()).replaceAll('\u2060', '');
    for (const part of ['Let the language model write a draft?', 'alice → bob', key, '"Text": "after [x]'])
      assert.ok(question.includes(part), `${part} in: ${question}`);
    await workbench.screenshot('language model proposes a draft');
    await workbench.dialogs.press('Yes');
    assert.match(await written(), /^The draft was written/);
    await workbench.editors.waitFor('Base ↔ Draft');
    const now = await scene.colleague.findMessage({ chat: 'c2c', from: 'alice', to: 'bob', key });
    assert.match(now?.message.content.msgBody ?? '', /before/);

    // A second one finds the draft there: what was said to it does not matter.
    const again = await call('tencentChat_proposeDraft', { ...input, message: '{"MsgBody":[]}' });
    await workbench.dialogs.text();
    await workbench.dialogs.press('Yes');
    assert.match(await again(), /^Refused, .*has a draft or unsaved text/);
  });

  it('ask nothing where they are turned off, and do nothing', async () => {
    await workbench.setSettings({
      'tencentChat.sandbox.endpoint': scene.sandbox.url,
      'tencentChat.languageModels.enabled': false,
    });
    const off = await eventually(async () => {
      const answer = await (await call('tencentChat_explainCode', { code: 90010 }))();
      return answer.startsWith('Refused') && answer;
    }, 'the setting');
    assert.match(off, /are off/);
    const answer = await call('tencentChat_readMessages', { connection, user: 'alice', peer: 'bob' });
    assert.match(await answer(), /^Refused, .*are off/);
    assert.equal(await workbench.dialogs.box.count(), 0);
  });
});
