import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestHandle } from '../../src/app';

/** What the extension lets tests reach into, in a host that runs it under development. */
export async function testHandle(): Promise<TestHandle> {
  const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tencent-chat-message-editor'));
  const handle = (await extension?.activate()) as TestHandle | undefined;
  assert.ok(handle);
  return handle;
}
