import { outcomeOf } from '../chat/catalogue';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';

/** What the error of a call that changes a message means for that call. */
export type Verdict =
  /** Refused for good; nothing was done. */
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  /** Nothing was done, for now: too many calls, or somebody else was at it. */
  | { readonly kind: 'later'; readonly error: ChatServiceError }
  /** The request never got there. */
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  /** Nobody knows whether it was carried out: the answer was lost, or its code does not tell. */
  | { readonly kind: 'doubt'; readonly error: ChatNetworkError | ChatServiceError };

/** @throws the error itself when it is neither of the service nor of the network: a mistake in this program. */
export function verdictOn(error: unknown): Verdict {
  if (ChatServiceError.is(error)) {
    const kinds = { refused: 'refused', notDone: 'later', doubt: 'doubt' } as const;
    return { kind: kinds[outcomeOf(error)], error };
  }
  if (ChatNetworkError.is(error)) return { kind: error.outcomeUnknown ? 'doubt' : 'unreachable', error };
  throw error;
}
