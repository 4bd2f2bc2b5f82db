// @ts-check
// `npm start`: the sandbox with its sample data, and a real VS Code with the extension in it.
//   npm start -- --port 8000    the workbench's port
//   npm start -- --no-open      prints the address and opens no browser
//   npm start -- --home FOLDER  keeps settings, drafts and so on there instead of in .vscode-test/start
//   npm start -- --desktop      uses the desktop VS Code that is installed as `code`
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { linkExtension } from '../test/support/vscode-host/extension.mjs';
import { installVSCode, newest } from '../test/support/vscode-host/install.mjs';
import { settingsFile, startServer, workbenchUrl } from '../test/support/vscode-host/server.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { openInBrowser, programOnPath } from './lib/desktop.mjs';
import { freePort, mustRun, run, startBackground } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    home: { type: 'string' },
    'no-open': { type: 'boolean' },
    desktop: { type: 'boolean' },
  },
});
const say = (/** @type {string} */ line) => console.log(line);

/** Everything that was started, the last one first. @type {import('./lib/processes.mjs').Background[]} */
const started = [];
let stopping = false;

/** @param {number} code */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  for (const one of started) await one.stop();
  process.exit(code);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => void stop(0));

/**
 * @template {import('./lib/processes.mjs').Background} T
 * @param {string} name
 * @param {T} background
 * @returns {T}
 */
function keep(name, background) {
  started.unshift(background);
  void background.ended.then((code) => {
    if (!stopping) console.error(`${name} ended with ${code}.`);
    return stop(1);
  });
  return background;
}

/** @returns {Promise<Record<string, unknown>>} the settings that let the extension find the sandbox */
async function startSandbox() {
  const sandbox = await startBackground(
    process.execPath,
    [path.join(root, 'dist/sandbox.js'), '--port', String(await freePort(18080))],
    { name: 'The sandbox', ready: /Sandbox listening on (http:\/\/127\.0\.0\.1:\d+)/ },
  );
  keep('The sandbox', sandbox);
  say(`Sandbox: ${sandbox.match[1]}`);
  return { 'tencentChat.sandbox.endpoint': sandbox.match[1] };
}

/** The port that was asked for and no other; else the usual one, or any when that is taken. */
async function workbenchPort() {
  if (values.port === undefined) return freePort(8000);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${values.port} is no port.`);
  if ((await freePort(port)) !== port) throw new Error(`Port ${port} is taken.`);
  return port;
}

/**
 * @param {Record<string, unknown>} settings
 * @param {number} port
 */
async function startWorkbench(settings, port) {
  const home = path.resolve(values.home ?? path.join(root, '.vscode-test/start'));
  const host = { dataDir: path.join(home, 'server'), extensionsDir: path.join(home, 'extensions') };
  await linkExtension(root, host);
  const server = await startServer({
    version: newest,
    ...host,
    settings: { ...(await readSettings(settingsFile(host.dataDir))), ...settings },
    port,
  });
  keep('VS Code', server);
  const url = workbenchUrl(server);
  say(`Workbench: ${url}`);
  say('Ctrl+C stops both.');
  if (!values['no-open']) openInBrowser(url);
}

/** @param {Record<string, unknown>} settings */
async function startDesktop(settings) {
  const home = path.resolve(values.home ?? path.join(root, '.vscode-test/start-desktop'));
  const file = path.join(home, 'User/settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...(await readSettings(file)), ...settings }, undefined, 2));
  const args = [`--extensionDevelopmentPath=${root}`, `--user-data-dir=${home}`, '--new-window', '--wait'];
  const code = programOnPath('code');
  if (code === undefined) {
    say(`There is no VS Code named "code" on the path. With one, this would run: code ${args.join(' ')}`);
    return stop(1);
  }
  say('Desktop VS Code is starting. Ctrl+C stops the sandbox.');
  await run(code, args);
  return stop(0);
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, unknown>>} what an earlier start, or the user, left there
 */
async function readSettings(file) {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

try {
  await ensureDependencies(say);
  if (!values.desktop) await installVSCode(newest, say);
  await mustRun(process.execPath, ['esbuild.js'], { cwd: root });
  if (values.desktop) {
    await startDesktop(await startSandbox());
  } else {
    const port = await workbenchPort();
    await startWorkbench(await startSandbox(), port);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
