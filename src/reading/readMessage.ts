import type { MessageContent } from '../chat/chatMessage';
import type { Repair } from '../json/loose';
import type { Problem } from '../message/problem';
import type { TextEdit, TextRange } from '../json/text';

/** What a text tells of the identity of a message; what it does not tell is absent. */
export interface Told {
  readonly from?: string;
  readonly to?: string;
  /** `MsgSeq_MsgRandom_MsgTimeStamp`. */
  readonly key?: string;
  /** The key does not stand in the text: it was put together from its parts. */
  readonly keyMade?: boolean;
  readonly group?: string;
  readonly topic?: string;
  readonly seq?: number;
  /** The id that a client's SDK gives a message, which is no MsgKey: tinyid-time-random. */
  readonly sdkId?: string;
}

/** A message found in a text. */
export interface ReadMessage extends Told {
  /** null: the text does not tell. */
  readonly chat: 'c2c' | 'group' | null;
  /** Its content stands in the text and was looked at. */
  readonly body: boolean;
  /** What it was written and wrapped in, e.g. `url-encoded json`. */
  readonly notation: string;
  /** Where it stands in the text. */
  readonly range: TextRange;
  /** What is wrong with it; places of the text, in its order. Paths begin at the message. */
  readonly problems: readonly Problem[];
  /** What it says, where that was asked for and all of it stands in the text. */
  readonly content?: MessageContent;
}

/** A value that stands in the text unwrapped and is nearly JSON: what makes JSON of it. */
export interface Mend {
  readonly range: TextRange;
  /** Minimal edits of the text, in their order. */
  readonly edits: readonly TextEdit[];
  readonly repairs: readonly Repair[];
}

/** What was found in a text. */
export interface Reading {
  /** In the order of the text. */
  readonly messages: readonly ReadMessage[];
  /** What the text is written in: the notations of its messages; `text` when there is none. */
  readonly notation: string;
  /** In the order of the text. */
  readonly mends: readonly Mend[];
}
