import type { MessageContent } from '../chat/chatMessage';
import { isRecord } from '../json/values';
import type { Merging, Rest } from './knowledge';

/** The members of a file that say what a text rests on, and nothing that a caller's object carries besides. */
export function plainRest({ base, merging }: Rest): { base: MessageContent; merging?: Merging } {
  return {
    base: plainContent(base),
    ...(merging && { merging: { onto: plainContent(merging.onto), from: merging.from } }),
  };
}

/** What a text rests on, as {@link plainRest} wrote it; undefined when it is none. */
export function restFrom({ base, merging }: Record<string, unknown>): Rest | undefined {
  if (!isContent(base)) return undefined;
  if (merging === undefined) return { base };
  if (!isRecord(merging) || !isContent(merging.onto) || typeof merging.from !== 'string') return undefined;
  return { base, merging: { onto: merging.onto, from: merging.from } };
}

function isContent(value: unknown): value is MessageContent {
  if (!isRecord(value)) return false;
  const { msgBody, cloudCustomData } = value;
  return [msgBody, cloudCustomData].every((member) => member === undefined || typeof member === 'string');
}

function plainContent({ msgBody, cloudCustomData }: MessageContent): MessageContent {
  return {
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  };
}
