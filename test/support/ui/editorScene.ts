import type { ChatClient } from '../../../src/chat/client';
import { eventually } from '../eventually';
import { ChatScene, openByKey } from './chatScene';
import type { MessagePage } from './messagePage';
import type { Workbench } from './workbench';

/** A workbench on a sandbox of its own, for tests of the message editor. */
export class EditorScene {
  readonly settings: Record<string, unknown>;
  readonly workbench: Workbench;
  readonly colleague: ChatClient;

  private constructor(private readonly scene: ChatScene) {
    this.settings = { 'tencentChat.sandbox.endpoint': scene.sandbox.url };
    ({ workbench: this.workbench, colleague: this.colleague } = scene);
  }

  static async start(): Promise<EditorScene> {
    return new EditorScene(await ChatScene.start({ development: true }));
  }

  /** Closes what a test left open, without saving it. */
  async tidy(): Promise<void> {
    await this.workbench.page.setViewportSize({ width: 1400, height: 900 });
    await this.workbench.closeEditors();
  }

  stop(): Promise<void> {
    return this.scene.stop();
  }

  /** Sends a message and opens it by its key. Both texts are JSON. */
  async open(msgBody: string, cloudCustomData: string): Promise<MessagePage> {
    const { key } = await this.colleague.sendMessage({ from: 'alice', to: 'bob', msgBody, cloudCustomData });
    return openByKey(this.workbench, 'alice', key);
  }

  /** The active message document's text in VS Code. */
  documentText(): Promise<string> {
    return this.workbench.inHost<string>(`
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
      return (await vscode.workspace.openTextDocument(input.uri)).getText();`);
  }

  /** Waits until the document has, or has no longer, a text. */
  documentHas(part: string, there = true): Promise<string> {
    return eventually(
      async () => {
        const text = await this.documentText();
        return text.includes(part) === there ? text : undefined;
      },
      `${there ? '' : 'no '}${part} in the document`,
    );
  }

  /** Waits until the document has exactly a text. */
  async documentIs(wanted: string): Promise<void> {
    await eventually(async () => (await this.documentText()) === wanted, 'the text of the document');
  }

  /** Replaces the active message document as another editor would. */
  async replaceDocument(text: string): Promise<void> {
    await this.workbench.inHost(`
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
      const document = await vscode.workspace.openTextDocument(input.uri);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), ${JSON.stringify(text)});
      await vscode.workspace.applyEdit(edit);`);
  }

  async keys(...names: string[]): Promise<void> {
    for (const name of names) await this.workbench.page.keyboard.press(name);
  }

  /** Each text at once: a pause while it is typed would end what one undo takes back. */
  async typeAtOnce(...texts: string[]): Promise<void> {
    for (const text of texts) await this.workbench.page.keyboard.insertText(text);
  }

  async type(text: string): Promise<void> {
    await this.workbench.page.keyboard.type(text);
  }
}
