import { isJson } from '../json/strictScanner';
import { encodeString, escapeStyleOf } from '../json/escapes';
import { minify } from '../json/layout';
import type { TextRange } from '../json/text';
import { maskBody } from './body';
import { requestLineOf, shownUrl, type Block, type RequestDocument } from './document';
import { targetOf, type TargetProblem } from './target';
import { Values, type ValueProblem } from './values';
import type { Sources } from './variables';

/** A request that is ready to be sent. */
export interface Composed {
  /** `service/command`. */
  readonly command: string;
  /** Byte for byte what is sent. */
  readonly body: string;
}

/** Why a block cannot be sent. */
export type ComposeProblem =
  | TargetProblem
  | ValueProblem
  /** There is no request line. */
  | 'noRequest'
  /** Every call of the service is a POST. */
  | 'notPost'
  /** A document may not say where its signature goes. */
  | 'endpointSet'
  /** A text stands where a value of JSON is wanted, and is none. */
  | 'notJsonValue';

/** A block that cannot be sent, with the place to blame. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError';

  constructor(
    readonly problem: ComposeProblem,
    /** In the text of the document. */
    readonly range: TextRange,
    /** What is meant: a variable, a URL without its query. Never a value. */
    readonly subject: string,
  ) {
    super(`${problem}: ${subject}`);
  }

  static is(error: unknown): error is ComposeError {
    return error instanceof ComposeError;
  }
}

/**
 * Makes of a block what is sent: the command of its URL, and its body with every reference filled in. Where a value goes
 * is not the document's to say: the URL only names the call, and must name this connection's endpoint.
 *
 * @throws ComposeError
 */
export function compose(document: RequestDocument, block: Block, sources: Sources): Composed {
  const line = requestLineOf(block);
  if (!line) throw new ComposeError('noRequest', { offset: block.offset, length: 0 }, '');
  if (line.method?.text.toUpperCase() !== 'POST') {
    const at = line.method ?? line.url;
    throw new ComposeError('notPost', at, shownUrl(at.text));
  }
  const set = document.blocks
    .flatMap(({ lines }) => lines)
    .find((one) => one.kind === 'variable' && one.name.text === 'endpoint');
  if (set) throw new ComposeError('endpointSet', set, 'endpoint');
  const target = targetOf(line.url.text, sources.connection.endpoint);
  if ('problem' in target) throw new ComposeError(target.problem, line.url, shownUrl(line.url.text));
  const values = new Values(document, sources);
  return { command: target.command, body: block.body === undefined ? '{}' : filledBody(block.body, values) };
}

function filledBody({ text, offset }: { text: string; offset: number }, values: Values): string {
  const { references, comments } = maskBody(text);
  let filled = '';
  let at = 0;
  const pieces = [
    ...comments.map((comment) => ({ ...comment, by: '' })),
    ...references.map((reference) => {
      const resolved = values.of(reference.expression);
      const range = { offset: offset + reference.offset, length: reference.length };
      if ('problem' in resolved) throw new ComposeError(resolved.problem, range, reference.expression);
      const { value } = resolved;
      if (reference.inString) return { ...reference, by: inString(value.text) };
      const json = value.json ?? (isJson(value.text) ? value.text : undefined);
      if (json === undefined) throw new ComposeError('notJsonValue', range, reference.expression);
      return { ...reference, by: json };
    }),
  ].sort((a, b) => a.offset - b.offset);
  for (const piece of pieces) {
    filled += text.slice(at, piece.offset) + piece.by;
    at = piece.offset + piece.length;
  }
  filled += text.slice(at);
  // White space between tokens is no part of a request; what is no JSON goes as it was typed.
  return isJson(filled) ? minify(filled) : filled.trim();
}

/** A text inside a JSON string: whatever it holds, it ends that string no earlier. */
function inString(text: string): string {
  return encodeString(text, escapeStyleOf(''));
}
