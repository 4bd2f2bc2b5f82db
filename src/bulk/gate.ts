/** Where calls of one kind wait until they may leave. */
export interface Gate {
  /** Resolves when one call may leave now: true, or false when the signal was aborted first. In order of asking. */
  pass(signal?: AbortSignal): Promise<boolean>;
}
