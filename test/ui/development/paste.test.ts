import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { EditorScene } from '../../support/ui/editorScene';
import type { MessagePage } from '../../support/ui/messagePage';
import { showFailures, type Workbench } from '../../support/ui/workbench';

const BODY = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"first"}}]';
/** A line of a shell, as people keep it. */
const CURL = `curl -s 'https://console.tim.qq.com/v4/openim/sendmsg' -d '{"To_Account":"u_2","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"it'\\''s late"}}],"CloudCustomData":"c"}'`;
const READ = `{
  "MsgBody": [
    {
      "MsgType": "TIMTextElem",
      "MsgContent": {
        "Text": "it's late"
      }
    }
  ]`;

/** What the function that pastes finds in the page. */
interface BrowserClasses {
  readonly DataTransfer: new () => { setData(type: string, text: string): void };
  readonly ClipboardEvent: new (type: string, init: object) => Event;
}

describe('a text in any notation that is pasted', function () {
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

  /** As Ctrl+V does, without the clipboard, which a browser does not let everybody read. */
  const paste = (where: Locator, text: string): Promise<void> =>
    where.evaluate((target, pasted) => {
      const { DataTransfer, ClipboardEvent } = globalThis as unknown as BrowserClasses;
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      (target as unknown as EventTarget).dispatchEvent(event);
    }, text);

  async function pasteOverBody(custom: string): Promise<MessagePage> {
    const page = await scene.open(BODY, custom);
    await page.pane('MsgBody').click();
    await scene.keys('ControlOrMeta+KeyA');
    await paste(page.pane('MsgBody'), CURL);
    return page;
  }

  it('becomes the message where it takes the place of MsgBody, and one undo brings back what was pasted', async () => {
    const page = await pasteOverBody('"old"');
    await scene.documentIs(`${READ},\n  "CloudCustomData": "old"\n}\n`);
    await workbench.statusBar.waitFor(/was read as a message \(shell-quoted json\)/);
    await workbench.notifications.press('The pasted message has another CloudCustomData', 'Take It Too');
    await scene.documentIs(`${READ},\n  "CloudCustomData": "c"\n}\n`);
    await page.pane('MsgBody').click();
    await scene.keys('ControlOrMeta+KeyZ');
    await scene.documentHas('"CloudCustomData": "old"');
    await scene.keys('ControlOrMeta+KeyZ');
    await scene.documentHas('curl -s');
    await scene.keys('ControlOrMeta+KeyZ');
    await scene.documentHas('"Text": "first"');
  });

  it('is only offered where it would replace what is there', async () => {
    const page = await scene.open(BODY, '"old"');
    await page.caretBehind('"Text": "first');
    await paste(page.pane('MsgBody'), CURL);
    await scene.documentHas('firstcurl -s');
    await workbench.notifications.press(
      'The pasted text holds a whole message',
      'Replace This Message with It',
    );
    await scene.documentIs(`${READ},\n  "CloudCustomData": "c"\n}\n`);
  });

  it('shows its repair as a change that one has to agree to, when it is checked elsewhere', async () => {
    await workbench.inHost(`
      const content = '{"MsgBody":[{"MsgType":"TIMTextElem" "MsgContent":{"Text":"hi"}}]}';
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));`);
    await workbench.quickInput.runCommand('Tencent Chat: Check Selection as MsgBody');
    await workbench.notifications.press(/This was read as if it were JSON/, 'Show Repair');
    const panel = workbench.page.locator('.part.panel');
    await panel.locator('.monaco-list-row', { hasText: '"TIMTextElem", "MsgContent"' }).waitFor();
    const text = (): Promise<string> =>
      workbench.inHost('return vscode.window.activeTextEditor?.document.getText() ?? "";');
    await panel.locator('.monaco-button', { hasText: 'Apply' }).waitFor();
    await panel.locator('.monaco-button', { hasText: 'Discard' }).click();
    await eventually(
      async () => (await text()).includes('"TIMTextElem" "MsgContent"'),
      'the text as it was, in front',
    );
  });

  it('becomes the message in the text editor too', async () => {
    const page = await scene.open(BODY, '"old"');
    await page.press('Open as Text');
    const editor = workbench.editors.textEditor();
    await editor.locator('.view-line').first().click();
    await scene.keys('ControlOrMeta+KeyA');
    await paste(editor.locator('.native-edit-context, textarea.inputarea').first(), CURL);
    await scene.documentIs(`${READ},\n  "CloudCustomData": "c"\n}\n`);
    await scene.keys('ControlOrMeta+KeyZ');
    await scene.documentHas('"Text": "first"');
  });
});
