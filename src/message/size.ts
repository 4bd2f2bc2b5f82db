import type { MessageContent } from '../chat/chatMessage';
import { minify } from '../json/layout';
import { tokensOf } from '../json/tokens';

/** Most bytes of one message, UTF-8 (trtc.io/34381; pages of 2021–22 say 8 KB). */
export const MESSAGE_LIMIT = 12 * 1024;

/** Bytes of a content in UTF-8 as its members are sent: without white space between tokens, nothing around them. */
export function messageBytes(content: MessageContent): number {
  return sum(content, (json) => utf8Bytes(minify(json)));
}

/** Why a content is too long, and by which measure. */
export interface TooLong {
  /**
   * `values`: the fields alone are longer than a message may be (80002); `json`: the JSON is, its fields alone are not
   * (93000). Pages name both codes and count in both ways (SDK error 8001; trtc.io/34348).
   */
  readonly what: 'values' | 'json';
  readonly bytes: number;
}

/**
 * Whether a content is longer than a message may be. Editor and sandbox both ask here.
 *
 * @returns undefined when it fits
 */
export function tooLong(content: MessageContent, limit = MESSAGE_LIMIT): TooLong | undefined {
  // No unit of a text is more than three bytes, so that a short one need not be gone through.
  if (3 * sum(content, (json) => json.length) <= limit) return undefined;
  const bytes = messageBytes(content);
  if (bytes <= limit) return undefined;
  const values = sum(content, valueBytes);
  return values > limit ? { what: 'values', bytes: values } : { what: 'json', bytes };
}

function sum(
  { msgBody = '', cloudCustomData = '' }: MessageContent,
  bytesOf: (json: string) => number,
): number {
  return bytesOf(msgBody) + bytesOf(cloudCustomData);
}

/** Bytes of the values in a JSON text: strings as what they say, numbers and literals as they stand; no names. */
function valueBytes(json: string): number {
  const tokens = tokensOf(json);
  return tokens.reduce((bytes, { kind, offset, end }, index) => {
    const text = json.slice(offset, end);
    if (kind === 'word') return bytes + text.length;
    if (kind !== 'string' || tokens[index + 1]?.kind === 'colon') return bytes;
    return bytes + utf8Bytes(text.includes('\\') ? String(JSON.parse(text)) : text.slice(1, -1));
  }, 0);
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
