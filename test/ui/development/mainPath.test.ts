import assert from 'node:assert/strict';
import type { ChatClient } from '../../../src/chat/client';
import type { MessageContent } from '../../../src/chat/chatMessage';
import type { RunningSandbox } from '../../../src/sandbox/server';
import { ChatScene, openByKey, textBody } from '../../support/ui/chatScene';
import { eventually } from '../../support/eventually';
import { MessagePage } from '../../support/ui/messagePage';
import { showFailures, type Workbench } from '../../support/ui/workbench';

describe('the main job in the workbench', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start({ development: true });
    ({ sandbox, colleague, workbench } = scene);
  });

  after(() => scene.stop());

  showFailures(() => workbench);

  afterEach(async () => {
    await workbench.closeEditors();
    await workbench.notifications.clear();
  });

  /** A new message, shown in the page. */
  async function openMessage(
    text: string,
  ): Promise<{ page: MessagePage; now: () => Promise<MessageContent> }> {
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody(text) });
    const page = await openByKey(workbench, 'alice', key);
    await page.shows(text);
    return {
      page,
      now: async () => {
        const found = await colleague.findMessage({ chat: 'c2c', from: 'alice', to: 'bob', key });
        assert.ok(found);
        return found.message.content;
      },
    };
  }

  const sentTexts = (): string[] =>
    sandbox.sandbox.calls.list('openim/modify_c2c_msg').calls.map(({ request }) => request);

  it('goes from the tree to a modified message and back into the tree', async () => {
    await workbench.openView('Tencent Chat');
    const tree = workbench.tree('Conversations');
    await tree.expand('Sandbox', 'alice', 'bob');
    const labels = async (): Promise<string[]> =>
      (await tree.rows()).filter(({ level }) => level === 5).map(({ label }) => label);
    const [newest = ''] = await eventually(async () => {
      const shown = await labels();
      return shown.length > 0 && shown;
    }, 'the messages of the newest day');
    assert.match(newest, /You too 👋$/);
    await tree.click(/^Load more/i);
    await tree.click(newest);
    const page = await new MessagePage(workbench).ready();
    await page.shows('You too 👋');
    await page.caretBehind('You too 👋');
    await workbench.page.keyboard.type(' and thanks');
    await page.press('Modify');
    await workbench.statusBar.waitFor(/Message modified: .*bob.*alice/);
    await tree.row(/You too 👋 and thanks/);
    assert.match(sentTexts().at(-1) ?? '', /You too 👋 and thanks/);
  });

  it('is done with the keyboard alone, from the tree to a modified message and its undo', async () => {
    const { keyboard } = workbench.page;
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('by keys') });
    const now = async (): Promise<string> =>
      (await colleague.findMessage({ chat: 'c2c', from: 'alice', to: 'bob', key }))?.message.content
        .msgBody ?? '';
    await workbench.openView('Tencent Chat');

    const tree = workbench.tree('Conversations');
    await tree.row('Sandbox');
    await workbench.quickInput.runByKeyboard('Tencent Chat: Focus on Conversations View');
    for (const [index, label] of ['Sandbox', 'alice', 'bob'].entries()) {
      await tree.walkTo(label, index + 1);
      if ((await tree.focused())?.expanded === false) await keyboard.press('ArrowRight');
    }
    await workbench.quickInput.runByKeyboard('Tencent Chat: Refresh');
    await tree.row(/by keys$/, 5);
    await workbench.quickInput.runByKeyboard('Tencent Chat: Focus on Conversations View');
    await tree.walkTo(/by keys$/, 5);
    await keyboard.press('Enter');

    const page = await new MessagePage(workbench).ready();
    await page.shows('by keys');
    const caret = page.pane('MsgBody').and(page.frame.locator(':focus'));
    await caret.waitFor();
    await keyboard.press('ControlOrMeta+KeyF');
    await page.frame.getByRole('textbox', { name: 'Find' }).and(page.frame.locator(':focus')).waitFor();
    await keyboard.type('keys');
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await caret.waitFor();
    await keyboard.type('hand');
    await page.shows('by hand');
    await workbench.editors.save();
    await workbench.editors.waitForDirty(/alice/, false);
    assert.match(await now(), /"by keys"/);

    await workbench.quickInput.runByKeyboard('Tencent Chat: Modify Message');
    await eventually(async () => (await now()).includes('"by hand"'));
    await workbench.statusBar.waitFor(/Message modified/);
    await workbench.quickInput.runByKeyboard('Tencent Chat: Undo Last Modification');
    await eventually(async () => (await now()).includes('"by keys"'));
  });

  it('shows a refusal at its place, mends it by a quick fix, and modifies again', async () => {
    const { page, now } = await openMessage('wrap me');
    await page.replaceBody('{"MsgType":"TIMTextElem","MsgContent":{"Text":"wrapped"}}');
    await page.press('Modify');
    await workbench.notifications.press(/Not sent: the message has a problem/, 'Send Anyway');
    await workbench.notifications.waitFor(/90007|90002/);
    await workbench.notifications.clear();
    await eventually(async () => {
      const problems = await workbench.inHost<{ code: number; start: string }[]>(`
        const document = await vscode.workspace.openTextDocument(vscode.window.tabGroups.activeTabGroup.activeTab.input.uri);
        return vscode.languages.getDiagnostics(document.uri).map((d) => ({
          code: typeof d.code === 'object' ? d.code.value : d.code,
          start: document.getText(d.range).slice(0, 1),
        }));`);
      return problems.some(({ code, start }) => (code === 90007 || code === 90002) && start === '{');
    }, 'the refusal at its place');
    await workbench.quickInput.runCommand('Tencent Chat: Quick Fix Message Problem…');
    await workbench.quickInput.enter('array');
    await page.shows(/^\s*\[/);
    await page.press('Modify');
    await eventually(async () => (await now()).msgBody?.includes('"wrapped"'));
  });

  it('has text and dirty mark back after a reload in mid-edit', async () => {
    const { page, now } = await openMessage('half');
    await page.caretBehind('half');
    await workbench.page.keyboard.type(' typed');
    await workbench.editors.waitForDirty(/alice/, true);
    await workbench.backedUp('"half typed"');
    await workbench.reload();
    await (await new MessagePage(workbench).ready()).shows('half typed');
    await workbench.editors.waitForDirty(/alice/, true);
    assert.match((await now()).msgBody ?? '', /"half"/);
    await workbench.editors.save();
    await workbench.editors.waitForDirty(/alice/, false);
  });

  it('keeps a draft and sends nothing with auto save on', async () => {
    await workbench.setSettings({
      'tencentChat.sandbox.endpoint': sandbox.url,
      'files.autoSave': 'afterDelay',
      'files.autoSaveDelay': 200,
    });
    try {
      const { page, now } = await openMessage('auto');
      const before = sentTexts().length;
      await page.caretBehind('auto');
      await workbench.page.keyboard.type(' saved');
      await page.frame.getByText('Draft', { exact: true }).waitFor();
      await workbench.editors.waitForDirty(/alice/, false);
      await workbench.reload();
      await (await new MessagePage(workbench).ready()).shows('auto saved');
      assert.equal(sentTexts().length, before);
      assert.match((await now()).msgBody ?? '', /"auto"/);
    } finally {
      await workbench.setSettings({ 'tencentChat.sandbox.endpoint': sandbox.url, 'files.autoSave': 'off' });
    }
  });

  for (const [end, keys] of [
    ['Ctrl+S', 'ControlOrMeta+KeyS'],
    ['Modify from the keyboard', undefined],
  ] as const) {
    it(`loses no letter of 200 typed without a pause and ${end} in the same breath`, async () => {
      const { page, now } = await openMessage('fast');
      await workbench.inHost(`
        const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tencent-chat-message-editor'));
        extension.exports.holdEdits(100);`);
      const typed = Array.from({ length: 200 }, (_, index) => 'abcdefghij'[index % 10] ?? '').join('');
      await page.caretBehind('fast');
      await workbench.page.keyboard.type(typed);
      if (keys) await workbench.page.keyboard.press(keys);
      else await workbench.quickInput.runCommand('Tencent Chat: Modify Message');
      const [document, file] = await eventually(async () => {
        const texts = await workbench.inHost<[string, string] | undefined>(`
          const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
          const document = await vscode.workspace.openTextDocument(input.uri);
          const file = Buffer.from(await vscode.workspace.fs.readFile(document.uri)).toString('utf8');
          return document.isDirty ? undefined : [document.getText(), file];`);
        return texts?.[1].includes('fasta') ? texts : undefined;
      });
      await workbench.inHost(`
        vscode.extensions.all.find(({ id }) => id.endsWith('.tencent-chat-message-editor')).exports.holdEdits(0);`);
      assert.equal(file, document);
      assert.ok(document.includes(`"fast${typed}"`), document);
      assert.ok((await page.text('MsgBody')).includes(`"fast${typed}"`));
      if (keys) assert.match((await now()).msgBody ?? '', /"fast"/);
      else await eventually(async () => (await now()).msgBody?.includes(`"fast${typed}"`));
    });
  }

  for (const choice of ['Keep Mine', "Take the Service's", 'Merge by Hand'] as const) {
    it(`finds what a colleague changed and lets the person choose: ${choice}`, async () => {
      const { page, now } = await openMessage('ours');
      await page.caretBehind('ours');
      await workbench.page.keyboard.type(' mine');
      const sent = sandbox.sandbox.calls.list('openim/sendmsg').calls.at(-1)?.response ?? '';
      const key = /"MsgKey":"([^"]+)"/.exec(sent)?.[1] ?? '';
      await colleague.modifyMessage(
        { chat: 'c2c', from: 'alice', to: 'bob', key },
        { msgBody: textBody('theirs') },
      );
      const before = sentTexts().length;
      await page.press('Modify');
      await workbench.notifications.waitFor(/changed on the service/);
      assert.equal(sentTexts().length, before);
      await eventually(async () => (await workbench.editors.visibleText(0)).includes('theirs'));
      await eventually(async () => (await workbench.editors.visibleText(1)).includes('ours mine'));
      await workbench.notifications.press(/changed on the service/, choice);
      if (choice === "Take the Service's") {
        await eventually(async () => (await workbench.editors.visibleText(1)).includes('"theirs"'));
        assert.equal(sentTexts().length, before);
        assert.match((await now()).msgBody ?? '', /"theirs"/);
        return;
      }
      if (choice === 'Merge by Hand') {
        assert.equal(sentTexts().length, before);
        // It stays a conflict until the person has merged, or says so.
        await workbench.editors.titleAction('Merged');
        await workbench.editors.titleAction('Modify Message');
      }
      await eventually(async () => (await now()).msgBody?.includes('"ours mine"'));
    });
  }
});
