import type { Connection, ConnectionDetails } from '../connections/connection';
import { runSteps } from '../ui/wizard';
import { detailsOf, draftOf, type ConnectionDraft, type DraftContext } from './connectionDraft';
import { connectionQuestions } from './connectionQuestions';
import { review } from './connectionReview';

/** What was answered. */
export interface WizardResult {
  readonly details: ConnectionDetails;
  /** Undefined to keep the one that is stored. */
  readonly secret: string | undefined;
  /** The person chose to use the stored secret at another endpoint, for another app or administrator. */
  readonly moveSecret: boolean;
  readonly readOnly: boolean;
}

/**
 * Asks for what nobody but the person knows of a connection, and shows the rest of it in a last step, with which the
 * editing of one begins. Throws `vscode.CancellationError` when closed.
 */
export async function askConnection(
  title: string,
  connections: DraftContext['connections'],
  edited?: Connection,
): Promise<WizardResult> {
  const context = { connections, edited };
  const { endpoint, sdkAppId, secret } = connectionQuestions(context);
  const draft = await runSteps<ConnectionDraft>(title, edited ? draftOf(edited) : {}, [
    ...(edited ? [] : [endpoint, sdkAppId, secret]),
    review(context),
  ]);
  return {
    details: detailsOf(draft, context),
    secret: draft.secret,
    // The last step ends only where the stored one is wanted for what the connection is now.
    moveSecret: draft.secret === undefined && draft.storedFor !== edited?.id,
    readOnly: draft.readOnly ?? false,
  };
}
