import type { ServerProblem } from '../diagnostics/serverProblems';

/** A refusal of the service at its place, with what was sent. */
export interface Refusal extends ServerProblem {
  readonly connectionId: string;
  /** As it was sent. */
  readonly body: string;
}
