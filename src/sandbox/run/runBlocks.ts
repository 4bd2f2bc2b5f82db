import { randomInt, randomUUID } from 'node:crypto';
import type { ChatClient } from '../../chat/client';
import { compose, ComposeError } from '../../requests/compose';
import { credentialVariables } from '../../requests/credentialVariables';
import {
  directiveOf,
  requestLineOf,
  titleOf,
  type Block,
  type RequestDocument,
} from '../../requests/document';
import { effectOf, type Effect } from '../../requests/effect';
import { expectationsOf, judge } from '../../requests/expect';
import type { Sources } from '../../requests/variables';
import { KEY_VARIABLE, TOKEN_VARIABLE } from '../commandLine';

/** How a block ended. */
export interface BlockResult {
  readonly title: string;
  readonly command: string;
  readonly outcome: 'passed' | 'failed' | 'error';
  /** What was expected and is not so, or why it could not be sent; empty when it passed. */
  readonly reasons: readonly string[];
  readonly durationMs: number;
}

/** What a run may send. */
export interface Allowed {
  readonly writes: boolean;
  readonly deletes: boolean;
}

/** Sends the blocks of a document in their order; each has the answers of those before it. */
export async function* runBlocks(
  document: RequestDocument,
  client: ChatClient,
  allowed: Allowed,
): AsyncGenerator<BlockResult> {
  const answers = new Map<string, string>();
  const { endpoint, sdkAppId, administrator } = client.app;
  const sources: Sources = {
    connection: { endpoint, sdkappid: String(sdkAppId), identifier: administrator },
    answer: (name) => answers.get(name),
    // What signs is no value for a body.
    environment: (name) => (SECRETS.includes(name) ? undefined : process.env[name]),
    now: Date.now,
    randomInt: (min, max) => (max - min < 2 ** 48 ? randomInt(min, max) : min),
    guid: randomUUID,
  };
  for (const block of document.blocks) {
    if (!requestLineOf(block)) continue;
    yield await runBlock({ document, block, client, allowed, sources, answers });
  }
}

const SECRETS: readonly string[] = [
  credentialVariables.secretKey,
  credentialVariables.userSig,
  KEY_VARIABLE,
  TOKEN_VARIABLE,
];

interface Running {
  readonly document: RequestDocument;
  readonly block: Block;
  readonly client: ChatClient;
  readonly allowed: Allowed;
  readonly sources: Sources;
  readonly answers: Map<string, string>;
}

async function runBlock({
  document,
  block,
  client,
  allowed,
  sources,
  answers,
}: Running): Promise<BlockResult> {
  const started = performance.now();
  const title = titleOf(block);
  let command = '';
  const ended = (outcome: BlockResult['outcome'], reasons: readonly string[] = []): BlockResult => ({
    ...{ title, command, outcome, reasons },
    durationMs: performance.now() - started,
  });
  try {
    const composed = compose(document, block, sources);
    command = composed.command;
    const refusal = refusalOf(effectOf(command), allowed);
    if (refusal !== undefined) return ended('error', [refusal]);
    const { text } = await client.answer(command, composed.body);
    const name = directiveOf(block, 'name')?.text;
    if (name !== undefined) answers.set(name, text);
    const reasons = unmet(block, text);
    return ended(reasons.length === 0 ? 'passed' : 'failed', reasons);
  } catch (error) {
    if (ComposeError.is(error))
      return ended('error', [`line ${lineOf(document.text, error.range.offset)}: ${error.message}`]);
    return ended('error', [error instanceof Error ? error.message : String(error)]);
  }
}

/** Why a call is not sent to an endpoint that is not on this machine; undefined when it may be. */
function refusalOf(effect: Effect, { writes, deletes }: Allowed): string | undefined {
  if (effect === 'read') return undefined;
  if (effect === 'write') return writes ? undefined : 'not sent: it writes, which takes --allow-writes';
  // Outside of the editor no journal keeps what a modify overwrites.
  return deletes ? undefined : 'not sent: it cannot be undone, which takes --allow-deletes';
}

function unmet(block: Block, answer: string): string[] {
  const expectations = expectationsOf(block);
  const unreadable = expectations
    .filter(({ path }) => path === undefined)
    .map(({ written }) => `@expect ${written.text} cannot be read`);
  const verdicts = expectations.length > 0 ? judge(block, answer) : judge(SUCCESS, answer);
  const failed = verdicts
    .filter(({ met }) => !met)
    .map(({ expectation, found }) => `@expect ${expectation.written.text}: it is ${found ?? 'not there'}`);
  return [...unreadable, ...failed];
}

/** What is expected of an answer of which nothing is said. */
const SUCCESS: Block = {
  offset: 0,
  length: 0,
  title: undefined,
  body: undefined,
  lines: [
    {
      kind: 'directive',
      offset: 0,
      length: 0,
      name: { text: 'expect', offset: 0, length: 0 },
      value: { text: 'ErrorCode 0', offset: 0, length: 0 },
    },
  ],
};

/** Counted from 1. */
function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
