import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Problem } from '../../message/problem';
import { readMessages, type ReadMessage } from '../../reading';
import { english } from '../../words/l10n';
import { problemText } from '../../words/problemTexts';
import { LinePositions } from './linePositions';

const checkUsage = `Checks the messages in any files: JSON, logs, source code, dumps, histories, webhooks.

  check [--json] FILE…   - stands for the standard input

Prints FILE:LINE:COLUMN severity code text for each problem, or with --json one object for all files.
Exit code: 0 without an error, 1 with one, 2 when a file or the command line cannot be read.
`;

/** Where the command writes to. */
export interface CheckOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** A message as `--json` prints it; what is not known is absent. */
interface ShownMessage extends Partial<Pick<ReadMessage, 'from' | 'to' | 'key' | 'group' | 'seq'>> {
  readonly chat: 'c2c' | 'group' | null;
  readonly body: boolean;
  readonly problems: readonly ShownProblem[];
}

/** A problem as `--json` prints it. Lines and columns count from 1, columns in UTF-16 units. */
interface ShownProblem {
  readonly severity: Problem['severity'];
  /** The code that the service would answer, or the problem's own name where it would not refuse. */
  readonly code: number | string;
  readonly line: number;
  readonly column: number;
  /** From the message on, e.g. `MsgBody[0].MsgContent.Text`. */
  readonly path: string;
  readonly message: string;
}

interface ShownFile {
  readonly file: string;
  readonly notation: string;
  readonly messages: readonly ShownMessage[];
}

/**
 * The command `check`.
 *
 * @param args what stands behind the command's name
 * @returns the exit code
 */
export async function checkFiles(args: readonly string[], { out, err }: CheckOutput): Promise<0 | 1 | 2> {
  const given = readArguments(args);
  if (given === undefined) {
    err(checkUsage);
    return 2;
  }
  const { values, positionals } = given;
  if (values.help) {
    out(checkUsage);
    return 0;
  }
  if (positionals.length === 0) {
    err(checkUsage);
    return 2;
  }
  const files: ShownFile[] = [];
  let unread = false;
  for (const file of positionals) {
    const text = await textOf(file, err);
    if (text === undefined) unread = true;
    else files.push(shownFile(file, text));
  }
  if (values.json) out(`${JSON.stringify({ files }, null, 2)}\n`);
  else for (const file of files) printFile(file, { out, err });
  if (unread) return 2;
  const wrong = files.some(({ messages }) =>
    messages.some(({ problems }) => problems.some(({ severity }) => severity === 'error')),
  );
  return wrong ? 1 : 0;
}

/** Undefined for an option that there is none of: an exit code of its own keeps that from looking like an error found. */
function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function textOf(file: string, err: (text: string) => void): Promise<string | undefined> {
  try {
    const bytes = file === '-' ? await standardInput() : await readFile(file);
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(wide ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    err(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

async function standardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

function shownFile(file: string, text: string): ShownFile {
  const { messages, notation } = readMessages(text, { json: /\.json$/i.test(file) });
  const positions = new LinePositions(text);
  return { file, notation, messages: messages.map((message) => shownMessage(message, positions)) };
}

function shownMessage(message: ReadMessage, positions: LinePositions): ShownMessage {
  const { chat, from, to, key, group, seq, body, problems } = message;
  return {
    chat,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(key !== undefined && { key }),
    ...(group !== undefined && { group }),
    ...(seq !== undefined && { seq }),
    body,
    problems: problems.map((problem) => ({
      severity: problem.severity,
      code: problem.code ?? problem.id,
      ...positions.at(problem.range.offset),
      path: pathText(problem.path),
      message: problemText(problem, english),
    })),
  };
}

function pathText(path: Problem['path']): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

function printFile({ file, messages }: ShownFile, { out, err }: CheckOutput): void {
  for (const { problems } of messages) {
    for (const { severity, code, line, column, message } of problems) {
      out(`${file}:${line}:${column} ${severity} ${code} ${message}\n`);
    }
  }
  const bare = messages.filter(({ body }) => !body).length;
  const without = bare === 0 ? '' : `, ${bare} without a content that could be checked`;
  err(
    messages.length === 0
      ? `${file}: no message found\n`
      : `${file}: messages: ${messages.length}${without}\n`,
  );
}
