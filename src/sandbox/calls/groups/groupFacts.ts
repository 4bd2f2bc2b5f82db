import { isRecord, member } from '../../../json/values';
import { Refusal, type RequestBody } from '../../requestBody';
import type { GroupFacts } from '../../store/groups/groupRecords';
import { optionalInteger } from '../fields';
import { GROUP_CODES, optionalText } from './groupFields';

const joinOptions = ['FreeAccess', 'NeedPermission', 'DisableApply'];
/** Bytes that a name may have (269/1615, 269/1620). */
const NAME_BYTES = 30;
const MOST_MEMBERS = 2000;

/** The facts of a group that a request gives; names and limits are those of `create_group` and `modify_group_base_info`. */
export function factsIn(
  body: RequestBody,
  mostMembers: 'MaxMemberCount' | 'MaxMemberNum',
): Partial<GroupFacts> {
  const name = optionalText(body, 'Name', NAME_BYTES);
  if (name === '') throw new Refusal(GROUP_CODES.parameter, 'Name is empty');
  const introduction = optionalText(body, 'Introduction', 240);
  const notification = optionalText(body, 'Notification', 300);
  const faceUrl = optionalText(body, 'FaceUrl', 100);
  const maxMembers = optionalInteger(body, mostMembers, GROUP_CODES.parameter, 1, 4_294_967_295);
  const applyJoin = optionalText(body, 'ApplyJoinOption');
  if (applyJoin !== undefined && !joinOptions.includes(applyJoin))
    throw new Refusal(GROUP_CODES.parameter, `ApplyJoinOption is not one of ${joinOptions.join(', ')}`);
  return {
    ...(name !== undefined && { name }),
    ...(introduction !== undefined && { introduction }),
    ...(notification !== undefined && { notification }),
    ...(faceUrl !== undefined && { faceUrl }),
    ...(maxMembers !== undefined && { maxMembers }),
    ...(applyJoin !== undefined && { applyJoin }),
  };
}

/** `AppDefinedData` laid over what was there; an empty value takes a key away. */
export function customIn(
  body: RequestBody,
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  const value = body.get('AppDefinedData');
  if (value === undefined) return { ...before };
  if (!Array.isArray(value)) throw new Refusal(GROUP_CODES.parameter, 'AppDefinedData is not a list');
  const custom: Record<string, string> = { ...before };
  for (const item of value as unknown[]) {
    const key = isRecord(item) ? member(item, 'Key') : undefined;
    const text = isRecord(item) ? member(item, 'Value') : undefined;
    if (typeof key !== 'string' || key === '' || typeof text !== 'string')
      throw new Refusal(GROUP_CODES.parameter, 'AppDefinedData has an item without Key and Value');
    if (text === '') Reflect.deleteProperty(custom, key);
    else custom[key] = text;
  }
  return custom;
}

/** A group of which only name and type are known. */
export function newFacts(
  known: Pick<GroupFacts, 'id' | 'type' | 'owner' | 'createTime' | 'supportsTopics' | 'custom'>,
  given: Partial<GroupFacts>,
): GroupFacts {
  return {
    name: '',
    introduction: '',
    notification: '',
    faceUrl: '',
    maxMembers: MOST_MEMBERS,
    applyJoin: 'NeedPermission',
    shutUpAll: false,
    lastInfoTime: known.createTime,
    ...given,
    ...known,
  };
}
