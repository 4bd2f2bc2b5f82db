import assert from 'node:assert/strict';
import { readFault } from '../../src/sandbox/http/faults';
import { readSeed } from '../../src/sandbox/seed/seedFormat';
import { eventually } from '../support/eventually';
import { ChatScene, textBody } from '../support/ui/chatScene';
import { showFailures, type Workbench } from '../support/ui/workbench';

const MODIFY = 'openim/modify_c2c_msg';
const COUNT = 300;

/** Three hundred messages of two users, as a seed. */
function conversation(): string {
  return JSON.stringify({
    Format: 1,
    Accounts: ['nina', 'otto'].map((UserID) => ({ UserID })),
    Messages: Array.from({ length: COUNT }, (_, index) => ({
      ...{ From_Account: 'nina', To_Account: 'otto', MsgSeq: index + 1, MsgRandom: index + 1 },
      // Seconds before now.
      MsgTimeStamp: index - 2 * COUNT,
      MsgBody: JSON.parse(textBody(`note ${index}`)) as unknown,
    })),
  });
}

describe('many messages at once, by keys', function () {
  this.timeout(600_000);

  let scene: ChatScene;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start();
    ({ workbench } = scene);
    scene.sandbox.sandbox.add(readSeed(conversation()));
    await workbench.openView('Tencent Chat');
  });

  after(() => scene.stop());

  showFailures(() => workbench);

  /** How many of the messages say what a word begins. */
  async function saying(word: string): Promise<number> {
    let count = 0;
    const chat = { chat: 'c2c', user: 'nina', peer: 'otto' } as const;
    for await (const { messages } of scene.colleague.history({ chat }))
      count += messages.filter(({ content }) => content.msgBody?.includes(`"${word} `)).length;
    return count;
  }

  it('replaces in 300 messages by an expression, shows that, modifies, pauses, goes on and rolls back', async () => {
    const { page, quickInput, notifications, editors, statusBar } = workbench;
    const { keyboard } = page;
    await quickInput.runCommand('Tencent Chat: Add User…');
    await quickInput.enter('nina');
    const tree = workbench.tree('Conversations');
    await tree.expand('Sandbox', 'nina');
    await tree.menu('otto', 'Edit as List', 3);
    await editors.waitFor('.chatmsgs.json');
    const lens = page.locator('.codelens-decoration');
    await lens.filter({ hasText: '300 messages, nothing changed' }).first().waitFor();

    await editors.textEditor().click();
    // What is in sight gets its lenses, there and back.
    const named = page.locator('.codelens-decoration:visible', { hasText: 'otto' });
    await named.first().waitFor();
    await keyboard.press('ControlOrMeta+End');
    await editors.textEditor().getByText('note 299', { exact: false }).first().waitFor();
    await named.first().waitFor();
    await keyboard.press('ControlOrMeta+Home');
    await lens.filter({ hasText: '300 messages, nothing changed' }).first().waitFor();
    await keyboard.press('ControlOrMeta+KeyH');
    const find = page.locator('.editor-widget.find-widget.visible');
    await find.waitFor();
    const expression = find.locator('.codicon-regex').first();
    if ((await expression.getAttribute('aria-checked')) !== 'true') await expression.click();
    await find.locator('.find-part textarea').fill('"note (\\d+)"');
    await find.locator('.matchesCount', { hasText: '300' }).waitFor();
    await find.locator('.replace-part textarea').fill('"memo $1"');
    await find.locator('.replace-part textarea').press('ControlOrMeta+Alt+Enter');
    await keyboard.press('Escape');
    await lens.filter({ hasText: 'Modify 300 Messages…' }).first().waitFor();

    await quickInput.runCommand('Tencent Chat: Show Changes of List');
    await editors.waitFor(/Changes of 300 messages/);
    await page.locator('.part.editor').getByText('memo').first().waitFor();
    await editors.show('.chatmsgs.json');

    // After the first sixty the service has enough for now, so that the plan waits and can be paused whatever time it is.
    const faults = [
      { command: MODIFY, kind: 'delay', delayMs: 1, times: 60 },
      { command: MODIFY, code: 60011 },
    ];
    for (const fault of faults) scene.sandbox.sandbox.faults.add(readFault(fault).fault);
    await quickInput.runCommand('Tencent Chat: Modify Messages of List…');
    await eventually(async () => (await saying('memo')) === 60 || undefined, 'sixty modified messages');
    await statusBar.waitFor(/of 300/);
    await quickInput.runCommand('Tencent Chat: Pause Plan');
    const paused = /Paused\. 60 of 300/;
    assert.ok((await notifications.buttons(paused)).includes('Continue'));
    assert.equal(await saying('memo'), 60);
    scene.sandbox.sandbox.faults.clear();
    await notifications.press(paused, 'Continue');
    await notifications.waitFor(/300 of 300 messages were modified/);
    assert.equal(await saying('memo'), COUNT);
    await lens.filter({ hasText: '300 messages, nothing changed' }).first().waitFor();

    const notice = /300 of 300 messages were modified/;
    await notifications.press(notice, 'Roll Back');
    await eventually(async () => (await saying('note')) === COUNT || undefined, 'all as they were');
    await notifications.waitFor(/300 of 300 messages were taken back/);
  });

  it('shows what is found as it comes, and keeps it when looking is stopped', async () => {
    const { quickInput } = workbench;
    const { faults } = scene.sandbox.sandbox;
    const read = 'openim/admin_getroammsg';
    // The first page comes, and the one after it never.
    faults.add(readFault({ command: read, kind: 'delay', delayMs: 1, times: 1 }).fault);
    faults.add(readFault({ command: read, kind: 'stall', times: 1 }).fault);
    await workbench.tree('Conversations').menu('otto', 'Find Messages…', 3);
    await quickInput.enter('note');
    const row = quickInput.rows.filter({ hasText: /Open All \d+ as List/ }).first();
    await row.waitFor();
    // A fault is used up when its call has come in.
    await eventually(() => faults.list().length === 0, 'the call for the second page');
    const stop = quickInput.widget.getByRole('button', { name: 'Stop Looking' });
    await stop.click();
    await stop.waitFor({ state: 'hidden' });
    const [said, found, looked] = await eventually(async () => {
      const words = (await quickInput.input.getAttribute('placeholder')) ?? '';
      return /^(\d+) found in the first (\d+) messages; looking was cancelled$/.exec(words) ?? undefined;
    }, 'what was found until then');
    assert.ok(Number(found) > 0 && Number(found) < COUNT && found === looked, said);
    await row.getByText(`Open All ${found} as List`).waitFor();
    await quickInput.cancel();
  });
});
