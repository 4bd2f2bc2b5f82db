import type { Node } from 'jsonc-parser';
import type { MessageContent } from '../chat/chatMessage';
import { memberNode, parseStrict } from '../json/tree';
import { elementOf, type Language, type PreviewCard } from './elements';

/** One element as a chat client would show it, with the name of its type. */
export type PreviewPart =
  (PreviewCard & { readonly label: string }) | { readonly kind: 'unknown'; readonly msgType: string };

/** A message as a chat client would show it. */
export interface Preview {
  /** In order; empty when there is no body, or it cannot be read. */
  readonly parts: readonly PreviewPart[];
  /** Whether `MsgBody` can be read as elements. */
  readonly readable: boolean;
}

/** Shows a message as clients would, half-right elements included. Never throws. */
export function previewOf(content: MessageContent, language: Language): Preview {
  const elements = elementsOf(content);
  return {
    parts: (elements ?? []).map((element) => partOf(element, language)),
    readable: elements !== undefined,
  };
}

/**
 * The text of an offline push, put together as the service does: the elements' texts without anything between.
 * (A sender's `OfflinePushInfo` goes before it and is not stored with the message.)
 *
 * @returns undefined when the message is not pushed: a custom element alone without `Desc`, or no elements
 */
export function pushText(content: MessageContent, language: Language): string | undefined {
  const text = (elementsOf(content) ?? []).map((element) => pushOf(element, language)).join('');
  return text === '' ? undefined : text;
}

function pushOf(element: Node, language: Language): string {
  const push = elementOf(memberNode(element, 'MsgType')?.value)?.push;
  return typeof push === 'function' ? push(memberNode(element, 'MsgContent')) : (push?.[language] ?? '');
}

function elementsOf(content: MessageContent): readonly Node[] | undefined {
  const body = content.msgBody === undefined ? undefined : parseStrict(content.msgBody);
  return body?.type === 'array' ? (body.children ?? []) : undefined;
}

function partOf(element: Node, language: Language): PreviewPart {
  const msgType = memberNode(element, 'MsgType')?.value as unknown;
  const spec = elementOf(msgType);
  if (spec === undefined) return { kind: 'unknown', msgType: typeof msgType === 'string' ? msgType : '' };
  return { ...spec.preview(memberNode(element, 'MsgContent')), label: spec.name[language] };
}
