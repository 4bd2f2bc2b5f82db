import type { Node } from 'jsonc-parser';
import { memberNode } from '../../json/tree';
import { MEMBERS, type Member } from '../document';
import { elementOf, elements, type ElementSpec } from '../elements';
import { meantName, meantType, normalised } from './names';

/** The two members of an element. */
export const ELEMENT_MEMBERS = ['MsgType', 'MsgContent'] as const;

/** What SDKs call the members of a message, as `normalised` has it: old and new Web SDK, C SDK. */
const MEMBER_ALIASES: Readonly<Record<string, Member>> = {
  elems: 'MsgBody',
  elements: 'MsgBody',
  messageelemarray: 'MsgBody',
  messagecloudcustomstr: 'CloudCustomData',
};

/** Names that only a message of an SDK has beside its elements, as `normalised` has it. */
const SDK_MEMBERS: ReadonlySet<string> = new Set([
  ...[
    'conversationid',
    'conversationtype',
    'clientsequence',
    'flow',
    'id',
    'from',
    'to',
    'sequence',
    'random',
    'sess',
  ],
  ...[
    'fromaccount',
    'issend',
    'subtype',
    'seq',
    'messageconvid',
    'messagemsgid',
    'messageseq',
    'messagesender',
  ],
]);

/** The member of a message that a wrong name means; undefined when none is near. */
export function meantMember(name: string): Member | undefined {
  const plain = normalised(name);
  return MEMBERS.find((member) => normalised(member) === plain) ?? MEMBER_ALIASES[plain];
}

/** An element as some SDK, or nobody in particular, writes it. */
export interface ForeignElement {
  /** Undefined when its type is unknown. */
  readonly spec: ElementSpec | undefined;
  /** The property that names the type. */
  readonly type: Node;
  /** The property that holds the fields; undefined when they stand beside the type. */
  readonly content: Node | undefined;
}

/**
 * Reads an element of an SDK: `{ type, payload }` and `{ type, content }` of Web SDKs, `{ elem_type, text_elem_content }`
 * of the C SDK.
 *
 * @returns undefined for an element of the server API, also a misspelt one, and for what is none
 */
export function sdkElement(node: Node): ForeignElement | undefined {
  if (node.type !== 'object' || apiMember(node, 'MsgType') || apiMember(node, 'MsgContent')) return undefined;
  const type = property(node, 'type');
  const payload = property(node, 'payload');
  const content = payload ?? property(node, 'content');
  const spec = specOf(valueOf(type));
  if (type && valueOf(type)?.type === 'string' && valueOf(content)?.type === 'object' && (spec ?? payload))
    return { spec, type, content };
  const number = property(node, 'elem_type');
  const numbered = elements.find(
    ({ elemType }) => elemType !== undefined && elemType === valueOf(number)?.value,
  );
  return number && numbered && { spec: numbered, type: number, content: undefined };
}

/** True for what holds the place of an element, under whatever names. */
export function looksLikeElement(node: Node): boolean {
  if (node.type !== 'object' || (node.children ?? []).some((one) => meantMember(nameOf(one)) === 'MsgBody'))
    return false;
  if (apiMember(node, 'MsgType') ?? apiMember(node, 'MsgContent')) return true;
  return sdkElement(node) !== undefined;
}

/** The elements and the custom data of a whole message of an SDK. */
export interface SdkMessage {
  readonly elements: readonly Node[];
  readonly customData: Node | undefined;
}

/** Reads a whole message of an SDK, which has much besides; undefined when it is none. */
export function sdkMessage(root: Node): SdkMessage | undefined {
  if (root.type !== 'object' || MEMBERS.some((member) => memberNode(root, member) !== undefined))
    return undefined;
  const properties = root.children ?? [];
  if (!properties.some((one) => SDK_MEMBERS.has(normalised(nameOf(one))))) return undefined;
  const list = properties
    .map((one) => (meantMember(nameOf(one)) === 'MsgBody' ? valueOf(one) : undefined))
    .find((value) => value?.type === 'array' && (value.children ?? []).some(looksLikeElement));
  const found = list ? (list.children ?? []) : sdkElement(root) ? [root] : [];
  if (found.length === 0 || !found.every((one) => sdkElement(one)?.spec !== undefined)) return undefined;
  const customData = properties.find((one) => meantMember(nameOf(one)) === 'CloudCustomData');
  return { elements: found, customData: valueOf(customData) };
}

/** The name of a property. */
export function nameOf(property: Node | undefined): string {
  return String(property?.children?.[0]?.value ?? '');
}

/** The value of a property. */
export function valueOf(property: Node | undefined): Node | undefined {
  return property?.children?.[1];
}

function specOf(type: Node | undefined): ElementSpec | undefined {
  const name = type?.type === 'string' ? String(type.value) : '';
  return elementOf(name) ?? elementOf(meantType(name));
}

/** The member of an element, in any spelling. */
function apiMember(node: Node, member: (typeof ELEMENT_MEMBERS)[number]): Node | undefined {
  return node.children?.find((one) => meantName([member], nameOf(one)) !== undefined);
}

function property(node: Node, name: string): Node | undefined {
  return node.children?.find((one) => nameOf(one) === name);
}
