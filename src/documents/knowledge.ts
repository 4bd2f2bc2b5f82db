import { isRecalled, type MessageContent } from '../chat/chatMessage';
import { changedMembers, sameContent } from '../message/changes';
import { contentOf, formatMessage, parseMessage } from '../message/document';

/** What is known of a message beside its content. */
export interface MessageFactsOnDisk {
  /** Unix seconds. */
  readonly time: number;
  /** `MsgFlagBits`. */
  readonly flags: number;
  /** Who wrote a group's message, which its address does not say. */
  readonly sender?: string;
}

/** A conflict that a person is merging by hand. */
export interface Merging {
  /** The service's content that is merged into the text, and its base once that is done. */
  readonly onto: MessageContent;
  /** The text as it was when merging began: as long as it says this, nothing was merged. */
  readonly from: string;
}

/** What a text was made from. */
export interface Rest {
  /** The service's content that the text was made from; empty when that is not known. */
  readonly base: MessageContent;
  readonly merging?: Merging;
}

/** A text that was here before and what it was made from: undoing brings such texts back. */
export interface Origin {
  readonly text: string;
  readonly rest: Rest;
}

/** All that a window knows of one message. */
export interface Knowledge {
  /** What the text of this window rests on: the unsaved one if there is one, else the saved one. */
  readonly base: MessageContent;
  readonly merging: Merging | undefined;
  /** The service's content as last seen; undefined when it was not read in this session or is gone. */
  readonly service: MessageContent | undefined;
  readonly gone: boolean;
  readonly facts: MessageFactsOnDisk | undefined;
  /** The saved text when it differs from the base's text. */
  readonly draft: string | undefined;
  /** Milliseconds; rises with every change of the text that a reader of the file sees, and with nothing else. */
  readonly mtime: number;
  /** What the saved text rests on. */
  readonly saved: Rest;
  /** The text that VS Code holds and did not save yet. */
  readonly unsaved: Origin | undefined;
  /** What VS Code read last: text typed into it rests on that, whatever was learned since. */
  readonly handedOut: { readonly mtime: number; readonly rest: Rest } | undefined;
  /** Newest first. */
  readonly origins: readonly Origin[];
}

/** What the disk holds of a message for every window. */
export interface SavedState {
  readonly rest: Rest;
  readonly draft: string;
  readonly facts: MessageFactsOnDisk | undefined;
  readonly savedAt: number;
}

/** A message of which one content is known and nothing is kept here. */
export function knowledgeOf(base: MessageContent, mtime: number): Knowledge {
  return {
    base,
    merging: undefined,
    service: undefined,
    gone: false,
    facts: undefined,
    draft: undefined,
    mtime,
    saved: { base },
    unsaved: undefined,
    handedOut: undefined,
    origins: [],
  };
}

/** The text that VS Code sees as the file. */
export function textOf(state: Knowledge): string {
  return state.draft ?? formatMessage(state.saved.base);
}

/** True when the saved text says something else than its base; one that differs only in layout does not. */
export function isDraft({ draft, saved }: Knowledge): boolean {
  if (draft === undefined) return false;
  const mine = contentOf(parseMessage(draft));
  return mine === undefined || changedMembers(saved.base, mine).length > 0;
}

/** True when there is something to modify or to discard: a draft, or text that is not saved yet. */
export function isChanged(state: Knowledge): boolean {
  return state.unsaved !== undefined || isDraft(state);
}

/** True when the service is known to show something else than what the text was made from. */
export function isConflict({ base, service }: Knowledge): boolean {
  return service !== undefined && !sameContent(base, service);
}

/** True when a person began to merge the service's content into the text and has not finished. */
export function isUnmerged({ merging }: Knowledge): boolean {
  return merging !== undefined;
}

/** True when the message was recalled, as far as is known. */
export function wasRecalled({ facts }: Knowledge): boolean {
  return facts !== undefined && isRecalled(facts);
}

/** True when both rest on the same content, in the same state of a merge. */
export function sameRest(one: Rest, other: Rest): boolean {
  if (!sameContent(one.base, other.base)) return false;
  const [a, b] = [one.merging, other.merging];
  if (!a || !b) return a === b;
  return a.from === b.from && sameContent(a.onto, b.onto);
}

/**
 * What a text of the message was made from. The file may have moved on since an editor showed it; of a text that was
 * never here nothing is known.
 */
export function restOfText(state: Knowledge, text: string): Rest {
  if (state.unsaved?.text === text) return state.unsaved.rest;
  if (textOf(state) === text) return state.saved;
  return state.origins.find((origin) => origin.text === text)?.rest ?? { base: {} };
}
