// @ts-check
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { mustRun, run } from '../../scripts/lib/processes.mjs';
import { root } from '../../scripts/lib/root.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium or Chrome that is on this machine: `CHROME_PATH`, one on the path, or Playwright's own.
 *
 * @returns {string | undefined} its executable
 */
export function findBrowser() {
  const { CHROME_PATH, PATH = '' } = process.env;
  if (CHROME_PATH) {
    if (!isExecutable(CHROME_PATH)) throw new Error(`CHROME_PATH names no program: ${CHROME_PATH}`);
    return CHROME_PATH;
  }
  const onPath = PATH.split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...onPath, ...applications, playwrightsOwn()].find((file) => file !== '' && isExecutable(file));
}

/**
 * Finds a browser, or installs one: Playwright's own download, else Debian's package.
 *
 * @param {(line: string) => void} [say]
 * @returns {Promise<string>} its executable
 */
export async function ensureBrowser(say = () => {}) {
  const found = findBrowser();
  if (found !== undefined) return found;

  say('Downloading a browser with Playwright …');
  const cli = path.join(root, 'node_modules/playwright-core/cli.js');
  await run(process.execPath, [cli, 'install', 'chromium'], { quiet: true });
  if (isExecutable(playwrightsOwn())) return playwrightsOwn();

  if (isDebian() && process.getuid?.() === 0) {
    say('Playwright has no download here; installing the package chromium …');
    await mustRun('apt-get', ['update']);
    await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const installed = findBrowser();
  if (installed !== undefined) return installed;
  throw new Error(
    'No browser to test with. Install Chromium or Chrome (Debian: sudo apt-get install chromium), ' +
      'or name one in the environment variable CHROME_PATH.',
  );
}

/** Flags of a browser that only ever sees our own pages, in a container too. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=ThirdPartyStoragePartitioning,Translate',
];

/**
 * Starts a browser with its own profile. Closing the returned context ends the browser.
 *
 * @param {{ profile: string, headless?: boolean, viewport?: { width: number, height: number }, locale?: string }} options
 *   `profile` is a folder; the same one again has the storage of the last time
 */
export async function launchBrowser({
  profile,
  headless = true,
  viewport = { width: 1400, height: 900 },
  locale,
}) {
  return chromium.launchPersistentContext(profile, {
    executablePath: await ensureBrowser(),
    headless,
    viewport,
    locale: locale ?? 'en-US',
    args: flags,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}

const still = `
  .progress-bit, .codicon, .codicon::before, .monaco-tl-twistie::before { animation: none !important; }
  .scrollbar { transition: none !important; }`;

/**
 * Lets nothing spin, run or fade in the VS Codes of a browser: it would be painted sixty times a second as long as something
 * goes on, by the processor.
 *
 * @param {import('playwright-core').BrowserContext} browser before it shows one
 */
export const standStill = (browser) => addStyle(browser, still);

/**
 * Lets the VS Codes of a browser work without being laid out or painted, which is half of what they take: for tests that see
 * nothing but VS Code's API.
 *
 * @param {import('playwright-core').BrowserContext} browser before it shows one
 */
export const drawNothing = (browser) => addStyle(browser, 'html { display: none !important; }');

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @param {string} style for every page, and every frame in one
 */
async function addStyle(browser, style) {
  await browser.addInitScript(`{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(style)});
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }`);
}

function playwrightsOwn() {
  try {
    return chromium.executablePath();
  } catch {
    return '';
  }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebian() {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}
