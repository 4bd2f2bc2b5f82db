import assert from 'node:assert/strict';
import { ChatScene, textBody } from '../support/ui/chatScene';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, type Workbench } from '../support/ui/workbench';

describe('opening messages from the tree', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let workbench: Workbench;
  let page: MessagePage;
  let names: string[];
  showFailures(() => workbench);

  before(async () => {
    scene = await ChatScene.start();
    ({ workbench } = scene);
    page = new MessagePage(workbench);
    for (const text of ['lowest', 'middle', 'highest']) {
      await scene.colleague.sendMessage({
        from: 'dave',
        to: 'alice',
        msgBody: textBody(`row ${text}`),
      });
    }
    await workbench.openView('Tencent Chat');
    // The tree may have read who alice speaks with before these came.
    await workbench.inHost(`await vscode.commands.executeCommand('tencentChat.explorer.refresh');`);
    await workbench.tree('Conversations').expand('Sandbox', 'alice', 'dave');
    // Within one second the service has an order of its own.
    names = await eventually(async () => {
      const labels = await workbench.tree('Conversations').labels();
      const found = labels.flatMap((label) => /row (\w+)/.exec(label)?.[1] ?? []);
      return found.length === 3 ? found : undefined;
    }, 'three messages');
  });

  after(() => scene.stop());
  afterEach(() => workbench.closeEditors());

  type Place = 'highest' | 'middle' | 'lowest';
  const textOf = (place: Place): string =>
    `row ${names[(['highest', 'middle', 'lowest'] as const).indexOf(place)]}`;
  const row = (place: Place) => workbench.tree('Conversations').row(new RegExp(textOf(place)));
  const press = (key: string): Promise<void> => workbench.page.keyboard.press(key);

  /** Waits for the only tab of the first group to show a message, as a preview or for good. */
  async function tab(place: Place, kind: 'preview' | 'pinned'): Promise<void> {
    await page.shows(textOf(place));
    await eventually(async () => {
      const [only, ...more] = await workbench.editors.tabs.all();
      const isPreview = (await only?.locator('.italic').count()) !== 0;
      return more.length === 0 && isPreview === (kind === 'preview');
    }, `${place} in one tab (${kind})`);
  }

  /** Waits until the keyboard's focus is in the tree, on a row, or in the message. */
  async function focusIn(place: Place | 'message'): Promise<void> {
    await eventually(async () => {
      const list = workbench.tree('Conversations').list;
      const inTree = (await list.and(workbench.page.locator(':focus')).count()) > 0;
      if (place === 'message') {
        return !inTree && (await page.frame.locator('.cm-content:focus').count()) > 0;
      }
      const focused = await workbench.tree('Conversations').focused();
      return inTree && focused?.label.includes(textOf(place)) === true;
    }, `the focus on ${place}`);
  }

  it('shows one after the other with the arrow keys, and the focus stays in the tree', async () => {
    await (await row('highest')).click();
    await tab('highest', 'preview');
    await focusIn('highest');
    await press('ArrowDown');
    await tab('middle', 'preview');
    await focusIn('middle');
    await press('ArrowDown');
    await tab('lowest', 'preview');
    await press('ArrowUp');
    await tab('middle', 'preview');
    await focusIn('middle');
  });

  it('leaves rows that are no messages as they are when an arrow key goes over them', async () => {
    await (await row('highest')).click();
    await tab('highest', 'preview');
    await press('ArrowUp');
    await press('ArrowUp');
    await eventually(
      async () => (await workbench.tree('Conversations').focused())?.label === 'dave',
      'the focus on the conversation',
    );
    const labels = await workbench.tree('Conversations').labels();
    await press('ArrowDown');
    await press('ArrowDown');
    await focusIn('highest');
    assert.deepEqual(await workbench.tree('Conversations').labels(), labels);
    await tab('highest', 'preview');
  });

  it('previews with Space, keeps and enters with Enter', async () => {
    await (await row('highest')).click();
    await press('ArrowDown');
    await tab('middle', 'preview');
    await press('Space');
    await focusIn('middle');
    await tab('middle', 'preview');
    await press('Enter');
    await tab('middle', 'pinned');
    await focusIn('message');
  });

  it('keeps and enters with a double click', async () => {
    await (await row('lowest')).dblclick();
    await tab('lowest', 'pinned');
    await focusIn('message');
  });

  it('opens to the side with Alt, and selects several with Ctrl, as the Explorer does', async () => {
    const selected = workbench.tree('Conversations').list.locator('.monaco-list-row.selected');
    await (await row('lowest')).click();
    await tab('lowest', 'preview');
    await (await row('middle')).click({ modifiers: ['ControlOrMeta'] });
    await selected.nth(1).waitFor();
    assert.equal(await workbench.editors.webviewCount(), 1);
    await (await row('middle')).click({ modifiers: ['Alt'] });
    await eventually(async () => (await workbench.editors.webviewCount()) === 2, 'a second message beside');
    await workbench.editors
      .webview(1)
      .locator('.cm-line', { hasText: textOf('middle') })
      .waitFor();
  });
});
