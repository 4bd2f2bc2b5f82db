import type { TextRange } from '../json/text';
import { fieldOf, findSpec } from '../chat/calls/specs';
import { memberNode } from '../json/tree';
import { parseJson } from '../json/tree';
import { checkPart, type Problem, type ProblemId } from '../message/checks';
import { maskBody, type MaskedBody } from './body';
import { directiveOf, linesOf, requestLineOf, shownUrl, type Block, type RequestDocument } from './document';
import { expectationsOf } from './expect';
import { limitsOf, misfitOf, placesOf, type Misfit } from './members';
import { targetOf, type TargetProblem } from './target';
import { isConnectionName } from './values';
import { answerReference, referencesIn, SYSTEM_NAMES } from './variables';

/** What can be wrong with a document before anything is sent. The shell has the words; `subject` is `{0}`. */
export type RequestProblemId =
  | TargetProblem
  | 'notPost'
  | 'unknownCall'
  | 'memberMissing'
  | Misfit
  | 'unknownVariable'
  | 'unknownRequest'
  | 'connectionNameSet'
  | 'secret'
  | 'queryIgnored'
  | 'headerIgnored'
  | 'lineIgnored'
  | 'fileBody'
  | 'secondRequest'
  | 'badExpectation'
  | 'unknownDirective'
  | 'nameTwice'
  | 'noConnection';

/** A problem of the document itself. */
export interface RequestProblem extends TextRange {
  readonly id: RequestProblemId;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly subject: string;
  /** What taking it away takes away, where that mends it. */
  readonly remove?: TextRange;
}

/** Everything that is wrong with a document. */
export interface RequestProblems {
  readonly own: readonly RequestProblem[];
  /** What the service would refuse about a message inside a body; places are those of the document. */
  readonly messages: readonly { readonly block: Block; readonly problems: readonly Problem[] }[];
}

const DIRECTIVES = ['name', 'connection', 'expect', 'note', 'no-redirect', 'no-cookie-jar', 'prompt'];
const SECRET = /usersig=([^&\s{}]{8,})|(?:secret_?key|usersig)["']?\s*[:=]\s*["']?([^\s"',{}]{16,})/gi;

/**
 * Checks a document.
 *
 * @param connections names of the connections that there are; undefined where that is not known
 */
export function checkRequests(document: RequestDocument, connections?: readonly string[]): RequestProblems {
  const own: RequestProblem[] = [];
  const { blocks, text } = document;
  const names = new Map(blocks.flatMap((block) => nameOf(block)));
  const variables = new Set(linesOf(blocks, 'variable').map(({ name }) => name.text));
  for (const line of linesOf(blocks, 'variable')) {
    if (isConnectionName(line.name.text))
      own.push({
        ...at(line),
        id: 'connectionNameSet',
        severity: 'error',
        subject: line.name.text,
        remove: wholeLine(text, line),
      });
  }
  for (const match of text.matchAll(SECRET)) {
    const secret = match[1] ?? match[2] ?? '';
    const range = { offset: match.index + match[0].lastIndexOf(secret), length: secret.length };
    own.push({ ...range, id: 'secret', severity: 'warning', subject: '', remove: range });
  }
  for (const { offset, length, expression } of referencesIn(text)) {
    const answer = answerReference(expression);
    const [first = ''] = expression.split(/\s/);
    const known = answer
      ? names.has(answer.request)
      : variables.has(expression) || isConnectionName(expression) || isSystem(first);
    if (!known)
      own.push({
        offset,
        length,
        id: answer ? 'unknownRequest' : 'unknownVariable',
        severity: 'error',
        subject: answer?.request ?? expression,
      });
  }
  const seen = new Set<string>();
  const messages: { block: Block; problems: Problem[] }[] = [];
  for (const block of blocks) {
    const masked = block.body && maskBody(block.body.text);
    own.push(...checkLines(block, connections, seen), ...checkCall(text, block, masked));
    const problems = messageProblems(block, masked);
    if (problems.length > 0) messages.push({ block, problems });
  }
  own.sort((a, b) => a.offset - b.offset);
  return { own, messages };
}

function nameOf(block: Block): [string, Block][] {
  const name = directiveOf(block, 'name')?.text;
  return name === undefined ? [] : [[name, block]];
}

function checkLines(
  block: Block,
  connections: readonly string[] | undefined,
  seen: Set<string>,
): RequestProblem[] {
  const found: RequestProblem[] = [];
  for (const line of linesOf(block, 'directive')) {
    const { name, value } = line;
    if (!DIRECTIVES.includes(name.text))
      found.push({ ...at(name), id: 'unknownDirective', severity: 'hint', subject: name.text });
    if (name.text === 'name') {
      if (seen.has(value.text))
        found.push({ ...at(value), id: 'nameTwice', severity: 'warning', subject: value.text });
      seen.add(value.text);
    }
    if (name.text === 'connection' && connections && !connections.includes(value.text))
      found.push({
        ...at(value.length > 0 ? value : name),
        id: 'noConnection',
        severity: 'error',
        subject: value.text,
      });
  }
  for (const { path, written } of expectationsOf(block)) {
    if (path === undefined)
      found.push({ ...at(written), id: 'badExpectation', severity: 'error', subject: written.text });
  }
  for (const line of linesOf(block, 'header')) {
    const usual = line.name.text.toLowerCase() === 'content-type' && /json/i.test(line.value.text);
    if (!usual)
      found.push({ ...at(line), id: 'headerIgnored', severity: 'warning', subject: line.name.text });
  }
  for (const line of linesOf(block, 'other'))
    found.push({ ...at(line), id: 'lineIgnored', severity: 'warning', subject: line.text });
  return found;
}

