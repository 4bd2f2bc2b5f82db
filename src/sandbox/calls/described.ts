import { specOf, type CallName } from '../../chat/calls/specs';
import type { Call } from './call';

/** A call without what it does, from its description. */
export function described(name: CallName): Omit<Call, 'run'> {
  const { notAdministrator, notJson, perSecond, tooFrequent, display } = specOf(name);
  return { name, notAdministrator, notJson, perSecond, tooFrequent, display };
}
