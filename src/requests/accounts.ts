import { memberNode, parseStrict } from '../json/tree';

const NAMES = [
  'From_Account',
  'To_Account',
  'Operator_Account',
  'Peer_Account',
  'Member_Account',
  'Owner_Account',
];

/** The accounts that a body names, as far as an import may be what it lacks. */
export function accountsIn(body: string): string[] {
  const root = parseStrict(body);
  const found = NAMES.flatMap((name) => {
    const node = memberNode(root, name);
    const values = node?.type === 'array' ? (node.children ?? []) : node ? [node] : [];
    return values.flatMap(({ value }): string[] =>
      typeof value === 'string' && value !== '' ? [value] : [],
    );
  });
  return [...new Set(found)].slice(0, 100);
}
