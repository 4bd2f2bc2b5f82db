import type { MessageContent } from '../chat/chatMessage';
import { isRecord, valueOfJson } from '../json/values';

/** Deeper than that nobody hides words. */
const DEEPEST = 20;

/** What a message is searched in: its texts as a person reads them, those of JSON in strings too, and its JSON as it is. */
export function searchedText({ msgBody = '', cloudCustomData = '' }: MessageContent): string {
  const words: string[] = [];
  for (const json of [msgBody, cloudCustomData]) collect(valueOfJson(json), words, 0);
  return [...words, msgBody, cloudCustomData].join('\n');
}

function collect(value: unknown, words: string[], depth: number): void {
  if (depth > DEEPEST) return;
  if (typeof value === 'string') {
    words.push(value);
    if (/^\s*[[{]/.test(value)) collect(valueOfJson(value), words, depth + 1);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, words, depth + 1);
  } else if (isRecord(value)) {
    for (const member of Object.values(value)) collect(member, words, depth + 1);
  }
}
