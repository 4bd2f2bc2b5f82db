import { ChatClient } from '../../../src/chat/client';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { MessagePage } from './messagePage';
import { startWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/** JSON of a MsgBody with one text. */
export function textBody(text: string): string {
  return JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }]);
}

/** Opens a message to bob by its key, by the command that a person runs in the palette. */
export async function openByKey(workbench: Workbench, from: string, key: string): Promise<MessagePage> {
  const id = 'tencentChat.message.openByKey';
  if (workbench.hasHost) {
    const told = JSON.stringify({ from, to: 'bob', text: key });
    await workbench.inHost(`await vscode.commands.executeCommand('${id}', ${told});`);
  } else {
    await workbench.quickInput.runCommand('Tencent Chat: Open Message by Key…');
    await workbench.quickInput.enter(JSON.stringify({ From_Account: from, To_Account: 'bob', MsgKey: key }));
    // What was understood is shown before anything is asked of the service.
    await workbench.quickInput.pick(key);
  }
  return new MessagePage(workbench).ready();
}

/** A sandbox, a workbench in which it is the Sandbox connection, and a colleague who works on the same app. */
export class ChatScene {
  private constructor(
    readonly sandbox: RunningSandbox,
    readonly colleague: ChatClient,
    readonly workbench: Workbench,
  ) {}

  static async start(options: WorkbenchOptions = {}): Promise<ChatScene> {
    const sandbox = await startSandbox();
    const colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    const settings = { 'tencentChat.sandbox.endpoint': sandbox.url, ...options.settings };
    return new ChatScene(sandbox, colleague, await startWorkbench({ ...options, settings }));
  }

  async stop(): Promise<void> {
    await this.workbench.stop();
    this.colleague.dispose();
    await this.sandbox.stop();
  }
}
