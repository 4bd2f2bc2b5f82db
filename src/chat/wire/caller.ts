/**
 * One call of the service.
 *
 * @param read turns the answer's text into the result; throws `ChatServiceError` or `ChatNetworkError`
 */
export type Caller = <T>(
  command: string,
  body: string,
  read: (text: string) => T,
  signal?: AbortSignal,
) => Promise<T>;
