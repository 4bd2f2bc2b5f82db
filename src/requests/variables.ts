import type { TextRange } from '../json/text';

/** A `{{…}}` in a text. */
export interface Reference extends TextRange {
  /** What stands between the braces, without the blanks around. */
  readonly expression: string;
}

const REFERENCE = /\{\{([^{}\r\n]*)\}\}/g;

/** All references of a text. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].map((match) => ({
    offset: match.index,
    length: match[0].length,
    expression: (match[1] ?? '').trim(),
  }));
}

/** `sent.response.body.$.MsgKey`: a value of the answer that a named request got. */
export interface AnswerReference {
  readonly request: string;
  /** `*` is the whole answer. */
  readonly path: readonly (string | number)[] | '*';
}

const ANSWER = /^([\w-]+)\.response\.body\.(\*|\$.*)$/;
const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/y;

/** Reads a reference to an answer; undefined for any other expression. */
export function answerReference(expression: string): AnswerReference | undefined {
  const [, request, written] = ANSWER.exec(expression) ?? [];
  if (request === undefined || written === undefined) return undefined;
  if (written === '*') return { request, path: '*' };
  const path = jsonPath(written);
  return path && { request, path };
}

/** A path as JSONPath writes it, of plain steps only: `$.MsgList[0].MsgKey`; undefined for anything else. */
export function jsonPath(written: string): (string | number)[] | undefined {
  if (!written.startsWith('$')) return undefined;
  const path: (string | number)[] = [];
  for (let at = 1; at < written.length;) {
    STEP.lastIndex = at;
    const step = STEP.exec(written);
    if (!step) return undefined;
    const [all, name, index, single, double] = step;
    path.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
    at += all.length;
  }
  return path;
}

/** What values come from, beside the document itself. */
export interface Sources {
  /** What the connection is: `endpoint`, `sdkappid`, `identifier`. None of it is secret. */
  readonly connection: { readonly endpoint: string; readonly sdkappid: string; readonly identifier: string };
  /** The text of the answer that a named request got last. */
  readonly answer: (request: string) => string | undefined;
  /** A variable of the environment; undefined also where nothing may be read of it. */
  readonly environment: (name: string) => string | undefined;
  /** Milliseconds. */
  readonly now: () => number;
  /** A whole number from `min` up to and without `max`. */
  readonly randomInt: (min: number, max: number) => number;
  readonly guid: () => string;
}

/** Names that the connection gives; no document may set them. */
export const CONNECTION_NAMES = ['endpoint', 'sdkappid', 'identifier'] as const;

/** Names of values that are made when a request is sent, as REST Client writes them. */
export const SYSTEM_NAMES = ['$guid', '$timestamp', '$randomInt', '$processEnv'] as const;
