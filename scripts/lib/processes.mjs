// @ts-check
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` keeps the output back
 *   unless the command fails.
 * @returns {Promise<{ code: number, output: string }>} `code` is 127 where the command could not be started.
 */
export function run(command, args, { cwd, env, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? 'pipe' : 'inherit',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a command and throws with what it printed if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, { ...options, quiet: true });
  if (code !== 0)
    throw new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${output.slice(-4000)}`);
}

/** The command that starts npm on this system. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * A port that nobody listens on now.
 *
 * @param {number} [wanted] tried first
 * @returns {Promise<number>}
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * A process that runs until it is stopped, with everything it started.
 *
 * @typedef {object} Background
 * @property {number} pid
 * @property {Promise<number>} ended its exit code
 * @property {() => Promise<void>} stop ends the process and its children, and waits for that
 */

/**
 * Starts a process in a group of its own and waits until it prints that it is ready.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ name: string, ready: RegExp, timeoutMs?: number, cwd?: string, env?: NodeJS.ProcessEnv,
 *   onOutput?: (text: string) => void }} options
 * @returns {Promise<Background & { match: RegExpMatchArray }>}
 */
export async function startBackground(
  command,
  args,
  { name, ready, timeoutMs = 120_000, cwd, env, onOutput },
) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl+C reaches only us, and we end the children in order.
    detached: true,
  });
  const signalGroup = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const onExit = () => signalGroup('SIGKILL');
  process.once('exit', onExit);

  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
  let output = '';
  /** @type {Promise<RegExpMatchArray>} */
  const isReady = new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} was not ready after ${timeoutMs} ms:\n${output}`)),
      timeoutMs,
    );
    const onText = (/** @type {string} */ text) => {
      output = (output + text).slice(-20_000);
      onOutput?.(text);
      const match = ready.exec(output);
      if (match) {
        clearTimeout(timer);
        resolve(match);
      }
    };
    child.stdout.setEncoding('utf8').on('data', onText);
    child.stderr.setEncoding('utf8').on('data', onText);
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with ${code}:\n${output}`));
    });
  });

  const stop = async () => {
    signalGroup('SIGTERM');
    const timer = setTimeout(() => signalGroup('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
    // Children that ignored the first signal, or outlived their parent.
    signalGroup('SIGKILL');
    process.removeListener('exit', onExit);
  };
  try {
    return { pid: child.pid ?? 0, ended, stop, match: await isReady };
  } catch (error) {
    await stop();
    throw error;
  }
}
