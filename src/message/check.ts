import type { JSONPath } from 'jsonc-parser';
import { messageIn } from './anywhere';
import { checkRoot } from './checks/root';
import { Findings } from './checks/findings';
import { checkBody, checkElement } from './checks/body';
import { checkRequest, isBatch } from './checks/request';
import { checkSize } from './checks/size';
import { checkSyntax } from './checks/syntax';
import { looksLikeElement } from './checks/otherNames';
import { messageAt, parseMessage, type ParsedMessage } from './document';
import type { Problem } from './problem';

export type { Problem, ProblemId, ProblemValues, Severity } from './problem';

/**
 * Finds what the service would refuse in a message document, and what is likely wrong. Errors are documented
 * refusals only; what is uncertain is a warning or a hint. In the order of the text. Never throws.
 *
 * @param root the path of the message, in a text that holds many
 */
export function checkMessage(text: string, root: JSONPath = []): Problem[] {
  return checkParsed(messageAt(parseMessage(text), root));
}

/** The same for a message that was read already. */
export function checkParsed(parsed: ParsedMessage): Problem[] {
  const findings = new Findings(parsed.text, parsed.at);
  if (checkSyntax(findings, parsed.syntaxErrors) && parsed.root !== undefined) {
    checkRoot(findings, parsed.root);
    checkSize(findings, parsed);
  }
  return findings.inOrder();
}

/**
 * The same for any text that holds a message: a `MsgBody` array or one element alone, a request, an answer, the body of
 * a webhook, or a line of a log with one of them in it. What a request has beside the message is none of its problems.
 *
 * @returns undefined when the text holds no message
 */
export function checkAnything(text: string): Problem[] | undefined {
  const found = messageIn(text);
  if (found === undefined) return undefined;
  return checkPart(found.text)
    .filter(({ id }) => id !== 'requestMember' && id !== 'unknownMember')
    .map((problem) => ({ ...problem, range: found.toText(problem.range) }));
}

/**
 * Checks a text that is a message in any form: a `MsgBody` array, an element, a message document, or a request with one
 * in it, whose other members are checked too.
 */
export function checkPart(text: string): Problem[] {
  const parsed = parseMessage(text);
  const { root, syntaxErrors } = parsed;
  const isBody = root?.type === 'array';
  const findings = new Findings(text);
  if (!checkSyntax(findings, syntaxErrors) || root === undefined) return findings.inOrder();
  if (isBody) checkBody(findings, root, []);
  else if (looksLikeElement(root)) checkElement(findings, root, []);
  else {
    checkRoot(findings, root);
    checkSize(findings, parsed);
    checkRequest(findings, root);
  }
  const problems = findings.inOrder();
  return isBatch(root) ? problems.filter(({ id }) => id !== 'toAccountNotString') : problems;
}
