import { valueOfJson } from '../json/values';
import { summarize } from '../message/summary';
import { eventFacts, type EventFacts } from '../webhooks/commands/facts';

/** What of a body is kept at hand, for rows and filters. */
export interface EventDigest extends Pick<EventFacts, 'who' | 'whom' | 'group' | 'topic' | 'addresses'> {
  /** The beginning of what the message says, in a line. */
  readonly text: string;
}

/** Reads what a row says out of a body, whatever that is. */
export function digestOf(body: Buffer): EventDigest {
  const { who, whom, group, topic, addresses, body: elements } = eventFacts(valueOfJson(body.toString()));
  const text = elements === undefined ? '' : summarize({ msgBody: JSON.stringify(elements) }).text;
  return { who, whom, group, topic, addresses, text };
}