function checkCall(text: string, block: Block, masked: MaskedBody | undefined): RequestProblem[] {
  const line = requestLineOf(block);
  if (!line) return [];
  const found: RequestProblem[] = [];
  if (line.method?.text.toUpperCase() !== 'POST') {
    const method = line.method ?? line.url;
    found.push({ ...at(method), id: 'notPost', severity: 'error', subject: method.text });
  }
  const target = targetOf(line.url.text);
  if ('problem' in target)
    return [
      ...found,
      { ...at(line.url), id: target.problem, severity: 'error', subject: shownUrl(line.url.text) },
    ];
  if (target.query.length > 0) {
    const start = line.url.text.indexOf('?');
    const range = { offset: line.url.offset + start, length: line.url.length - start };
    found.push({
      ...range,
      id: 'queryIgnored',
      severity: 'warning',
      subject: target.query.join(', '),
      remove: range,
    });
  }
  if (!findSpec(target.command)) {
    const start = line.url.text.indexOf(target.command);
    const range = { offset: line.url.offset + start, length: target.command.length };
    found.push({ ...range, id: 'unknownCall', severity: 'warning', subject: target.command });
  }
  return [...found, ...checkBody(text, block, masked, target.command)];
}

function checkBody(
  text: string,
  { body, lines }: Block,
  masked: MaskedBody | undefined,
  command: string,
): RequestProblem[] {
  if (!body || !masked) return [];
  const found: RequestProblem[] = [];
  if (/^<\s/.test(body.text)) found.push({ ...at(body), id: 'fileBody', severity: 'error', subject: '' });
  for (const match of body.text.matchAll(/^(?:POST|GET)[ \t]+\S*\/v4\/\S+/gm)) {
    found.push({
      offset: body.offset + match.index,
      length: match[0].length,
      id: 'secondRequest',
      severity: 'error',
      subject: '',
    });
  }
  const spec = findSpec(command);
  const { root } = parseJson(masked.text);
  if (!spec || root?.type !== 'object') return found;
  const line = lines.find(({ kind }) => kind === 'request');
  for (const [path, written] of Object.entries(spec.body)) {
    const { name, parents } = placesOf(root, path);
    for (const parent of parents) {
      const node = memberNode(parent, name);
      const at = { offset: body.offset + (node ?? parent).offset, length: node?.length ?? 1 };
      if (!node) {
        if (fieldOf(written).needed && line)
          found.push({ ...at, id: 'memberMissing', severity: 'warning', subject: name });
        continue;
      }
      const id = misfitOf(written, node);
      // What is filled in is not known yet, and makes any text longer than it will be.
      if (id === undefined || hasReference(text, at.offset, at.length)) continue;
      const expected = id === 'memberType' ? fieldOf(written).type : (limitsOf(written) ?? '');
      found.push({ ...at, id, severity: 'warning', subject: `${name}: ${expected}` });
    }
  }
  return found;
}

function hasReference(text: string, offset: number, length: number): boolean {
  return text.slice(offset, offset + length).includes('{{');
}

/** What the checks of messages say of members that are no message's: the description of the call knows more of them. */
const NOT_OF_MESSAGES: readonly ProblemId[] = [
  'requestMember',
  'requestMemberMissing',
  'unknownMember',
  'noMembers',
  'toAccountNotString',
];

/** The checks of messages inside a body; a place that is filled in first is not judged. */
function messageProblems({ body }: Block, masked: MaskedBody | undefined): Problem[] {
  if (!body || !masked) return [];
  const shift = body.offset;
  const filledIn = ({ range: { offset, length } }: Problem): boolean =>
    masked.references.some((one) => one.offset < offset + length && offset < one.offset + one.length);
  return checkPart(masked.text)
    .filter((problem) => !NOT_OF_MESSAGES.includes(problem.id) && !filledIn(problem))
    .map((problem) => ({ ...problem, range: { ...problem.range, offset: problem.range.offset + shift } }));
}

function isSystem(name: string): boolean {
  return (SYSTEM_NAMES as readonly string[]).includes(name);
}

function at({ offset, length }: TextRange): TextRange {
  return { offset, length };
}

function wholeLine(text: string, { offset, length }: TextRange): TextRange {
  const end = text.indexOf('\n', offset + length);
  return { offset, length: (end < 0 ? text.length : end + 1) - offset };
}
