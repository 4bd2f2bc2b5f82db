import { nodeAtPath, nodeText, parseStrict } from '../json/tree';
import { minify } from '../json/layout';
import { linesOf, type Block, type Part } from './document';
import { jsonPath } from './variables';

/** `# @expect ErrorCode 0`: what a member of the answer has to be. */
export interface Expectation {
  /** The directive's value as it stands. */
  readonly written: Part;
  readonly path: readonly (string | number)[];
  /** JSON, or a text without quotes; undefined when the member only has to be there. */
  readonly value: string | undefined;
}

/** An expectation and whether the answer met it. */
export interface Verdict {
  readonly expectation: Expectation;
  readonly met: boolean;
  /** What the answer has there, as JSON; undefined when it has nothing. */
  readonly found: string | undefined;
}

const EXPECT = /^(\$\S*|[A-Za-z_]\w*)(?:\s+(.+))?$/s;

/** The expectations of a block; an unreadable one has no path. */
export function expectationsOf(
  block: Block,
): (Expectation | { readonly written: Part; readonly path: undefined })[] {
  return linesOf(block, 'directive')
    .filter(({ name }) => name.text === 'expect')
    .map(({ value }) => {
      const [, where, expected] = EXPECT.exec(value.text) ?? [];
      const path = where?.startsWith('$') ? jsonPath(where) : where === undefined ? undefined : [where];
      return path === undefined
        ? { written: value, path }
        : { written: value, path, value: expected?.trim() };
    });
}

/** Holds an answer against what a block expects of it. */
export function judge(block: Block, answer: string): Verdict[] {
  const root = parseStrict(answer);
  return expectationsOf(block).flatMap((expectation) => {
    if (expectation.path === undefined) return [];
    const node = nodeAtPath(root, [...expectation.path]);
    const found = node && nodeText(answer, node);
    const { value } = expectation;
    const met =
      node !== undefined &&
      (value === undefined || sameJson(nodeText(answer, node), value) || node.value === value);
    return [{ expectation, met, found }];
  });
}

function sameJson(found: string, expected: string): boolean {
  const node = parseStrict(expected);
  return node !== undefined && minify(found) === minify(expected);
}
