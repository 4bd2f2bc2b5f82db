import type { Fix } from './fix';
import { removeMembers, renameProperty } from '../../json/memberEdits';
import { fix, LIKELY, SURE, type FixContext } from './context';

/** Gives a member the name that the problem expects. */
export function renameAsExpected({ property, problem }: FixContext): Fix[] {
  const { name, expected } = problem.values;
  if (property === undefined) return [];
  const [from, to] = [String(name), String(expected)];
  return fix('rename', { from, to }, renameProperty(property, to), SURE);
}

/** Removes the member that the problem is about. */
export function removeMember({ property }: FixContext, likely = false): Fix[] {
  const owner = property?.parent;
  if (property === undefined || owner === undefined) return [];
  const name = String(property.children?.[0]?.value);
  return fix('removeMember', { name }, removeMembers(owner, [property]), likely ? LIKELY : {});
}
