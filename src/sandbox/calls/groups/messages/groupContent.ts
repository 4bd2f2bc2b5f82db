import { Refusal, type RequestBody } from '../../../requestBody';
import type { CallContext } from '../../call';
import { newContentOf, type NewContent } from '../../content';
import { GROUP_CODES } from '../groupFields';

/** A message is too long; of its values and of its JSON alike, since the pages name one code (269/1629). */
export const TOO_LONG = 80_002;
const lengths = { values: TOO_LONG, json: TOO_LONG };

/** The content of a new message of a group. What its elements lack has the one code for parameters (269/1629). */
export function sentContentOf(body: RequestBody, context: CallContext): NewContent {
  return asParameter(() => newContentOf(body, context, lengths));
}

function asParameter<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal && error.code !== TOO_LONG)
      throw new Refusal(GROUP_CODES.parameter, error.info);
    throw error;
  }
}
