import { isRecalled, type ChatMessage, type MessageContent } from '../chat/model';
import { changedMembers, sameContent } from '../message/changes';
import { contentOf, formatMessage, parseMessage } from '../message/document';
import type { MessageState } from './draftStore';
import type { MessageRef } from '../chat/address';

/** What is known of a message beside its content. */
export interface MessageFactsOnDisk {
  /** Unix seconds. */
  readonly time: number;
  /** `MsgFlagBits`. */
  readonly flags: number;
}

/** One message as the documents hold it. */
export interface MessageDocument {
  readonly ref: MessageRef;
  /** The service's content that the document was opened from. */
  readonly base: MessageContent;
  /** The service's content as last seen; undefined when it was not read in this session or is gone. */
  readonly service: MessageContent | undefined;
  readonly gone: boolean;
  readonly facts: MessageFactsOnDisk | undefined;
  /** The saved text when it differs from the base's text. */
  readonly draft: string | undefined;
  /** Milliseconds; rises with every change of the text that a reader sees, and with nothing else. */
  readonly mtime: number;
}

/** The text that VS Code sees as the file. */
export function textOf(document: MessageDocument): string {
  return document.draft ?? formatMessage(document.base);
}

/** True when the saved text says something else than the base; a draft that differs only in layout does not. */
export function isDraft(document: MessageDocument): boolean {
  if (document.draft === undefined) return false;
  const mine = contentOf(parseMessage(document.draft));
  return mine === undefined || changedMembers(document.base, mine).length > 0;
}

/** True when the service is known to show something else than what the document was opened from. */
export function isConflict(document: MessageDocument): boolean {
  return document.service !== undefined && !sameContent(document.base, document.service);
}

/** A message as it was just read, with nothing of the user's. */
export function fromService(ref: MessageRef, message: ChatMessage, now: number): MessageDocument {
  const { content, time, flags } = message;
  return {
    ref,
    base: content,
    service: content,
    gone: false,
    facts: { time, flags },
    draft: undefined,
    mtime: now,
  };
}

/** A message as this machine kept it. */
export function fromState(ref: MessageRef, state: MessageState): MessageDocument {
  return {
    ref,
    base: state.base,
    service: undefined,
    gone: false,
    facts: state.facts,
    draft: state.draft ?? undefined,
    mtime: state.savedAt,
  };
}

/** True when a message with these facts was recalled. */
export function wasRecalled(document: MessageDocument): boolean {
  return document.facts !== undefined && isRecalled(document.facts);
}
