import { addProperty, removeMembers } from '../json/memberEdits';
import { prettyPrint } from '../json/layout';
import { applyEdits } from '../json/text';
import { parseJson, propertyNode } from '../json/tree';

/** The document of a message that is not sent yet, of its members as JSON texts. */
export function formatOutgoing(members: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(members).flatMap(([name, json]) =>
    json === undefined ? [] : [`${JSON.stringify(name)}:${json}`],
  );
  return `${prettyPrint(`{${given.join('\n,')}\n}`)}\n`;
}

/** The text with a member set to a JSON text, or without it; nothing else of it changes. */
export function withMember(text: string, name: string, json: string | undefined): string {
  const { root } = parseJson(text);
  if (root?.type !== 'object') return text;
  const property = propertyNode(root, name);
  const value = property?.children?.[1];
  if (json === undefined) return property ? applyEdits(text, removeMembers(root, [property])) : text;
  const edit = value
    ? { offset: value.offset, length: value.length, text: json }
    : addProperty(text, root, name, json);
  return applyEdits(text, [edit]);
}
