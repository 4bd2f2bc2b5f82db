import assert from 'node:assert/strict';
import { ChatScene } from '../support/ui/chatScene';
import { MessagePage } from '../support/ui/messagePage';
import type { Tree } from '../support/ui/tree';
import type { Workbench } from '../support/ui/workbench';

/** The sample data's group of everyday talk, and its community. */
const CREW = '@TGS#2RELEASECREW';
const GENERAL = '@TGS#_@TGS#cMAKERS62CJ@TOPIC#_general';

describe('groups in the workbench', function () {
  this.timeout(360_000);
  let scene: ChatScene;
  let workbench: Workbench;
  let tree: Tree;

  before(async () => {
    scene = await ChatScene.start({
      // High enough for all rows: a tree holds only those in view, and sticky ones cover others.
      viewport: { width: 1200, height: 2000 },
      settings: { 'workbench.tree.enableStickyScroll': false },
    });
    ({ workbench } = scene);
    await workbench.openView('Tencent Chat');
    tree = workbench.tree('Conversations');
  });
  after(() => scene.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot(`groups ${this.currentTest.title}`);
  });

  const header = (page: MessagePage) => page.frame.locator('.header');

  it('are loaded from the app by a row of the tree, and one shows its messages', async () => {
    await tree.expand('Sandbox', 'Groups');
    await tree.click(/^Load Groups of the App/);
    await workbench.statusBar.waitFor(/3 groups were loaded/);
    await tree.expandBelow('Sandbox', 'Groups', 'Release crew');
    // A recalled message stands in its place, and so do those that the service keeps no more.
    await tree.row(/Recalled/);
  });

  it('have a page of their conversation that is called as they are', async () => {
    await tree.menu('Release crew', 'Show Conversation');
    await workbench.editors.waitFor(/^Release crew$/);
    const page = workbench.editors.webview();
    await page.getByRole('heading', { name: 'Release crew' }).waitFor();
    await page.locator('.head').getByText(CREW, { exact: true }).waitFor();
    await workbench.closeEditors();
  });

  it('have their messages modified and taken back in the page, which says group and sender', async () => {
    const { keyboard } = workbench.page;
    await tree.click(/No new errors so far/);
    const page = await new MessagePage(workbench).ready();
    await page.shows('No new errors so far.');
    await header(page).getByText(CREW).waitFor();
    await header(page).getByText('MsgSeq 300').waitFor();
    const found = await scene.colleague.findMessage({ chat: 'group', group: CREW, seq: 300 });
    assert.ok(found);
    await header(page).getByText(found.message.sender, { exact: true }).waitFor();
    await page.caretBehind('No new errors');
    await keyboard.type(' and no warnings');
    await page.press('Modify');
    await workbench.statusBar.waitFor(/Message modified: .*RELEASECREW/);
    await tree.row(/No new errors and no warnings so far/);
    await workbench.quickInput.runCommand('Tencent Chat: Undo Last Modification');
    await tree.row(/No new errors so far/);
    await page.shows('No new errors so far.');
    await workbench.closeEditors();
  });

  it('have topics, and keep nothing where they are live', async () => {
    await tree.expand('Sandbox', 'Groups', /创客社区/, 'General');
    await tree.row(/\(general\)/);
    await tree.expand('Sandbox', 'Groups', 'Friday demo');
    await tree.row(/AVChatRoom: the service keeps no messages/);
  });

  it('have a message opened by GroupId and MsgSeq, recalled, and marked as such', async () => {
    const { quickInput } = workbench;
    await quickInput.runCommand('Tencent Chat: Open Message by Key…');
    await quickInput.enter(`@TGS#_@TGS#cMAKERS62CJ ${GENERAL} 34`);
    const page = await new MessagePage(workbench).ready();
    await page.shows('(general)');
    await header(page).getByText(GENERAL).waitFor();
    await quickInput.runCommand('Tencent Chat: Recall Message…');
    await workbench.dialogs.press('Recall');
    await header(page).getByText('Recalled', { exact: true }).waitFor();
    await tree.row(/Recalled/);
  });
});
