import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestHandle } from '../../src/app';
import type { Connections } from '../../src/connections/connections';

/** What the extension lets tests reach into, in a host that runs it under development. */
export async function testHandle(): Promise<
  Omit<TestHandle, 'connections'> & { readonly connections: Connections }
> {
  const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tencent-chat-message-editor'));
  const handle = (await extension?.activate()) as TestHandle | undefined;
  assert.ok(handle);
  return { ...handle, connections: await handle.connections() };
}
