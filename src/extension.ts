import type * as vscode from 'vscode';
import { App, type TestHandle } from './app';

/** Called by VS Code when the first of the extension's views, commands or documents is used. */
export function activate(context: vscode.ExtensionContext): TestHandle | undefined {
  const app = new App(context);
  context.subscriptions.push(app);
  return app.testHandle;
}

/** Everything is disposed with the context's subscriptions. */
export function deactivate(): void {
  return undefined;
}
