// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun, npm } from './processes.mjs';
import { root } from './root.mjs';

/**
 * Runs `npm ci` unless `node_modules` holds what `package-lock.json` says. Uses Node's own modules only, since
 * nothing may be installed yet.
 *
 * @param {(line: string) => void} say
 */
export async function ensureDependencies(say) {
  if (isUpToDate()) return;
  say('Installing npm packages …');
  await mustRun(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
}

/** npm writes `node_modules/.package-lock.json` at the very end of an install. */
function isUpToDate() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === '' || (optional && !installed[place]) || installed[place]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}
