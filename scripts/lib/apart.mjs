// @ts-check
import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';
import { root } from './root.mjs';

/** What a copy of the project does without, or has anew. */
const left = ['.git', '.vscode-test', 'dist', 'node_modules', 'out'].map((name) => path.join(root, name));

/**
 * Copies the project; what is installed for it is shared.
 *
 * @param {string} copy an empty folder
 */
export async function copyProject(copy) {
  await cp(root, copy, { recursive: true, filter: (file) => !left.includes(file) });
  await symlink(await realpath(path.join(root, 'node_modules')), path.join(copy, 'node_modules'), 'dir');
}

/**
 * Runs a script in a copy of the project, which is thrown away: for what builds while others use what is built here.
 *
 * @param {readonly string[]} args of Node; files outside the project by their whole path
 * @returns {Promise<number>} the script's exit code
 */
export async function runApart(args) {
  const copy = await mkdtemp(path.join(tmpdir(), 'apart-'));
  try {
    await copyProject(copy);
    return (await run(process.execPath, args, { cwd: copy })).code;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
