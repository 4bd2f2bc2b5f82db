import { isRecord } from '../../json/values';
import { Refusal, type RequestBody } from '../requestBody';
import type { Call } from './call';
import { described } from './described';
import { accountExists, isInteger } from './fields';

const VALUE_BYTES = 500;
const LOCATION_BYTES = 16;
const MAX_UINT32 = 4_294_967_295;

/** What a standard field can be (1047/33520): a text of so many bytes, a number, or one of some words. */
type Rule = { readonly bytes: number } | { readonly most: number } | { readonly words: readonly string[] };

const words = (prefix: string, ...names: readonly string[]): Rule => ({
  words: names.map((name) => prefix + name),
});

/** The standard fields, each with what it can be. */
export const standardTags: Readonly<Record<string, Rule>> = {
  Tag_Profile_IM_Nick: { bytes: VALUE_BYTES },
  Tag_Profile_IM_Gender: words('Gender_Type_', 'Unknown', 'Female', 'Male'),
  Tag_Profile_IM_BirthDay: { most: MAX_UINT32 },
  Tag_Profile_IM_Location: { bytes: LOCATION_BYTES },
  Tag_Profile_IM_SelfSignature: { bytes: VALUE_BYTES },
  Tag_Profile_IM_AllowType: words('AllowType_Type_', 'NeedConfirm', 'AllowAny', 'DenyAny'),
  Tag_Profile_IM_Language: { most: MAX_UINT32 },
  Tag_Profile_IM_Image: { bytes: VALUE_BYTES },
  Tag_Profile_IM_MsgSettings: { most: MAX_UINT32 },
  Tag_Profile_IM_AdminForbidType: words('AdminForbid_Type_', 'None', 'SendOut'),
  Tag_Profile_IM_Level: { most: 255 },
  Tag_Profile_IM_Role: { most: MAX_UINT32 },
};
const CUSTOM = /^Tag_Profile_Custom_[A-Za-z]{1,8}$/;

/**
 * `profile/portrait_set` (1047/34916). Which custom fields the console has is not known here: any is taken that is spelled
 * as one. That a place above 16 bytes is 40605 is inferred.
 */
export const portraitSet: Call = {
  ...described('profile/portrait_set'),
  run(body, context) {
    const userId = body.get('From_Account');
    if (typeof userId !== 'string' || userId === '') throw new Refusal(40001, 'From_Account is not a string');
    const profile = profileOf(body);
    if (!accountExists(context, userId)) throw new Refusal(40003, 'the account does not exist');
    context.store.change({ kind: 'account', userId, profile });
    context.webhooks.tellNow('Profile.CallbackPortraitSet', () => ({
      Operator_Account: context.administrator,
      From_Account: userId,
      ProfileItem: Object.entries(profile).map(([Tag, Value]) => ({ Tag, Value })),
    }));
    return {};
  },
};

function profileOf(body: RequestBody): Record<string, string | number> {
  const list = body.get('ProfileItem');
  if (!Array.isArray(list) || list.length === 0) throw new Refusal(40001, 'ProfileItem is not a list');
  const profile: Record<string, string | number> = {};
  for (const item of list as unknown[]) {
    const tag = isRecord(item) ? body.within(item, 'Tag') : undefined;
    const value = isRecord(item) ? body.within(item, 'Value') : undefined;
    if (typeof tag !== 'string') throw new Refusal(40001, 'Tag is not a string');
    profile[tag] = checkedValue(tag, value);
  }
  return profile;
}

function checkedValue(tag: string, value: unknown): string | number {
  const rule = Object.hasOwn(standardTags, tag) ? standardTags[tag] : undefined;
  if (!rule && !CUSTOM.test(tag)) throw new Refusal(40009, `there is no tag ${tag}`);
  if (rule && 'most' in rule) {
    if (typeof value !== 'number') throw new Refusal(40610, `${tag} is not a number`);
    if (!isInteger(value, 0, rule.most)) throw new Refusal(40605, `${tag} is not 0 to ${rule.most}`);
    return value;
  }
  if (!rule && typeof value === 'number') return value;
  if (typeof value !== 'string') throw new Refusal(40610, `${tag} is not a string`);
  if (rule && 'words' in rule && !rule.words.includes(value)) {
    throw new Refusal(40605, `${tag} is not one of ${rule.words.join(', ')}`);
  }
  if (Buffer.byteLength(value) > VALUE_BYTES)
    throw new Refusal(40601, `${tag} is longer than ${VALUE_BYTES} bytes`);
  if (rule && 'bytes' in rule && Buffer.byteLength(value) > rule.bytes) {
    throw new Refusal(40605, `${tag} is longer than ${rule.bytes} bytes`);
  }
  return value;
}
