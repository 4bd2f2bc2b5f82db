// @ts-check
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lays an extension down as an installed one. It is a link, so that a new build is there after a reload of
 * the window.
 *
 * @param {string} extension the extension's folder
 * @param {{ dataDir: string, extensionsDir: string }} host
 */
export async function linkExtension(extension, { dataDir, extensionsDir }) {
  const { publisher, name, version } = JSON.parse(
    await readFile(path.join(extension, 'package.json'), 'utf8'),
  );
  await mkdir(extensionsDir, { recursive: true });
  const link = path.join(extensionsDir, `${publisher}.${name}-${version}`);
  await rm(link, { force: true });
  await symlink(extension, link, 'dir');
  // VS Code would otherwise not look at a manifest that changed since the last start.
  await rm(path.join(extensionsDir, 'extensions.json'), { force: true });
  await rm(path.join(dataDir, 'data/CachedProfilesData'), { recursive: true, force: true });
}
