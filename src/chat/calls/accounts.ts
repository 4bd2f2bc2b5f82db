import { readFields, readSuccess, type Fields } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { inParts, requestBody } from '../wire/request';

/** The most accounts that one call takes. */
const AT_ONCE = 100;

export interface CheckedAccount {
  readonly userId: string;
  readonly imported: boolean;
}

export interface NewAccount {
  readonly userId: string;
  readonly nick?: string;
  readonly faceUrl?: string;
}

/** What became of one account; `code` 0 is success, 70107 says that there is none. */
export interface AccountResult {
  readonly userId: string;
  readonly code: number;
  readonly info: string;
}

export interface Portrait extends AccountResult {
  /** Values by tag, e.g. `Tag_Profile_IM_Nick`; empty when the item failed. */
  readonly tags: ReadonlyMap<string, string | number>;
}

export async function accountCheck(
  call: Caller,
  userIds: readonly string[],
  signal?: AbortSignal,
): Promise<CheckedAccount[]> {
  const command = 'im_open_login_svc/account_check';
  const imported = new Set<string>();
  for (const part of inParts(userIds, AT_ONCE)) {
    const body = requestBody({ CheckItem: part.map((UserID) => ({ UserID })) });
    const read = readFields(command, (fields) =>
      fields.objects('ResultItem').forEach((item) => {
        if (item.string('AccountStatus') === 'Imported') imported.add(item.string('UserID'));
      }),
    );
    await call(command, body, read, signal);
  }
  return userIds.map((userId) => ({ userId, imported: imported.has(userId) }));
}

export function accountImport(call: Caller, account: NewAccount, signal?: AbortSignal): Promise<void> {
  const command = 'im_open_login_svc/account_import';
  return call(command, requestBody(onWire(account)), readSuccess(command), signal);
}

export async function multiImport(
  call: Caller,
  accounts: readonly NewAccount[],
  signal?: AbortSignal,
): Promise<string[]> {
  const command = 'im_open_login_svc/multiaccount_import';
  const failed: string[] = [];
  const read = readFields(command, (fields) => fields.strings('FailAccounts'));
  for (const part of inParts(accounts, AT_ONCE)) {
    failed.push(...(await call(command, requestBody({ AccountList: part.map(onWire) }), read, signal)));
  }
  return failed;
}

function onWire({ userId, nick, faceUrl }: NewAccount) {
  return { UserID: userId, Nick: nick, FaceUrl: faceUrl };
}

export async function accountDelete(
  call: Caller,
  userIds: readonly string[],
  signal?: AbortSignal,
): Promise<AccountResult[]> {
  const command = 'im_open_login_svc/account_delete';
  const results: AccountResult[] = [];
  const read = readFields(command, (fields) =>
    fields.objects('ResultItem').map((item) => result(item, 'UserID')),
  );
  for (const part of inParts(userIds, AT_ONCE)) {
    const body = requestBody({ DeleteItem: part.map((UserID) => ({ UserID })) });
    results.push(...(await call(command, body, read, signal)));
  }
  return results;
}

export async function portraitGet(
  call: Caller,
  userIds: readonly string[],
  tags: readonly string[],
  signal?: AbortSignal,
): Promise<Portrait[]> {
  const command = 'profile/portrait_get';
  const portraits: Portrait[] = [];
  const read = readFields(command, (fields) =>
    fields.objects('UserProfileItem').map((item) => ({
      ...result(item, 'To_Account'),
      tags: new Map(
        item.objects('ProfileItem').map((entry) => {
          const value = entry.get('Value');
          return [entry.string('Tag'), typeof value === 'number' ? value : entry.string('Value')];
        }),
      ),
    })),
  );
  for (const part of inParts(userIds, AT_ONCE)) {
    const body = requestBody({ To_Account: part, TagList: tags });
    portraits.push(...(await call(command, body, read, signal)));
  }
  return portraits;
}

function result(item: Fields, account: string): AccountResult {
  const info = item.get('ResultInfo');
  return {
    userId: item.string(account),
    code: item.integer('ResultCode', 0),
    info: typeof info === 'string' ? info : '',
  };
}
