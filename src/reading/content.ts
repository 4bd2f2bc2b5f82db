import type { Node } from 'jsonc-parser';
import { checkPart } from '../message/checks';
import type { Problem } from '../message/problem';
import { rowOf, rowProblems } from './row';

/** What is looked at of a message. */
export interface Content {
  /**
   * `document`: an object with `MsgBody`, `CloudCustomData` or both, and what a request or an answer has beside them.
   * `body`: elements, or one element. `member`: elements under another name. `sdk`: a message of an SDK or of a server
   * that is an element itself. `row`: an object with the type of its one element beside the content, in a string.
   */
  readonly kind: 'document' | 'body' | 'member' | 'sdk' | 'row';
  readonly node: Node;
  /** Of a `member`: its name. */
  readonly name?: string;
}

/** What belongs to a request, an answer or a row is none of the message's problems. */
const AROUND: ReadonlySet<string> = new Set(['requestMember', 'unknownMember', 'unknownElementMember']);

/** What a foreign notation writes otherwise is no mistake there; it would be one in a request. */
const NAMES: ReadonlySet<string> = new Set([
  'sdkMessage',
  'webSdkElement',
  'sdkElement',
  'elementMemberName',
  'memberName',
  'fieldName',
  'fieldMissing',
  'fieldsBesideMsgType',
  'msgContentMissing',
  'msgTypeMissing',
  'oldSdkMedia',
  'rootIsElement',
]);

/** The problems of a message's content; places of the JSON text that its nodes count in. */
export function contentProblems(text: string, { kind, node, name }: Content, foreign: boolean): Problem[] {
  const row = kind === 'row' ? rowOf(node) : undefined;
  if (row !== undefined) return rowProblems(text, row);
  const { offset, length } = node;
  const found = checkPart(text.slice(offset, offset + length));
  const keep = found.filter(({ id }) =>
    kind === 'body' ? id !== 'requestMember' && id !== 'unknownMember' : !around(kind, id),
  );
  return keep.map((problem) => ({
    ...problem,
    severity:
      (foreign || kind === 'sdk' || kind === 'member') && NAMES.has(problem.id) && kind !== 'body'
        ? 'hint'
        : problem.severity,
    path: name === undefined ? problem.path : [name, ...problem.path],
    range: { offset: problem.range.offset + offset, length: problem.range.length },
  }));
}

function around(kind: Content['kind'], id: string): boolean {
  if (id === 'unknownElementMember') return kind === 'sdk' || kind === 'member';
  return AROUND.has(id);
}
