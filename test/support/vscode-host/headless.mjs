// @ts-check
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { drawNothing, launchBrowser } from '../browser.mjs';
import { newest } from './install.mjs';
import { remoteUri, startServer, workbenchUrl } from './server.mjs';

/** The longest a run of extension tests may take. */
const limitMs = Number(process.env.VSCODE_HOST_TIMEOUT_MS ?? 90 * 60_000);

/**
 * @typedef {object} Arguments
 * @property {string} [development] the web workbench loads one extension under development at most
 * @property {string} tests
 * @property {string} [userData]
 * @property {string} [extensions]
 * @property {string} [folder]
 */

/**
 * Runs extension tests as desktop VS Code would with the same flags.
 *
 * @param {readonly string[]} args desktop VS Code's
 * @param {string} cwd where relative paths start
 * @returns {Promise<number>} the exit code of the tests
 */
export async function runHeadless(args, cwd) {
  const flags = readArguments(args, cwd);
  const home = await mkdtemp(path.join(tmpdir(), 'vscode-headless-'));
  /** @type {Array<() => Promise<unknown>>} */
  const cleanups = [() => rm(home, { recursive: true, force: true, maxRetries: 5 })];
  const cleanUp = async () => {
    for (const step of cleanups.splice(0).reverse()) await step().catch(() => {});
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void cleanUp().then(() => process.exit(130)));
  }

  try {
    const server = await startServer({
      version: process.env.VSCODE_HOST_VERSION ?? newest,
      dataDir: path.join(home, 'server'),
      extensionsDir: flags.extensions ?? path.join(home, 'extensions'),
      settings: await userSettings(flags.userData),
      testDriver: true,
      onOutput: process.env.VSCODE_HOST_VERBOSE ? (text) => process.stderr.write(text) : undefined,
    });
    cleanups.push(() => server.stop());
    const browser = await launchBrowser({
      profile: path.join(home, 'profile'),
      viewport: { width: 800, height: 500 },
    });
    cleanups.push(() => browser.close());
    await drawNothing(browser);

    const page = await browser.newPage();
    /** @type {Promise<number>} */
    const exit = new Promise((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolve(code));
      page.on('crash', () => reject(new Error('The page of the workbench crashed.')));
      void server.ended.then((code) => reject(new Error(`The server of VS Code ended with ${code}.`)));
      setTimeout(() => reject(new Error(`The tests did not end within ${limitMs} ms.`)), limitMs).unref();
    });
    await page.exposeFunction('codeAutomationLog', printConsole);
    await page.goto(
      workbenchUrl(server, {
        folder: flags.folder,
        payload: [
          ...(flags.development === undefined
            ? []
            : [/** @type {const} */ (['extensionDevelopmentPath', remoteUri(server, flags.development)])]),
          ['extensionTestsPath', remoteUri(server, flags.tests)],
          ['skipWelcome', 'true'],
        ],
      }),
    );
    return await exit;
  } finally {
    await cleanUp();
  }
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Arguments}
 */
function readArguments(args, cwd) {
  /** @param {string} name */
  const values = (name) =>
    args
      .filter((arg) => arg.startsWith(`--${name}=`))
      .map((arg) => path.resolve(cwd, arg.slice(name.length + 3)));
  const [tests] = values('extensionTestsPath');
  if (tests === undefined)
    throw new Error('code-headless runs extension tests only: give it --extensionTestsPath=FILE.');
  const folder = args.find((arg) => !arg.startsWith('-'));
  return {
    tests,
    development: values('extensionDevelopmentPath')[0],
    userData: values('user-data-dir')[0],
    extensions: values('extensions-dir')[0],
    folder: folder === undefined ? undefined : path.resolve(cwd, folder),
  };
}

/**
 * The user settings that a test laid down for desktop VS Code.
 *
 * @param {string} [userData]
 * @returns {Promise<Record<string, unknown>>}
 */
async function userSettings(userData) {
  const file = userData === undefined ? '' : path.join(userData, 'User/settings.json');
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

/** Lines of VS Code itself that say nothing about the tests. */
const noise = new RegExp(
  [
    '^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|ChatSessionStore)',
    String.raw`^\[(reconnection-grace-time|AgentHost|AccountPolicyGate|perf)`,
    'open-vsx|vsda|service ?worker|GitHub|vscode-tas|marketplace',
  ].join('|'),
  'i',
);

/**
 * Prints a line of the console of workbench and extension host.
 *
 * @param {'log' | 'info' | 'warn' | 'error'} type
 * @param {unknown[]} args
 */
function printConsole(type, args) {
  const line = format(...args);
  if (noise.test(line) && !process.env.VSCODE_HOST_VERBOSE) return;
  (type === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
}
