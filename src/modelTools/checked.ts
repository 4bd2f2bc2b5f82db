import type { Problem } from '../message/problem';
import { readMessages } from '../reading';
import type { L10n } from '../words/l10n';
import { problemText } from '../words/problemTexts';

/** Problems that are told of one text; more say nothing more. */
const MOST_PROBLEMS = 50;
/** Characters of the place of a problem. */
const MOST_OF_PLACE = 60;

/** What the checks say of a text, for a language model. */
export interface Checked {
  /** Messages that stand in the text. */
  readonly messages: number;
  readonly problems: number;
  /** JSON: the first problems, each with the code that the service would answer, where it would refuse. */
  readonly json: string;
}

/** Checks the messages in any text: JSON or nearly, a MsgBody, an element, a request, the body of a webhook, a log. */
export function checkedText(text: string, l10n: L10n): Checked {
  const { messages } = readMessages(text);
  const problems = messages.flatMap((message) => message.problems);
  return {
    messages: messages.length,
    problems: problems.length,
    json: problemsJson(problems, text, l10n),
  };
}

/** The first problems of a text, as JSON. */
export function problemsJson(problems: readonly Problem[], text: string, l10n: L10n): string {
  return JSON.stringify(
    problems.slice(0, MOST_PROBLEMS).map((problem) => shownProblem(problem, text, l10n)),
    null,
    1,
  );
}

function shownProblem(problem: Problem, text: string, l10n: L10n) {
  const { severity, code, path, range } = problem;
  const length = Math.min(range.length, MOST_OF_PLACE);
  return {
    severity,
    ...(code !== undefined && { code }),
    path,
    problem: problemText(problem, l10n),
    at: text.slice(range.offset, range.offset + length),
  };
}
