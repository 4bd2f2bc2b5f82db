import type { MessageContent } from '../chat/model';

/** Most bytes of one message, UTF-8 (trtc.io/34381; pages of 2021–22 say 8 KB). */
export const MESSAGE_LIMIT = 12 * 1024;

/** Bytes of a content in UTF-8, as its members would be sent: layout included, nothing around them. */
export function messageBytes(content: MessageContent): number {
  return utf8Bytes(content.msgBody ?? '') + utf8Bytes(content.cloudCustomData ?? '');
}

/** Bytes of a text in UTF-8. A lone surrogate counts as the three bytes of its replacement character. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    bytes += code < 0x800 ? 1 : 2;
    if (code >= 0xd800 && code < 0xdc00) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        // Two units of a pair make four bytes: two of them are counted by the length, two above.
        at += 1;
      }
    }
  }
  return bytes;
}
