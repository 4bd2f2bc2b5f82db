import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually';
import { EditorScene } from '../../support/ui/editorScene';
import type { MessagePage } from '../../support/ui/messagePage';
import { showFailures, type Workbench } from '../../support/ui/workbench';

/** Data holds an object, whose `note` holds an object, whose `list` holds an array. */
const DEEP = JSON.stringify({ id: 1, note: JSON.stringify({ a: true, list: JSON.stringify([1, 2]) }) });
const DATA = DEEP.replace('"id":1', '"id":12345678901234567');
const BODY =
  '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"first"}},' +
  `{"MsgType":"TIMCustomElem","MsgContent":{"Data":${JSON.stringify(DATA)},"Desc":"d","Ext":"","Sound":""}}]`;
const CLOUD = '"{\\"trace\\":\\"a\\\\/b\\",\\"n\\":1}"';
/** What this needs of a page; tests do without the types of a browser. */
declare function getComputedStyle(element: unknown): { readonly backgroundColor: string };

describe('the message editor in the workbench', function () {
  this.timeout(360_000);

  let scene: EditorScene;
  let workbench: Workbench;
  showFailures(() => workbench);

  before(async () => {
    scene = await EditorScene.start();
    ({ workbench } = scene);
  });

  after(() => scene.stop());
  afterEach(() => scene.tidy());

  const open = (): Promise<MessagePage> => scene.open(BODY, CLOUD);
  const keys = (...names: string[]): Promise<void> => scene.keys(...names);
  const type = (text: string): Promise<void> => scene.type(text);
  const documentText = (): Promise<string> => scene.documentText();
  const documentHas = (part: string): Promise<string> => scene.documentHas(part);

  it('completes names and values with their documentation', async () => {
    const page = await open();
    await page.replaceBody('[{"MsgType":"TIMTextElem","MsgContent":{}}]');
    await page.caretBehind('"MsgContent":{');
    await type('"');
    const list = page.frame.locator('.cm-tooltip-autocomplete');
    await list.locator('li', { hasText: 'Text' }).first().waitFor();
    await type('Te');
    // It is asked for anew what goes on so, and until that has come Enter chooses nothing.
    await page.frame
      .locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li[aria-selected="true"]', {
        hasText: 'Text',
      })
      .waitFor();
    await keys('Enter');
    await documentHas('"Text"');
    await keys('Escape');
  });

  it('completes in the JSON of CloudCustomData too, as VS Code does in any JSON', async () => {
    const page = await scene.open(BODY, JSON.stringify('[{"traceId":1},{}]'));
    await page.pane('CloudCustomData').locator('.cm-line', { hasText: '{}' }).click();
    await keys('End', 'ArrowLeft');
    await type('"');
    await page.frame.locator('.cm-tooltip-autocomplete li', { hasText: 'traceId' }).first().waitFor();
    await keys('Enter');
    await documentHas(String.raw`"CloudCustomData": "[{\"traceId\":1},{\"traceId\"`);
    await keys('Escape');
  });

  it('completes in the text editor', async () => {
    const page = await open();
    await scene.replaceDocument('{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{}}]}');
    await page.press('Open as Text');
    const editor = workbench.editors.textEditor();
    await editor.locator('.view-line').first().click();
    await keys('End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await type('"Te');
    await editor.locator('.suggest-widget .monaco-list-row', { hasText: 'Text' }).first().waitFor();
    await keys('Enter');
    await documentHas('"MsgContent":{"Text":');
  });

  it('explains what the mouse rests on', async () => {
    const page = await open();
    await page.pane('MsgBody').locator('.json-key', { hasText: 'Desc' }).first().hover();
    const hover = page.frame.locator('.hover');
    await hover.waitFor();
    assert.match((await hover.textContent()) ?? '', /Text of an offline push/);
  });

  it('takes back a word with Ctrl+Z, once, and brings it again with Ctrl+Y', async () => {
    const page = await open();
    await page.caretBehind('first');
    await scene.typeAtOnce(' second', ' third');
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
    await scene.typeAtOnce(' page');
    await documentHas('"first page"');
    await workbench.inHost(`
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
      const document = await vscode.workspace.openTextDocument(input.uri);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(document.getText().indexOf('first')), 'text ');
      await vscode.workspace.applyEdit(edit);`);
    await page.shows('"text first page"');
    await scene.typeAtOnce(' more');
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

  it('formats an editor with the key, in one undo step, and touches nothing outside', async () => {
    const page = await open();
    const pretty = await documentText();
    const end = pretty.slice(pretty.indexOf('  "CloudCustomData"'));
    await page.replaceBody(
      '[{"MsgType":"TIMTextElem", "MsgContent":{"Text":"as long as a line may be, and longer than the editor is wide, and then some more"}}]',
    );
    const typed = await documentHas('some more');
    await workbench.page.setViewportSize({ width: 560, height: 900 });
    await page.caretBehind('as long');
    await keys('Shift+Alt+KeyF');
    await scene.documentIs(`{
  "MsgBody": [
    {
      "MsgType": "TIMTextElem",
      "MsgContent": {
        "Text": "as long as a line may be, and longer than the editor is wide, and then some more"
      }
    }
  ],
${end}`);
    await page.shows(/^\[ {2}\{/);
    await eventually(async () => (await page.scrolled('MsgBody')) === 0, 'the beginnings of the lines');
    await type('!');
    await documentHas('"as long! as a line');
    await keys('ControlOrMeta+KeyZ', 'ControlOrMeta+KeyZ');
    await scene.documentIs(typed);
    await keys('ControlOrMeta+KeyZ');
    await scene.documentIs(pretty);
  });

  it('formats a string on one line for the eye only, and takes that back too', async () => {
    const page = await open();
    const pane = page.pane('CloudCustomData');
    const original = await page.text('CloudCustomData');
    await pane.click();
    await keys('ControlOrMeta+KeyA');
    await workbench.page.keyboard.insertText('{"list":[1,{"deep":true}]}');
    const typed = await documentHas('"{\\"list\\":[1,{\\"deep\\":true}]}"');
    await keys('Shift+Alt+KeyF');
    const formatted = '{\n  "list": [\n    1,\n    {\n      "deep": true\n    }\n  ]\n}';
    await page.reads('CloudCustomData', formatted);
    assert.equal(await documentText(), typed);
    await keys('ControlOrMeta+KeyZ');
    await page.reads('CloudCustomData', '{"list":[1,{"deep":true}]}');
    assert.equal(await documentText(), typed);
    await keys('ControlOrMeta+KeyZ');
    await page.reads('CloudCustomData', original);
    await keys('ControlOrMeta+KeyY', 'ControlOrMeta+KeyY');
    await page.reads('CloudCustomData', formatted);
    await scene.documentIs(typed);
  });

  it('formats in the document a string that has lines there', async () => {
    const page = await scene.open(BODY, JSON.stringify('{\n"a":1,\n"b":[]}'));
    await page.pane('CloudCustomData').click();
    await keys('Shift+Alt+KeyF');
    await documentHas('"CloudCustomData": "{\\n  \\"a\\": 1,\\n  \\"b\\": []\\n}"');
    await keys('ControlOrMeta+KeyZ');
    await documentHas('"CloudCustomData": "{\\n\\"a\\":1,\\n\\"b\\":[]}"');
  });

  it('takes back typing in an opened string step by step, new lines included', async () => {
    const page = await open();
    const before = await documentText();
    await page.frame.locator('.pane:first-child .lens').first().click();
    const string = page.frame.locator('.cm-content[aria-label="JSON in MsgBody[1].MsgContent.Data"]');
    const lines = async (): Promise<string> =>
      (await string.locator('.cm-line').allTextContents()).join('\n');
    await string.locator('.cm-line', { hasText: 'id' }).click();
    const shown = await lines();
    await keys('End', 'Enter');
    await type('"x": 1,');
    await documentHas('12345678901234567,\\"x\\":1,\\"note');
    await eventually(async () => {
      await keys('ControlOrMeta+KeyZ');
      return (await documentText()) === before;
    });
    await eventually(async () => {
      await keys('ControlOrMeta+KeyZ');
      return (await lines()) === shown;
    });
    assert.equal(await documentText(), before);
  });

  it('keeps the escapes of CloudCustomData, and can add one', async () => {
    const page = await open();
    await page.pane('CloudCustomData').locator('.cm-line', { hasText: '"n"' }).click();
    await keys('End');
    await type('23');
    await documentHas('"CloudCustomData": "{\\"trace\\":\\"a\\\\/b\\",\\"n\\":123}"');
    await workbench.closeEditors();

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

  it('shows an empty CloudCustomData as a button until it is written', async () => {
    const page = await scene.open(BODY, '""');
    await page.pane('MsgBody').waitFor();
    assert.equal(await page.pane('CloudCustomData').count(), 0);
    await page.frame.getByRole('button', { name: 'CloudCustomData is empty: write it' }).click();
    await page.pane('CloudCustomData').and(page.frame.locator(':focus')).waitFor();
    await type('note');
    await documentHas('"CloudCustomData": "note"');
  });

  it('shows what another editor writes into an empty CloudCustomData', async () => {
    const page = await scene.open(BODY, '""');
    await page.pane('MsgBody').waitFor();
    await scene.replaceDocument('{ "MsgBody": [], "CloudCustomData": "from beside" }');
    await page.reads('CloudCustomData', 'from beside');
  });

  it('wraps long lines with Alt+Z, and no longer with Alt+Z', async () => {
    const page = await open();
    await page.caretBehind('first');
    await keys('Alt+KeyZ');
    await page.pane('MsgBody').and(page.frame.locator('.cm-lineWrapping')).waitFor();
    await keys('Alt+KeyZ');
    await page.frame.locator('.cm-lineWrapping').first().waitFor({ state: 'detached' });
  });

  it('gives VS Code the keys of its chords, with the caret in a pane', async () => {
    const page = await open();
    await page.caretBehind('first');
    await type('!');
    await workbench.editors.save();
    await keys('ControlOrMeta+KeyK', 'Alt+KeyD');
    await workbench.editors.waitFor(/Service ↔ Draft/);
  });

  it('marks the brackets of the pane with the focus only', async () => {
    const page = await open();
    const marked = (pane: 'MsgBody' | 'CloudCustomData'): Promise<number> =>
      page
        .pane(pane)
        .locator('.cm-matchingBracket')
        .evaluateAll(
          (all) => all.filter((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)').length,
        );
    for (const [pane, other] of [
      ['MsgBody', 'CloudCustomData'],
      ['CloudCustomData', 'MsgBody'],
    ] as const) {
      await page.pane(pane).locator('.cm-line').first().click();
      await keys('Home');
      await eventually(
        async () => (await marked(pane)) === 2 && (await marked(other)) === 0,
        `brackets in ${pane} only`,
      );
    }
  });

  it('finds in one row, and replaces in a second one that Ctrl+H shows', async () => {
    const page = await open();
    await page.caretBehind('first');
    await keys('ControlOrMeta+KeyF');
    const rows = page.frame.locator('.find-row:visible');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    await page.frame.getByRole('textbox', { name: 'Find' }).fill('MsgType');
    await page.frame.locator('.find-count', { hasText: '2' }).waitFor();
    await keys('Escape', 'ControlOrMeta+KeyH');
    await rows.nth(1).waitFor();
    await page.frame.getByRole('textbox', { name: 'Find' }).fill('first');
    await page.frame.getByRole('textbox', { name: 'Replace' }).fill('second');
    await page.frame.getByRole('button', { name: 'Replace All' }).click();
    await documentHas('"second"');
    await keys('Escape');
  });

  it('says that the size cannot be counted while the JSON is broken', async () => {
    const page = await open();
    const meter = page.frame.locator('.header .meter');
    await meter.filter({ hasText: /of 12,288 bytes/ }).waitFor();
    await page.caretBehind('"MsgContent"');
    await type(',');
    await meter.filter({ hasText: 'Size not countable while the JSON is broken' }).waitFor();
    await keys('Backspace');
    await meter.filter({ hasText: /of 12,288 bytes/ }).waitFor();
  });

  it('comes back with what was typed, not with what it was opened with', async () => {
    const page = await open();
    await page.caretBehind('first');
    await type(' kept');
    await documentHas('"first kept"');
    await workbench.quickInput.runCommand('File: New Untitled Text File');
    await workbench.editors.textEditor().waitFor();
    await workbench.editors.show('alice');
    await page.shows('"first kept"');
    await page.caretBehind('first kept');
    await type(' on');
    await documentHas('"first kept on"');
    await page.frame.locator('.toolbar vscode-button:defined').first().waitFor();
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

  it('lists a problem with its fixes, and mends it from the keyboard', async () => {
    const page = await open();
    await page.replaceBody('{"MsgType":"TIMTextElem","MsgContent":{"Text":"wrap"}}');
    const problem = page.frame.locator('.problem', { hasText: /90007|90002/ }).first();
    await problem.waitFor();
    await problem.locator('vscode-button').first().waitFor();
    assert.equal(await problem.locator('.problem-place').textContent(), 'MsgBody 1:1');
    await problem.locator('.problem-go').click();
    await keys('ControlOrMeta+Period');
    const menu = page.frame.getByRole('menu');
    await menu.getByRole('menuitem').first().and(page.frame.locator(':focus')).waitFor();
    await keys('Enter');
    await page.shows(/^\s*\[/);
    const fixed = await documentHas('[');
    assert.deepEqual((JSON.parse(fixed) as { MsgBody: unknown[] }).MsgBody, [
      { MsgType: 'TIMTextElem', MsgContent: { Text: 'wrap' } },
    ]);
    await problem.waitFor({ state: 'detached' });
  });
});
