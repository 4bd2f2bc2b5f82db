/** Where calls of one kind wait until they may leave. */
export interface Gate {
  /**
   * Resolves when one call may leave now: true, or false when the signal was aborted first. In order of asking.
   *
   * @param isReady asked when it is the call's turn; says no, and the promise gives false, where the call is not to leave
   * after all, so that the turn is the next one's
   */
  pass(signal?: AbortSignal, isReady?: () => boolean): Promise<boolean>;
  /** Told how many milliseconds a call that it let pass took until its answer: whoever counts there counts when it came. */
  took?(ms: number): void;
}
