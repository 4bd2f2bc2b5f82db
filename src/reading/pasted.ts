import type { MessageContent } from '../chat/chatMessage';
import { keepsAll, type RepairKind } from '../json/loose';
import { readMessages } from './index';
import type { ReadMessage } from './readMessage';

/** The message that a text holds. */
export interface HeldMessage {
  readonly content: MessageContent;
  /** What it was written and wrapped in, e.g. `url-encoded json`. */
  readonly notation: string;
  /** What was repaired in it, each kind once. */
  readonly repairs: readonly RepairKind[];
  /** It stands with its address, or as a whole message of an SDK: more than elements on their own. */
  readonly whole: boolean;
}

/**
 * The one message that a text holds, in any notation.
 *
 * @returns undefined when there is none or more than one, and when a part of it does not stand in the text: then it
 *   would have to be made up
 */
export function heldMessage(text: string): HeldMessage | undefined {
  const withBody = readMessages(text, { contents: true }).messages.filter(({ body }) => body);
  const [only, second] = withBody;
  if (only?.content === undefined || second !== undefined) return undefined;
  const { content, notation } = only;
  const whole = (only.key ?? only.from ?? only.to ?? only.group ?? only.sdkId) !== undefined;
  return { content, notation, repairs: repairsOf(only), whole };
}

function repairsOf({ problems }: ReadMessage): RepairKind[] {
  const kinds = problems.flatMap(({ id, values }) => {
    if (id === 'jsonSlip') return [String(values.kind)];
    return id === 'readAs' ? String(values.kinds).split(', ') : [];
  });
  // What does not keep all stands beside what was taken: a request's variables.
  return [...new Set(kinds as RepairKind[])].filter(keepsAll);
}
