import { ChatNetworkError, ChatServiceError } from '../chat/errors';

/** Codes by which the service says that it did nothing and may do it later (design; trtc.io/47722). */
const nothingDone = new Set([20004, 20005, 91000, 90992, 60007]);

/** The message was changed meanwhile, or is being changed: version conflict, concurrent modification. */
const changedMeanwhile = new Set([20027, 20028]);

/** What the error of a call that changes a message means for that call. */
export type Verdict =
  /** Refused for good; nothing was done. */
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  /** Nothing was done; trying again may help. */
  | { readonly kind: 'later'; readonly error: ChatServiceError }
  /** Nothing was done, because somebody else did something. */
  | { readonly kind: 'changed'; readonly error: ChatServiceError }
  /** The request never got there. */
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  /** Nobody knows whether it was carried out. */
  | { readonly kind: 'unknown'; readonly error: ChatNetworkError };

/** @throws the error itself when it is neither of the service nor of the network: a mistake in this program. */
export function verdictOn(error: unknown): Verdict {
  if (ChatServiceError.is(error)) {
    if (nothingDone.has(error.code)) return { kind: 'later', error };
    return { kind: changedMeanwhile.has(error.code) ? 'changed' : 'refused', error };
  }
  if (ChatNetworkError.is(error)) return { kind: error.outcomeUnknown ? 'unknown' : 'unreachable', error };
  throw error;
}
