import { readFile, writeFile } from 'node:fs/promises';
import fetch from 'node-fetch';
import { ChatClient } from '../../chat/client';
import type { ChatApp } from '../../chat/chatMessage';
import { isRecord } from '../../json/values';
import { credentialVariables } from '../../requests/credentialVariables';
import { parseRequests } from '../../requests/parse';
import { KEY_VARIABLE } from '../commandLine';
import { startSandbox, type RunningSandbox } from '../server';
import { junitOf, type FileResults } from './junit';
import { runBlocks, type BlockResult } from './runBlocks';
import { isHere, readRunLine, runUsage, type RunLine } from './runLine';

/** Where a run writes to, and what it knows of its surroundings. */
export interface RunPlace {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Carries out `run`. @returns what the process ends with */
export async function runFiles(args: readonly string[], place: RunPlace): Promise<number> {
  let line: RunLine;
  try {
    line = readRunLine(args);
  } catch (error) {
    place.err(`${messageOf(error)}\n`);
    return 2;
  }
  if (line.help) {
    place.out(runUsage);
    return 0;
  }
  let target: Target | undefined;
  try {
    target = await targetOf(line, place.environment);
    return await runAll(line, target, place);
  } catch (error) {
    place.err(`${messageOf(error)}\n`);
    return 2;
  } finally {
    target?.client.dispose();
    await target?.sandbox?.stop();
  }
}

/** What the blocks are sent to. */
interface Target {
  readonly client: ChatClient;
  /** One that was started for this run. */
  readonly sandbox?: RunningSandbox;
}

async function runAll(line: RunLine, { client }: Target, { out }: RunPlace): Promise<number> {
  const here = isHere(client.app.endpoint);
  const allowed = { writes: here || line.allowWrites, deletes: here || line.allowDeletes };
  if (line.endpoint !== undefined) out(`${client.app.endpoint}: ${allowedText(allowed)}\n`);
  const all: FileResults[] = [];
  for (const file of line.files) {
    const results: BlockResult[] = [];
    for await (const result of runBlocks(parseRequests(await readFile(file, 'utf8')), client, allowed)) {
      results.push(result);
      out(lineOf(file, result));
    }
    all.push({ file, results });
  }
  if (line.junitFile !== undefined) await writeFile(line.junitFile, junitOf(all));
  const every = all.flatMap(({ results }) => results);
  const passed = every.filter(({ outcome }) => outcome === 'passed').length;
  out(`${passed} of ${every.length} as expected\n`);
  return passed === every.length && every.length > 0 ? 0 : 1;
}

async function targetOf(line: RunLine, environment: RunPlace['environment']): Promise<Target> {
  if (line.endpoint === undefined) {
    const seed = await Promise.all(line.seedFiles.map((file) => readFile(file, 'utf8')));
    const empty = line.empty ? ['{"Format": 1}'] : undefined;
    const begin = seed.length > 0 ? seed : empty;
    const sandbox = await startSandbox({ port: 0, ...(begin && { seed: begin }) });
    const credential = { kind: 'secretKey', secretKey: sandbox.secretKey } as const;
    return { client: new ChatClient(sandbox.app, credential), sandbox };
  }
  const app = await appAt(line.endpoint, environment);
  return { client: new ChatClient(app, { kind: 'secretKey', secretKey: app.secretKey }) };
}

/** The app at an endpoint: of the environment, or, where that says nothing, what a sandbox on this machine tells. */
async function appAt(
  endpoint: string,
  environment: RunPlace['environment'],
): Promise<ChatApp & { readonly secretKey: string }> {
  const secretKey =
    environment[credentialVariables.secretKey] ?? (isHere(endpoint) ? environment[KEY_VARIABLE] : undefined);
  const id = environment[credentialVariables.sdkAppId];
  if (secretKey !== undefined && id !== undefined) {
    if (!/^\d{1,10}$/.test(id)) throw new Error(`${credentialVariables.sdkAppId} is no SDKAppID.`);
    const administrator = environment[credentialVariables.administrator] ?? 'administrator';
    return { endpoint, sdkAppId: Number(id), administrator, secretKey };
  }
  const told = isHere(endpoint) ? await sandboxAt(endpoint) : undefined;
  if (told) return told;
  throw new Error(
    `Set ${credentialVariables.sdkAppId} and ${credentialVariables.secretKey} in the environment.`,
  );
}

/** What a sandbox on this machine tells of itself; its key is no secret. */
async function sandboxAt(endpoint: string): Promise<(ChatApp & { readonly secretKey: string }) | undefined> {
  const response = await fetch(`${endpoint}/sandbox/info`, { redirect: 'manual' });
  const told: unknown = response.status === 200 ? await response.json() : undefined;
  if (!isRecord(told)) return undefined;
  const { sdkAppId, administrator, secretKey } = told;
  if (typeof sdkAppId !== 'number' || typeof administrator !== 'string' || typeof secretKey !== 'string')
    return undefined;
  return { endpoint, sdkAppId, administrator, secretKey };
}

function allowedText({ writes, deletes }: { writes: boolean; deletes: boolean }): string {
  if (deletes) return 'reads, writes and deletes';
  return writes ? 'reads and writes' : 'reads only';
}

function lineOf(file: string, { title, command, outcome, reasons, durationMs }: BlockResult): string {
  const sign = outcome === 'passed' ? '✓' : '✗';
  const head = `${sign} ${file}: ${title}${command === '' ? '' : ` (${command})`}, ${Math.round(durationMs)} ms`;
  return `${withoutControls([head, ...reasons.map((reason) => `    ${reason}`)].join('\n'))}\n`;
}

/** No terminal sequence of an answer works in what is printed. */
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what this is about
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
