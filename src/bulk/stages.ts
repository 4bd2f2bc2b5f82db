import type { MessageContent } from '../chat/chatMessage';
import type { Revision } from '../journal/revision';
import type { Reading } from './pageReading';
import type { PlanItem } from './plan';
import type { CallEnd } from './planCall';

/** A message that is still to be tried. */
export interface Tried {
  readonly index: number;
  /** How often it was tried in this run. */
  readonly tries: number;
}

/** A message that may be overwritten as far as the last reading says. */
export interface Ready {
  readonly tried: Tried;
  readonly item: PlanItem;
  readonly reading: Reading;
  readonly before: MessageContent;
  readonly sent: MessageContent;
}

/** A message whose call is in the journal and waits for its turn. */
export interface Begun {
  readonly ready: Ready;
  readonly revision: Revision;
}

/** A message whose call was made, or was not made after all. */
export interface Called extends Begun {
  readonly end: CallEnd;
}
