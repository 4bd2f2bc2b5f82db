import type { Node } from 'jsonc-parser';
import { looksLikeElement } from '../checks/otherNames';
import { MEMBERS } from '../document';
import type { Fix } from './fix';
import { nodeText } from '../../json/tree';
import { addProperty, removeMembers } from '../../json/memberEdits';
import { fix, inStyleOf, LIKELY, replace, SURE, wrap, type FixContext, type Fixers } from './context';
import { removeMember, renameAsExpected } from './memberFixes';
import { convertMessage, oneOfMany } from './sdkFixes';
import { quote, unwrapString, wrapInString } from './values';

/** A message to begin with. */
const TEXT_BODY = '[{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "" } }]';

/** Fixes of what stands at the top of a document. */
export const rootFixes: Fixers = {
  rootNotObject: (context) => {
    const { text, node } = context;
    if (node?.type === 'string') return unwrapString(node, 'JSON', ['object', 'array']);
    const many = oneOfMany(context);
    if (many.length > 0) return many;
    if (node?.type !== 'array' || !(node.children ?? []).every(looksLikeElement)) return [];
    return fix('makeMessage', {}, wrap(node, inStyleOf(text, '{ "MsgBody": '), inStyleOf(text, ' }')), SURE);
  },
  rootIsElement: ({ text, node }) =>
    node === undefined
      ? []
      : fix('makeMessage', {}, wrap(node, inStyleOf(text, '{ "MsgBody": ['), inStyleOf(text, '] }')), SURE),
  noMembers: (context) => {
    const { text, node } = context;
    const many = oneOfMany(context);
    if (node?.type !== 'object' || many.length > 0) return many;
    return [
      ...fix(
        'addMember',
        { name: 'MsgBody' },
        [addProperty(text, node, 'MsgBody', inStyleOf(text, TEXT_BODY))],
        LIKELY,
      ),
      ...fix('addMember', { name: 'CloudCustomData' }, [addProperty(text, node, 'CloudCustomData', '""')]),
    ];
  },
  sdkMessage: convertMessage,
  memberName: renameAsExpected,
  requestMember: (context) => [...keepMessageOnly(context), ...removeMember(context)],
  unknownMember: (context) => [...removeMember(context), ...keepMessageOnly(context)],
  toAccountNotString: (context) => [...oneAccount(context), ...keepMessageOnly(context)],
  cloudCustomDataNotString: (context) => {
    const { node } = context;
    switch (node?.type) {
      case 'object':
      case 'array':
        return wrapInString(context, node, 'CloudCustomData');
      case 'number':
      case 'boolean':
        return quote(node, 'CloudCustomData');
      default:
        return removeMember(context, true);
    }
  },
};

function keepMessageOnly({ parsed }: FixContext): Fix[] {
  const { root } = parsed;
  if (root?.type !== 'object') return [];
  const isMember = (property: Node) => MEMBERS.some((member) => member === property.children?.[0]?.value);
  const others = (root.children ?? []).filter((property) => !isMember(property));
  if (others.length === (root.children ?? []).length) return [];
  return fix('keepMessageOnly', {}, removeMembers(root, others));
}

function oneAccount({ text, node }: FixContext): Fix[] {
  if (node?.type === 'number') return quote(node, 'To_Account');
  if (node?.type !== 'array') return [];
  const items = node.children ?? [];
  const [first] = items;
  if (first?.type !== 'string' && first?.type !== 'number') return [];
  const json = first.type === 'string' ? nodeText(text, first) : `"${nodeText(text, first)}"`;
  const value = String(first.value);
  return fix(
    'useFirst',
    { name: 'To_Account', value },
    replace(node, json),
    items.length === 1 ? SURE : LIKELY,
  );
}
