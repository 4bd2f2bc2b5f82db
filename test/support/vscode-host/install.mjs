// @ts-check
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun, npm, run } from '../../../scripts/lib/processes.mjs';
import { root } from '../../../scripts/lib/root.mjs';

/** The newest VS Code tried, and the oldest that the extension supports. */
export const newest = '1.139';
export const oldest = '1.100';
export const versions = [newest, oldest];

/** Raise it when the steps below change: what is installed by the old steps is then installed anew. */
const steps = 1;

/**
 * Native modules without which VS Code runs, but complains in its log.
 * @type {Record<string, readonly string[]>}
 */
const nativeModules = {
  [newest]: ['@vscode/spdlog', '@vscode/native-watchdog'],
  [oldest]: ['@vscode/spdlog', 'native-watchdog'],
};

/**
 * @typedef {object} VSCodeInstall
 * @property {string} version
 * @property {string} node the Node binary that this VS Code runs on
 * @property {string} server its `server-main.js`
 */

/**
 * Puts a real VS Code (server, web workbench, extension host) into `.vscode-test/` unless it is there. It comes
 * out of npm packages, because VS Code's own download servers cannot be reached from everywhere. Interrupted
 * at any moment, the next call starts anew; several calls at once are safe.
 *
 * @param {string} version one of `versions`
 * @param {(line: string) => void} [say]
 * @returns {Promise<VSCodeInstall>}
 */
export async function installVSCode(version, say = () => {}) {
  const manifests = path.join(root, 'test/support/vscode-host', version);
  const home = path.join(root, '.vscode-test');
  const target = path.join(home, version);
  const stamp = await fingerprint(manifests);
  if ((await stampOf(target)) !== stamp) {
    say(`Installing VS Code ${version} into .vscode-test …`);
    await mkdir(home, { recursive: true });
    await removeLeftovers(home, version);
    const work = path.join(home, `${version}.installing-${process.pid}`);
    try {
      await installInto(work, manifests, version, say);
      await writeFile(stampFile(work), stamp);
      await putInPlace(work, target, stamp);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return { version, node: nodeOf(target), server: path.join(serverFolder(target), 'out/server-main.js') };
}

/**
 * @param {string} work
 * @param {string} manifests
 * @param {string} version
 * @param {(line: string) => void} say
 */
async function installInto(work, manifests, version, say) {
  await mkdir(work, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(path.join(manifests, file), path.join(work, file));
  }
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await mustRun(npm, ['ci', ...quiet], { cwd: work });
  // VS Code's own dependencies are pinned by the npm-shrinkwrap.json it ships.
  await mustRun(npm, ['install', '--omit=dev', ...quiet], { cwd: serverFolder(work) });

  const node = path.dirname(path.dirname(nodeOf(work)));
  const { code } = await run(npm, ['rebuild', ...(nativeModules[version] ?? [])], {
    cwd: serverFolder(work),
    env: {
      npm_config_nodedir: node,
      PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    },
    quiet: true,
  });
  if (code !== 0)
    say(`VS Code ${version} goes without ${nativeModules[version]?.join(', ')}: they could not be built.`);
}

/**
 * @param {string} work
 * @param {string} target
 * @param {string} stamp
 */
async function putInPlace(work, target, stamp) {
  await rm(target, { recursive: true, force: true });
  try {
    await rename(work, target);
  } catch (error) {
    // Another process was quicker with the same thing.
    if ((await stampOf(target)) !== stamp) throw error;
  }
}

/**
 * Removes what interrupted installs left behind, but not the folder of one that still runs.
 *
 * @param {string} home
 * @param {string} version
 */
async function removeLeftovers(home, version) {
  const prefix = `${version}.installing-`;
  for (const name of await readdir(home)) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      await rm(path.join(home, name), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} folder */
const serverFolder = (folder) => path.join(folder, 'node_modules/code-server/lib/vscode');

/** @param {string} folder */
const stampFile = (folder) => path.join(folder, 'installed');

/** @param {string} folder */
async function stampOf(folder) {
  return existsSync(stampFile(folder)) ? readFile(stampFile(folder), 'utf8') : undefined;
}

/** @param {string} manifests */
async function fingerprint(manifests) {
  const hash = createHash('sha256').update(`${steps} ${process.platform} ${process.arch}\n`);
  for (const file of ['package.json', 'package-lock.json'])
    hash.update(await readFile(path.join(manifests, file)));
  return hash.digest('hex');
}

/** @param {string} folder */
function nodeOf(folder) {
  const node = path.join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (!existsSync(node)) {
    throw new Error(
      `There is no headless VS Code for ${process.platform} ${process.arch}: use npm run test:desktop there.`,
    );
  }
  return node;
}
