import type { Account } from '../store/storedMessage';
import { field, type Call, type CallContext } from './call';
import { Refusal } from '../requestBody';
import { described } from './described';
import { standardTags } from './profileSet';

const MOST_ACCOUNTS = 100;
const CUSTOM = 'Tag_Profile_Custom_';
/** `profile/portrait_get` (269/1639): profile fields of users. A custom tag exists when some account has it. */
export const portraitGet: Call = {
  ...described('profile/portrait_get'),
  run(body, context) {
    const accounts = accountsOf(body.get('To_Account'));
    const tags = tagsOf(body.get('TagList'));
    for (const tag of tags) {
      if (!isTag(tag, context)) throw new Refusal(40009, `there is no tag ${tag}`);
    }
    const items = accounts.map((userId) => profileItem(userId, tags, context));
    const failed = items.filter((item) => item.ResultCode !== 0).map((item) => item.To_Account);
    return {
      fields: field('UserProfileItem', items) + (failed.length > 0 ? field('Fail_Account', failed) : ''),
    };
  },
};

function accountsOf(value: unknown): string[] {
  if (value === undefined) throw new Refusal(40002, 'To_Account is missing');
  if (!Array.isArray(value)) throw new Refusal(40001, 'To_Account is not a list');
  const list = value as unknown[];
  if (list.length === 0) throw new Refusal(40002, 'To_Account is empty');
  if (!list.every((item): item is string => typeof item === 'string')) {
    throw new Refusal(60015, 'To_Account has an item that is not a string');
  }
  if (list.length > MOST_ACCOUNTS) throw new Refusal(40001, `more than ${MOST_ACCOUNTS} accounts`);
  return list;
}

function tagsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  if (list.length === 0) throw new Refusal(40001, 'TagList is not a list');
  if (!list.every((item): item is string => typeof item === 'string')) {
    throw new Refusal(40001, 'TagList has an item that is not a string');
  }
  return list;
}

function isTag(tag: string, context: CallContext): boolean {
  if (!tag.startsWith(CUSTOM)) return Object.hasOwn(standardTags, tag);
  for (const account of context.store.allAccounts()) {
    if (account.profile.has(tag)) return true;
  }
  return false;
}

function profileItem(userId: string, tags: readonly string[], context: CallContext) {
  const account: Account | undefined = context.store.account(userId);
  if (!account && !context.isAdministrator(userId)) {
    return { To_Account: userId, ResultCode: 40003, ResultInfo: 'Err_Profile_Account_Not_Exist' };
  }
  const ProfileItem = tags.flatMap((Tag) => {
    const Value = account?.profile.get(Tag);
    return Value === undefined ? [] : [{ Tag, Value }];
  });
  return { To_Account: userId, ProfileItem, ResultCode: 0, ResultInfo: '' };
}
