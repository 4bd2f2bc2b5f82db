import type { MessageContent } from '../chat/chatMessage';
import { previewOf } from '../message/preview';
import { summarize } from '../message/summary';

/** What a message says in words: its texts, a line each, whole; else what stands for it in a list. */
export function contentText(content: MessageContent): string {
  const texts = previewOf(content, 'en').parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  return texts.length > 0 ? texts.join('\n') : summarize(content).text;
}
