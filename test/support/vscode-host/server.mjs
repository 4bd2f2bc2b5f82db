// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, startBackground } from '../../../scripts/lib/processes.mjs';
import { installVSCode } from './install.mjs';

/**
 * Settings of every VS Code that is started here: a quiet one, which does by itself only what desktop VS Code
 * does (the web workbench would save files by itself, for instance).
 *
 * @type {Readonly<Record<string, unknown>>}
 */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  // It would list all files that are open on the machine every other second, to find ports.
  'remote.autoForwardPorts': false,
  'remote.autoForwardPortsSource': 'output',
  // What moves is painted again and again, by the processor.
  'workbench.reduceMotion': 'on',
};

/**
 * @typedef {object} ServerOptions
 * @property {string} version one of `versions` in install.mjs
 * @property {string} dataDir where this VS Code keeps everything: settings, extensions, storage, logs
 * @property {string} [extensionsDir] where the installed extensions are
 * @property {Record<string, unknown>} [settings] on top of `quietSettings`
 * @property {boolean} [testDriver] lets the page run extension tests and load an extension under development
 * @property {number} [port]
 * @property {NodeJS.ProcessEnv} [env] for the extension host
 * @property {(text: string) => void} [onOutput]
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {number} pid
 * @property {string} authority what `vscode-remote://` addresses name this server by
 * @property {Promise<number>} ended
 * @property {() => Promise<void>} stop
 */

/**
 * The settings file of a server whose data is in `dataDir`. A change shows in open windows at once.
 *
 * @param {string} dataDir
 */
export const settingsFile = (dataDir) => path.join(dataDir, 'data/Machine/settings.json');

/**
 * @param {string} dataDir
 * @param {Record<string, unknown>} settings
 */
export async function writeSettings(dataDir, settings) {
  await mkdir(path.dirname(settingsFile(dataDir)), { recursive: true });
  await writeFile(settingsFile(dataDir), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

/**
 * Starts the server half of a VS Code on loopback; a browser is the other half. Its extension host starts with
 * the first page.
 *
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({
  version,
  dataDir,
  extensionsDir,
  settings = {},
  testDriver,
  port,
  env,
  onOutput,
}) {
  const { node, server } = await installVSCode(version, (line) => onOutput?.(`${line}\n`));
  await writeSettings(dataDir, settings);
  const chosen = await freePort(port);
  const process = await startBackground(
    node,
    [
      server,
      ...['--host', '127.0.0.1', '--port', String(chosen)],
      ...[
        '--without-connection-token',
        '--accept-server-license-terms',
        '--disable-workspace-trust',
        '--telemetry-level',
        'off',
      ],
      ...['--server-data-dir', dataDir],
      ...(extensionsDir === undefined ? [] : ['--extensions-dir', extensionsDir]),
      ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { name: `VS Code ${version}`, ready: /Extension host agent listening/, env, onOutput },
  );
  return {
    port: chosen,
    pid: process.pid,
    authority: `localhost:${chosen}`,
    ended: process.ended,
    stop: process.stop,
  };
}

/**
 * The address of the workbench in a browser.
 *
 * @param {Pick<Server, 'authority'>} server
 * @param {{ folder?: string, payload?: ReadonlyArray<readonly [string, string]> }} [options] `payload` needs
 *   a server with `testDriver`
 */
export function workbenchUrl({ authority }, { folder, payload } = {}) {
  const url = new URL(`http://${authority}/`);
  if (folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', folder);
  if (payload) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * A folder or file as the page names it.
 *
 * @param {Pick<Server, 'authority'>} server
 * @param {string} file
 */
export const remoteUri = ({ authority }, file) => `vscode-remote://${authority}${path.resolve(file)}`;
