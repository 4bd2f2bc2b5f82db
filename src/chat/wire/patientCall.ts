import { lookUpCode } from '../catalogue';
import { ChatServiceError } from '../errors';
import type { Caller } from './caller';
import { sleep } from './sleep';

/** The limits of calls are for a second. */
const WAIT_MS = 1000;
const TRIES = 4;

/**
 * Calls that are made many in a row and change nothing: where the app makes too many a second, which its own servers may do
 * too, they wait and are made again.
 */
export function patiently(call: Caller): Caller {
  return async (command, body, read, signal) => {
    for (let round = 1; ; round += 1) {
      try {
        return await call(command, body, read, signal);
      } catch (error) {
        const isTooOften = ChatServiceError.is(error) && lookUpCode(error.code)?.diagnosis === 'tooFrequent';
        if (!isTooOften || round === TRIES) throw error;
        await sleep(WAIT_MS, signal);
      }
    }
  };
}
