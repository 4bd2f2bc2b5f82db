import * as vscode from 'vscode';
import { ChatClient } from '../../src/chat/client';
import type { MessageContent } from '../../src/chat/chatMessage';
import { connectionId } from '../../src/connections/connection';
import { c2cAddress, type C2cAddress, type MessageRef } from '../../src/chat/address';
import { messageUri } from '../../src/documents/messageRef';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { eventually } from './eventually';
import { testHandle } from './testHandle';

/** A message that was sent to somebody. */
interface SentRef extends MessageRef {
  readonly address: C2cAddress;
}

/** A sandbox in the extension host's process, which the extension is pointed at, and a client beside it. */
export interface HostSandbox {
  readonly sandbox: RunningSandbox;
  /** A colleague: a client that the extension knows nothing of. */
  readonly colleague: ChatClient;
  readonly connectionId: string;
  /** Sends a message and gives its reference; the accounts are imported when they are not there. */
  send(from: string, to: string, content: MessageContent): Promise<SentRef>;
  /** What the service has now. */
  content(ref: MessageRef): Promise<MessageContent | undefined>;
  stop(): Promise<void>;
}

/** Starts it with the sample data, and points the setting at it. Closes all editors when it stops. */
export async function startHostSandbox(): Promise<HostSandbox> {
  const sandbox = await startSandbox();
  const colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const settings = vscode.workspace.getConfiguration('tencentChat');
  await settings.update('sandbox.endpoint', sandbox.url, vscode.ConfigurationTarget.Global);
  await eventually(
    () => vscode.workspace.getConfiguration('tencentChat').get('sandbox.endpoint') === sandbox.url,
    'the setting',
  );
  const id = connectionId({
    endpoint: sandbox.url,
    sdkAppId: sandbox.app.sdkAppId,
    administrator: sandbox.app.administrator,
    credentialKind: 'sandbox',
  });
  // Not only when a tree that the tests before left in view happens to ask for it.
  await (await testHandle()).connections.useSandbox();
  return hostSandbox({ sandbox, colleague }, id, async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    // The setting stays: without it, a tree that is looked at would start the extension's own sandbox.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
}

/** One beside it, with a connection of its own: for what is to go on at several services at once. */
export async function startSandboxBeside(name: string): Promise<HostSandbox> {
  const { connections } = await testHandle();
  const sandbox = await startSandbox();
  const colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const { connection } = await connections.add(
    {
      ...{ name, endpoint: sandbox.url, sdkAppId: sandbox.app.sdkAppId },
      ...{ administrator: sandbox.app.administrator, environment: 'sandbox', credentialKind: 'secretKey' },
    },
    sandbox.secretKey,
  );
  return hostSandbox({ sandbox, colleague }, connection.id, () => connections.remove(connection.id));
}

function hostSandbox(
  { sandbox, colleague }: Pick<HostSandbox, 'sandbox' | 'colleague'>,
  id: string,
  leave: () => Promise<void>,
): HostSandbox {
  return {
    sandbox,
    colleague,
    connectionId: id,
    async send(from, to, content) {
      for (const userId of [from, to]) await colleague.accountImport({ userId });
      const { key } = await colleague.sendMessage({
        from,
        to,
        msgBody: content.msgBody ?? '[]',
        ...(content.cloudCustomData !== undefined && { cloudCustomData: content.cloudCustomData }),
      });
      return { connectionId: id, address: c2cAddress(from, to, key) };
    },
    async content(ref) {
      return (await colleague.findMessage(ref.address))?.message.content;
    },
    async stop() {
      await leave();
      colleague.dispose();
      await sandbox.stop();
    },
  };
}

/** The bytes of a message's file, as VS Code reads them. */
export async function fileText(ref: MessageRef): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(messageUri(ref))).toString('utf8');
}

/** Removes the connections that other tests left, so that nobody is asked which one is meant. */
export async function useOnly(connection: string): Promise<void> {
  const { connections } = await testHandle();
  for (const { id } of connections.list()) if (id !== connection) await connections.remove(id);
}
