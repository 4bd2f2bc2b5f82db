import { isRecord, member } from '../../json/values';
import { field, seconds, type Call, type CallContext } from './call';
import { Refusal, type RequestBody } from '../requestBody';
import { described } from './described';
import { isUserId } from './fields';

const BATCH = 100;
const PROFILE_BYTES = 500;
const TRIAL_ACCOUNTS = 100;
const THREE_MONTHS = 90 * 86_400;

/** `im_open_login_svc/account_import` (269/1608). `Identifier` is the name of `UserID` until 2021. */
export const accountImport: Call = {
  ...described('im_open_login_svc/account_import'),
  run(body, context) {
    const userId = importedId(body.get('UserID', 'Identifier'));
    importAccount(context, userId, profileOf(body.get('Nick'), body.get('FaceUrl')));
    return {};
  },
};

/** `im_open_login_svc/multiaccount_import` (269/4919): `AccountList`, or `Accounts` until 2024. */
export const multiAccountImport: Call = {
  ...described('im_open_login_svc/multiaccount_import'),
  run(body, context) {
    const list = batch(body, context, 'AccountList', 'Accounts');
    const accounts = list.map((item) => {
      if (typeof item === 'string') return { userId: importedId(item), profile: {} };
      if (!isRecord(item)) throw new Refusal(70402, 'an account is neither an object nor a string');
      const userId = importedId(member(item, 'UserID'));
      return { userId, profile: profileOf(body.within(item, 'Nick'), body.within(item, 'FaceUrl')) };
    });
    const failed: string[] = [];
    for (const { userId, profile } of accounts) {
      try {
        importAccount(context, userId, profile);
      } catch (error) {
        if (!(error instanceof Refusal) || accounts.length === 1) throw error;
        failed.push(userId);
      }
    }
    return { fields: field('FailAccounts', failed) };
  },
};

/** `im_open_login_svc/account_check` (269/38417). */
export const accountCheck: Call = {
  ...described('im_open_login_svc/account_check'),
  run(body, context) {
    const items = batch(body, context, 'CheckItem').map((item) => {
      const UserID = userIdOf(item);
      const imported = context.store.account(UserID) !== undefined || context.isAdministrator(UserID);
      return { UserID, ResultCode: 0, ResultInfo: '', AccountStatus: imported ? 'Imported' : 'NotImported' };
    });
    return { fields: field('ResultItem', items) };
  },
};

/** `im_open_login_svc/account_delete` (269/36443). */
export const accountDelete: Call = {
  ...described('im_open_login_svc/account_delete'),
  run(body, context) {
    const ids = batch(body, context, 'DeleteItem').map(userIdOf);
    if (context.settings.accountDelete === 'refused') {
      throw new Refusal(71000, 'accounts of this app cannot be deleted');
    }
    const items = ids.map((UserID) => {
      if (context.isAdministrator(UserID)) {
        return { ResultCode: 70402, ResultInfo: 'an administrator cannot be deleted', UserID };
      }
      if (!context.store.account(UserID)) {
        return { ResultCode: 70107, ResultInfo: 'Err_TLS_PT_Open_Login_Account_Not_Exist', UserID };
      }
      context.store.change({ kind: 'accountDeleted', userId: UserID, time: seconds(context) });
      return { ResultCode: 0, ResultInfo: '', UserID };
    });
    return { fields: field('ResultItem', items) };
  },
};

function importedId(value: unknown): string {
  if (value === undefined) throw new Refusal(70402, 'UserID is missing');
  if (typeof value !== 'string') throw new Refusal(60015, 'UserID is not a string');
  if (!isUserId(value)) throw new Refusal(70402, 'UserID is not 1 to 32 printable ASCII characters');
  return value;
}

function userIdOf(item: unknown): string {
  return importedId(isRecord(item) ? member(item, 'UserID') : undefined);
}

function batch(body: RequestBody, context: CallContext, name: string, oldName?: string): unknown[] {
  const list = body.get(name, oldName);
  if (!Array.isArray(list) || list.length === 0) throw new Refusal(70402, `${name} is not a list`);
  if (list.length > BATCH) {
    throw new Refusal(context.settings.batchSizeCode, `more than ${BATCH} accounts`);
  }
  return list as unknown[];
}

function profileOf(nick: unknown, faceUrl: unknown): Record<string, string> {
  const profile: Record<string, string> = {};
  for (const [name, tag, value] of [
    ['Nick', 'Tag_Profile_IM_Nick', nick],
    ['FaceUrl', 'Tag_Profile_IM_Image', faceUrl],
  ] as const) {
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new Refusal(70402, `${name} is not a string`);
    if (Buffer.byteLength(value) > PROFILE_BYTES) throw new Refusal(40601, `${name} is too long`);
    profile[tag] = value;
  }
  return profile;
}

function importAccount(context: CallContext, userId: string, profile: Record<string, string>): void {
  const { store, settings } = context;
  const trial = settings.edition === 'trial';
  if (!store.account(userId)) {
    if (trial && store.accountCount >= TRIAL_ACCOUNTS) throw new Refusal(70398, 'too many accounts');
    const deletedAt = store.deletedAt(userId);
    if (!trial && deletedAt !== undefined && seconds(context) - deletedAt < THREE_MONTHS) {
      throw new Refusal(70399, 'the account was deleted less than three months ago');
    }
  }
  store.change({ kind: 'account', userId, profile });
}
