import type { Workbench } from '../support/ui/workbench';

/**
 * Code for the extension host: an item *Open next* in the status bar, the one thing that is pressed whatever is opened.
 *
 * @param open an expression that opens what is next
 */
export const openNextItem = (open: string): string => `
  vscode.commands.registerCommand('bench.openNext', () => ${open});
  const item = vscode.window.createStatusBarItem();
  item.text = 'Open next';
  item.command = 'bench.openNext';
  item.show();
`;

/** Closes all editors, and waits until their pages are gone. */
export async function closePages(workbench: Workbench): Promise<void> {
  await workbench.inHost(`await vscode.commands.executeCommand('workbench.action.closeAllEditors')`);
  await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
}
