import type { FrameLocator, Locator } from 'playwright-core';
import { ChatClient } from '../../../src/chat/client';
import { connectionId } from '../../../src/connections/connection';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { eventually } from '../eventually';
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
  const page = await new MessagePage(workbench).ready();
  // Until it has come, the page of another message may stand there.
  await page.frame.locator('.header code', { hasText: key }).waitFor();
  return page;
}

/** The last message of a conversation's page that has a text. */
export function messageIn(page: FrameLocator, text: string | RegExp): Locator {
  return page.getByRole('article').filter({ hasText: text }).last();
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

  /** The sandbox's connection. */
  get connectionId(): string {
    return connectionId({ ...this.sandbox.app, credentialKind: 'sandbox' });
  }

  /** Shows a conversation of two, as its row in the tree would, and gives the page, which has the focus. */
  async showConversation(
    peer: string,
    user = 'alice',
    address?: { readonly from: string; readonly to: string; readonly key: string },
  ): Promise<FrameLocator> {
    const place = {
      connectionId: this.connectionId,
      user,
      chat: { chat: 'c2c', user, peer },
      ...(address && { message: { address: { chat: 'c2c', ...address } } }),
    };
    // A page that was in view before keeps the focus until VS Code gives it anew, and what is typed meanwhile is lost.
    await this.workbench.page.evaluate('document.activeElement?.blur()');
    await this.workbench.inHost(
      `await vscode.commands.executeCommand('tencentChat.conversation.show', ${JSON.stringify(place)})`,
    );
    const page = this.workbench.editors.webview();
    // While one page comes for another, there is none to ask.
    const hasFocus = page.locator(':focus');
    await eventually(async () => (await hasFocus.count()) > 0, 'the focus in the page');
    return page;
  }

  async stop(): Promise<void> {
    await giveBack(this.workbench);
    this.colleague.dispose();
    await this.sandbox.stop();
  }
}
