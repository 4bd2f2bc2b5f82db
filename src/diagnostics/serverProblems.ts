import type * as vscode from 'vscode';
import { lookUpCode } from '../chat/catalogue';
import type { ChatServiceError } from '../chat/errors';
import { checkMessage, type Problem } from '../message/checks';
import { parseMessage } from '../message/document';
import { placeRange } from '../message/codePlace';
import type { TextRange } from '../json/text';

/** A refusal of the service, standing at the place in the text that caused it. */
export interface ServerProblem {
  readonly error: ChatServiceError;
  readonly range: TextRange;
}

/** Finds the place of a refusal in the text that was sent. Codes that point outside stand at the first line. */
export function placeRefusal(
  text: string,
  error: ChatServiceError,
  check: (text: string) => Problem[] = checkMessage,
): ServerProblem {
  // The service names no place. Where the check expected this very code, that is it: of ten elements the fourth.
  const expected = check(text).find(({ code }) => code === error.code);
  if (expected) return { error, range: expected.range };
  const place = lookUpCode(error.code)?.place ?? 'document';
  return { error, range: placeRange(parseMessage(text), [], place, error.code) };
}

/** Moves a refusal along with an edit of the text; undefined when the edit touched its place. */
export function afterChanges(
  problem: ServerProblem,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): ServerProblem | undefined {
  const { length } = problem.range;
  let { offset } = problem.range;
  for (const change of changes) {
    const end = change.rangeOffset + change.rangeLength;
    if (end <= offset && !(end === offset && change.rangeLength === 0 && change.text === '')) {
      offset += change.text.length - change.rangeLength;
    } else if (change.rangeOffset < offset + length) {
      return undefined;
    }
  }
  return { error: problem.error, range: { offset, length } };
}
