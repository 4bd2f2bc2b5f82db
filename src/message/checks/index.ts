import type { JSONPath } from 'jsonc-parser';
import { checkRoot } from './root';
import { Findings } from './findings';
import { checkBody, checkElement } from './body';
import { checkRequest, isBatch } from './request';
import { checkSize } from './size';
import { checkSyntax } from './syntax';
import { looksLikeElement } from './otherNames';
import { messageAt, parseMessage, type ParsedMessage } from '../document';
import type { Problem } from '../problem';

export type { Problem, ProblemId, Severity } from '../problem';

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
 * The same for a text that is one JSON value of a message: a `MsgBody` array, one element, a request, an answer, the body
 * of a webhook.
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
