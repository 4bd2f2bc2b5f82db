// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The project's folder. Scripts and tests are started from it, as npm does; a bundled test has no other
 * way to find the files beside its source.
 */
export const root = process.cwd();

const manifest = path.join(root, 'package.json');
/** @returns {string | undefined} */
function nameOfProject() {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')).name;
  } catch {
    return undefined;
  }
}
if (nameOfProject() !== 'tencent-chat-message-editor')
  throw new Error('Start this in the folder of the project.');
