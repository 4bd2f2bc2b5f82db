import * as vscode from 'vscode';
import type { PageCode } from './html';

/** Where the page's files lie in the extension. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Reads the page's code, once for all pages. @throws FileSystemError where the extension lacks it */
export async function readPageCode(extensionUri: vscode.Uri): Promise<PageCode> {
  const root = webviewRoot(extensionUri);
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, name)));
  const [script, style] = await Promise.all([read('editor.js'), read('editor.css')]);
  return { script, style };
}
