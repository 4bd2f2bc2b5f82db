import { ChatClient } from '../../../src/chat/client';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { MessagePage } from './messagePage';
import { giveBack, shareWorkbench } from './sharedWindow';
import type { Workbench, WorkbenchOptions } from './workbench';

export { textBody } from '../groups';

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

/** A sandbox of its own, the shared window (or one alone, see sharedWindow.ts), in which it is the Sandbox connection, and a colleague who works on the same app. */
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
    return new ChatScene(sandbox, colleague, await shareWorkbench({ ...options, settings }));
  }

  async stop(): Promise<void> {
    await giveBack(this.workbench);
    this.colleague.dispose();
    await this.sandbox.stop();
  }
}
