import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What runs in a page and how it looks: it stands in the frame, since a page that asks for its files waits for them. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Reads them. @param folder of the extension */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const read = (name: string): Promise<string> =>
    readFile(path.join(folder, 'dist', 'webview', name), 'utf8');
  const [script, style] = await Promise.all([read('conversation.js'), read('conversation.css')]);
  return { script, style };
}
