import { readFile } from 'node:fs/promises';
import { KEY_VARIABLE, readCommandLine, usage } from './commandLine';
import type { ReceivedCall } from './http/callLog';
import { startSandbox } from './server';

/** A seed without anything. */
const EMPTY = '{"Format": 1}';

async function main(): Promise<void> {
  if (process.argv[2] === 'check') return check(process.argv.slice(3));
  const { options, seedFile, publicKeyFile, empty, quiet, help } = readCommandLine(
    process.argv.slice(2),
    process.env[KEY_VARIABLE],
  );
  if (help) {
    console.log(usage);
    return;
  }
  const seed = seedFile === undefined ? (empty ? EMPTY : undefined) : await readFile(seedFile, 'utf8');
  const publicKey = publicKeyFile === undefined ? undefined : await readFile(publicKeyFile, 'utf8');
  const running = await startSandbox({
    ...options,
    ...(seed !== undefined && { seed }),
    ...(publicKey !== undefined && { publicKey }),
    ...(!quiet && { onCall: (call) => process.stderr.write(lineOf(call)) }),
  });
  console.log(`Sandbox listening on ${running.url}`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started by another program with a channel to it: when that one ends, so does this.
  if (process.connected) process.on('disconnect', stop);
}

/** Checks files. What that needs is not loaded by a sandbox. */
async function check(args: readonly string[]): Promise<void> {
  const { checkFiles } = await import('./check/checkFiles');
  process.exitCode = await checkFiles(args, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
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
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch(fail);
