import { ProblemReporter } from '../../diagnostics/problemReporter';
import { MessageQuickFixes } from '../../diagnostics/quickFixes';
import type { Notices } from '../../ui/notices';
import type { Own } from '../../ui/room';

/** What is wrong with messages, and what mends it. */
export interface Problems {
  readonly reporter: ProblemReporter;
  readonly fixes: MessageQuickFixes;
}

/** Begins to check the messages that are open. */
export function createProblems(own: Own, notices: Notices): Problems {
  const reporter = own(new ProblemReporter((error) => notices.message(error)));
  return { reporter, fixes: new MessageQuickFixes(reporter) };
}
