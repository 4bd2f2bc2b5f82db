import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { ChatClient } from '../../src/chat/client';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import { showFailures, startWorkbench, type Workbench } from '../support/ui/workbench';

/** Data holds an object, whose `note` holds an object, whose `list` holds an array. */
const DEEP = JSON.stringify({ id: 1, note: JSON.stringify({ a: true, list: JSON.stringify([1, 2]) }) });
const DATA = DEEP.replace('"id":1', '"id":12345678901234567');
const BODY =
  '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"first"}},' +
  `{"MsgType":"TIMCustomElem","MsgContent":{"Data":${JSON.stringify(DATA)},"Desc":"d","Ext":"","Sound":""}}]`;
const CLOUD = '"{\\"trace\\":\\"a\\\\/b\\",\\"n\\":1}"';

describe('the message editor in the workbench', function () {
  this.timeout(120_000);

  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;
  showFailures(() => workbench);

  before(async () => {
    sandbox = await startSandbox();
    colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    workbench = await startWorkbench({
      development: true,
      settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
    });
  });

  after(async () => {
    await workbench.stop();
    colleague.dispose();
    await sandbox.stop();
  });

  afterEach(async () => {
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
    await workbench.quickInput.runCommand('File: Revert File').catch(() => undefined);
    await workbench.quickInput.runCommand('View: Close All Editors');
  });

  const keys = (...names: string[]): Promise<void> =>
    names.reduce((before, name) => before.then(() => workbench.page.keyboard.press(name)), Promise.resolve());
  const type = (text: string): Promise<void> => workbench.page.keyboard.type(text);

  async function open(): Promise<MessagePage> {
    const { key } = await colleague.sendMessage({
      from: 'alice',
      to: 'bob',
      msgBody: BODY,
      cloudCustomData: CLOUD,
    });
    await workbench.quickInput.runCommand('Tencent Chat: Open Message by Key…');
    await workbench.quickInput.enter(
      JSON.stringify({ From_Account: 'alice', To_Account: 'bob', MsgKey: key }),
    );
    const page = await new MessagePage(workbench).ready();
    await page.frame.locator('.header code', { hasText: key }).waitFor();
    return page;
  }

  /** The active message document's text in VS Code. */
  const documentText = (): Promise<string> =>
    workbench.inHost<string>(`
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
      return (await vscode.workspace.openTextDocument(input.uri)).getText();`);

  /** Waits until the document has, or has no longer, a text. */
  const documentHas = (part: string, there = true): Promise<string> =>
    eventually(async () => {
      const text = await documentText();
      return text.includes(part) === there ? text : undefined;
    });

  it('completes names and values with their documentation', async () => {
    const page = await open();
    await page.replaceBody('[{"MsgType":"TIMTextElem","MsgContent":{}}]');
    await page.caretBehind('"MsgContent":{');
    await type('"');
    const list = page.frame.locator('.cm-tooltip-autocomplete');
    await list.locator('li', { hasText: 'Text' }).first().waitFor();
    await type('Te');
    await keys('Enter');
    await documentHas('"Text"');
    await keys('Escape');
  });

  it('explains what the mouse rests on', async () => {
    const page = await open();
    await page.pane('MsgBody').locator('.json-key', { hasText: 'MsgType' }).first().hover();
    const hover = page.frame.locator('.hover');
    await hover.waitFor();
    assert.match((await hover.textContent()) ?? '', /\w{3}/);
  });

  it('takes back a word with Ctrl+Z, once, and brings it again with Ctrl+Y', async () => {
    const page = await open();
    await page.caretBehind('first');
    await type(' second third');
    await keys('ControlOrMeta+KeyZ');
    await page.shows('"first second"');
    await documentHas('"first second"');
    await keys('ControlOrMeta+KeyZ');
    await page.shows('"first"');
    await documentHas('"first"');
    await keys('ControlOrMeta+KeyY', 'ControlOrMeta+KeyY');
    await page.shows('"first second third"');
    await documentHas('"first second third"');
    await type('!');
    await documentHas('"first second third!"');
  });

  it('follows the text editor beside it, and undo goes through both', async () => {
    const page = await open();
    await page.caretBehind('first');
    await type(' page');
    await documentHas('"first page"');
    await workbench.inHost(`
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
      const document = await vscode.workspace.openTextDocument(input.uri);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(document.getText().indexOf('first')), 'text ');
      await vscode.workspace.applyEdit(edit);`);
    await page.shows('"text first page"');
    await type(' more');
    await documentHas('"text first page more"');
    await keys('ControlOrMeta+KeyZ');
    await documentHas('"text first page"');
    await keys('ControlOrMeta+KeyZ');
    await documentHas('"first page"');
    await keys('ControlOrMeta+KeyZ');
    await documentHas('"first"');
    await page.shows('"first"');
  });

  it('edits JSON three strings deep and touches nothing around it', async () => {
    const page = await open();
    const before = await documentText();
    for (const name of [
      'MsgBody[1].MsgContent.Data',
      'MsgBody[1].MsgContent.Data.note',
      'MsgBody[1].MsgContent.Data.note.list',
    ]) {
      await page.frame.locator('.pane:first-child .lens').first().click();
      await page.frame.locator(`.cm-content[aria-label="JSON in ${name}"]`).waitFor();
    }
    const deepest = page.frame.locator('.cm-content[aria-label$="note.list"]');
    await deepest.locator('.cm-line', { hasText: '2' }).click();
    await keys('End');
    await type(',3');
    const after = await documentHas('1,2,3');
    assert.equal(after.replace('1,2,3', '1,2'), before);
    assert.match(after, /12345678901234567/);
    await keys('Escape');
    await deepest.waitFor({ state: 'detached' });
    await page.frame.locator('.cm-content[aria-label$="Data.note"]:focus').waitFor();
  });

  it('keeps the escapes of CloudCustomData, and can add one', async () => {
    const page = await open();
    await page.pane('CloudCustomData').locator('.cm-line', { hasText: '"n"' }).click();
    await keys('End');
    await type('23');
    await documentHas('"CloudCustomData": "{\\"trace\\":\\"a\\\\/b\\",\\"n\\":123}"');
    await workbench.quickInput.runCommand('File: Revert File');
    await workbench.quickInput.runCommand('View: Close All Editors');

    const without = await open();
    await workbench.inHost(`
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
      const document = await vscode.workspace.openTextDocument(input.uri);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), '{ "MsgBody": [] }');
      await vscode.workspace.applyEdit(edit);`);
    await without.frame.getByRole('button', { name: 'Add CloudCustomData' }).click();
    await without.pane('CloudCustomData').click();
    await type('say "hi"');
    await documentHas('"CloudCustomData": "say \\"hi\\""');
  });

  it('shows one message in two pages that stay equal', async () => {
    const page = await open();
    await workbench.quickInput.runCommand('View: Split Editor Right');
    const other = workbench.editors.webview(1);
    await other.locator('.cm-content').first().waitFor();
    await workbench.editors.webview(0).locator('.cm-line', { hasText: 'first' }).click();
    await keys('End', 'ArrowLeft');
    await type(' one');
    await other.locator('.cm-line', { hasText: '"first one"' }).waitFor();
    await other.locator('.cm-line', { hasText: '"first one"' }).click();
    await keys('End', 'ArrowLeft');
    await type(' two');
    await page.shows('"first one two"');
    await documentHas('"first one two"');
  });

  it('follows the theme and the settings while it is open', async () => {
    const page = await open();
    const settings = { 'tencentChat.sandbox.endpoint': sandbox.url };
    await workbench.setSettings({ ...settings, 'editor.wordWrap': 'on', 'editor.lineNumbers': 'off' });
    await page.frame.locator('.cm-lineWrapping').first().waitFor();
    await page.frame.locator('.cm-lineNumbers').first().waitFor({ state: 'detached' });
    await workbench.setSettings(settings);
    await page.frame.locator('.cm-lineNumbers').first().waitFor();
    for (const [kind, name] of [
      ['light', 'vscode-light'],
      ['dark', 'vscode-dark'],
      ['hcDark', 'vscode-high-contrast'],
      ['hcLight', 'vscode-high-contrast-light'],
    ] as const) {
      await workbench.setTheme(kind);
      await page.frame.locator(`body.${name}`).waitFor();
      await workbench.screenshot(`message-editor-${kind}`);
      assert.deepEqual(await accessibilityProblems(), [], kind);
    }
  });

  it('reaches everything at 320 pixels and at 200 percent', async () => {
    const page = await open();
    await workbench.inHost('await vscode.commands.executeCommand("workbench.action.closeSidebar")');
    for (const width of [380, 700]) {
      await workbench.page.setViewportSize({ width, height: 900 });
      await page.frame.locator('.toolbar').waitFor();
      const frame = await pageFrame();
      const [inner, content] = await frame.evaluate<[number, number]>(
        '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
      );
      assert.ok(content <= inner, `${content} in ${inner}`);
      for (const button of await page.frame.getByRole('toolbar').locator('vscode-button').all()) {
        const box = await button.boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= width);
      }
    }
    await workbench.screenshot('message-editor-narrow');
  });

  it('lists a problem with its fixes, and mends it from the keyboard', async () => {
    const page = await open();
    await page.replaceBody('{"MsgType":"TIMTextElem","MsgContent":{"Text":"wrap"}}');
    const problem = page.frame.locator('.problem', { hasText: /90007|90002/ }).first();
    await problem.waitFor();
    await problem.locator('vscode-button').first().waitFor();
    await problem.locator('.problem-go').click();
    await keys('ControlOrMeta+Period');
    const menu = page.frame.getByRole('menu');
    await menu.getByRole('menuitem').first().waitFor();
    await keys('Enter');
    await page.shows(/^\s*\[/);
    const fixed = await documentHas('[');
    assert.deepEqual((JSON.parse(fixed) as { MsgBody: unknown[] }).MsgBody, [
      { MsgType: 'TIMTextElem', MsgContent: { Text: 'wrap' } },
    ]);
    await problem.waitFor({ state: 'detached' });
  });

  /** The page's frame itself, for what a locator cannot do. */
  async function pageFrame(): Promise<Frame> {
    const handle = await workbench.editors.webview().owner().elementHandle();
    const frame = await handle.contentFrame();
    assert.ok(frame);
    return frame;
  }

  async function accessibilityProblems(): Promise<string[]> {
    const frame = await pageFrame();
    await frame.evaluate(axe.source);
    // Line numbers have VS Code's own colours, which are as faint as people know them.
    const { violations } = await frame.evaluate<axe.AxeResults>("axe.run({ exclude: ['.cm-gutters'] })");
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
  }
});
