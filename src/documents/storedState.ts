import type { ChatMessage } from '../chat/chatMessage';
import type { MessageState } from './draftStore';
import { knowledgeOf, type Knowledge, type MessageFactsOnDisk, type SavedState } from './knowledge';
import { step } from './step';

/** What is known of a message beside its content. */
export function factsOf({ address, sender, time, flags }: ChatMessage): MessageFactsOnDisk {
  return { time, flags, ...(address.chat === 'group' && sender !== '' && { sender }) };
}

/** What another window left on the disk; undefined when it left no draft. */
export function savedOf({ base, merging, draft, facts, savedAt }: MessageState): SavedState | undefined {
  if (draft === null) return undefined;
  return { rest: { base, ...(merging && { merging }) }, draft, facts, savedAt };
}

/** A message as this machine kept it. */
export function fromState(state: MessageState): Knowledge {
  const { base, facts, savedAt } = state;
  const known = { ...knowledgeOf(base, savedAt), facts };
  const saved = savedOf(state);
  return saved
    ? { ...step(known, { kind: 'adopted', state: saved, at: savedAt }), origins: [], mtime: savedAt }
    : known;
}
