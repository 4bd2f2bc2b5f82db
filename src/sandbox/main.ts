import { readFile } from 'node:fs/promises';
import { readIfThere, writeFileAtomic } from '../files/files';
import {
  CommandLineError,
  KEY_VARIABLE,
  readCommandLine,
  TOKEN_VARIABLE,
  usage,
  type CommandLine,
} from './commandLine';
import type { ReceivedCall } from './http/callLog';
import { startSandbox, type RunningSandbox } from './server';

/** A seed without anything. */
const EMPTY = '{"Format": 1}';

async function main(): Promise<void> {
  if (process.argv[2] === 'check') return check(process.argv.slice(3));
  if (process.argv[2] === 'run') return run(process.argv.slice(3));
  const line = readCommandLine(process.argv.slice(2), process.env[KEY_VARIABLE], process.env[TOKEN_VARIABLE]);
  if (line.help) {
    console.log(usage);
    return;
  }
  const seed = await seedOf(line);
  const publicKey = line.publicKeyFile === undefined ? undefined : await readFile(line.publicKeyFile, 'utf8');
  const running = await startSandbox({
    ...line.options,
    ...(seed !== undefined && { seed }),
    ...(publicKey !== undefined && { publicKey }),
    ...(!line.quiet && { onCall: (call) => process.stderr.write(lineOf(call)) }),
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    ended(running, line.exportFile).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started by another program with a channel to it: when that one ends, so does this.
  if (process.connected) process.on('disconnect', stop);
  // Whoever reads this may stop it in the same moment.
  sayReady(running, line);
}

/** What it begins with; undefined for the sample. */
async function seedOf({
  seedFile,
  importFiles,
  exportFile,
  empty,
}: CommandLine): Promise<string[] | undefined> {
  const texts: string[] = [];
  if (seedFile !== undefined) texts.push(await readFile(seedFile, 'utf8'));
  for (const file of importFiles) {
    const text = file === exportFile ? await readIfThere(file) : await readFile(file, 'utf8');
    if (text !== undefined) texts.push(text);
  }
  if (texts.length === 0) return empty ? [EMPTY] : undefined;
  return texts;
}

function sayReady(running: RunningSandbox, { options, json }: CommandLine): void {
  const { url, port, app, secretKey } = running;
  const { sdkAppId, administrator } = app;
  if (json) {
    console.log(JSON.stringify({ url, port, sdkAppId, administrator, secretKey, token: running.token }));
    return;
  }
  console.log(`Sandbox listening on ${url}`);
  if (options.listen !== undefined) console.log(`Token of the control routes: ${running.token}`);
}

/** Stops it, and writes down what it then has. */
async function ended(running: RunningSandbox, exportFile: string | undefined): Promise<void> {
  await running.stop();
  if (exportFile !== undefined) await writeFileAtomic(exportFile, running.sandbox.snapshot());
}

/** Checks files. What that needs is not loaded by a sandbox. */
async function check(args: readonly string[]): Promise<void> {
  const { checkFiles } = await import('./check/checkFiles');
  process.exitCode = await checkFiles(args, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}

/** Sends request documents. */
async function run(args: readonly string[]): Promise<void> {
  const { runFiles } = await import('./run/runFiles');
  process.exitCode = await runFiles(args, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    environment: process.env,
  });
}

function lineOf({ at, command, code, durationMs, fault }: ReceivedCall): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const what = fault === undefined ? '' : ` (fault: ${fault})`;
  return `${time} ${command ?? 'no call'} ${code} ${durationMs.toFixed(1)} ms${what}\n`;
}

function fail(error: unknown): never {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(taken ? 'The port is in use. Take another one with --port, or 0 for any.' : messageOf(error));
  process.exit(error instanceof CommandLineError ? 2 : 1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch(fail);
