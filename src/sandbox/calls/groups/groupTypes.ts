import { Refusal } from '../../requestBody';
import type { GroupType } from '../../store/groups/groupRecords';
import { GROUP_CODES } from './groupFields';

/** Today's names of two types beside those that REST calls use (269/1615). */
const names: Readonly<Record<string, GroupType>> = {
  Private: 'Private',
  Work: 'Private',
  Public: 'Public',
  ChatRoom: 'ChatRoom',
  Meeting: 'ChatRoom',
  AVChatRoom: 'AVChatRoom',
  Community: 'Community',
};

/** The type of that name; refuses any other. */
export function typeOf(name: unknown): GroupType {
  const type = typeof name === 'string' && Object.hasOwn(names, name) ? names[name] : undefined;
  if (!type) throw new Refusal(GROUP_CODES.parameter, 'there is no such type of group');
  return type;
}
