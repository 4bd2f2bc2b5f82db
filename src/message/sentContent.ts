import type { MessageContent } from '../chat/chatMessage';
import { isEnclosed } from '../json/enclosed';
import { contentOf, MEMBERS, parseMessage, type Member } from './document';
import { SliceTracker } from './sliceTracker';

/**
 * What is sent of a document: its content, or, of a text that is not JSON, what was typed for each member, since people
 * debug formats by seeing what the service says.
 *
 * @returns undefined when the members cannot be told apart, or one of them could reach out of its place in a request
 */
export function sentContent(text: string): MessageContent | undefined {
  return contentOf(parseMessage(text)) ?? typedContent(text);
}

function typedContent(text: string): MessageContent | undefined {
  const { mode, parses, slices } = SliceTracker.of(text);
  if (mode === 'whole' || parses) return undefined;
  const typed = (member: Member): string | undefined => {
    const slice = slices[member];
    return slice && text.slice(slice.offset, slice.offset + slice.length);
  };
  if (!MEMBERS.every((member) => isEnclosed(typed(member) ?? ''))) return undefined;
  const msgBody = typed('MsgBody');
  const cloudCustomData = typed('CloudCustomData');
  return {
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  };
}
