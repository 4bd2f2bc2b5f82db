import type { Clients } from '../store/relations';
import { Refusal, type RequestBody } from '../requestBody';
import { field, type Call, type CallContext, type Success } from './call';
import { described } from './described';
import { accountExists, isUserId, optionalInteger } from './fields';

const MOST_ACCOUNTS = 500;

/**
 * `openim/query_online_status` (1047/35477). Nobody logs in here: a seed says who is online, and by which clients. The code of
 * wrong fields is not on the page; it is the one of the family.
 */
export const queryOnlineStatus: Call = {
  ...described('openim/query_online_status'),
  run: answerStatuses,
};

/** `openim/querystate`: the name of the same call until 2020. */
export const queryState: Call = { ...described('openim/querystate'), run: answerStatuses };

/** `im_open_login_svc/kick` (1047/34957): logs a user out. UserSigs that were made before stay valid here. */
export const kick: Call = {
  ...described('im_open_login_svc/kick'),
  run(body, context) {
    const userId = body.get('UserID', 'Identifier');
    if (typeof userId !== 'string' || !isUserId(userId)) throw new Refusal(70402, 'UserID is not a UserID');
    if (!accountExists(context, userId)) throw new Refusal(70107, 'the account does not exist');
    context.store.change({ kind: 'status', userId, status: 'Offline' });
    return {};
  },
};

function answerStatuses(body: RequestBody, context: CallContext): Success {
  const accounts = accountsOf(body);
  const detail = optionalInteger(body, 'IsNeedDetail', 90001, 0, 1) === 1;
  const known = accounts.filter((userId) => accountExists(context, userId));
  const results = known.map((userId) => {
    const { status, clients } = context.store.relations.statusOf(userId);
    const list = detailOf(clients);
    return { To_Account: userId, Status: status, ...(detail && list.length > 0 && { Detail: list }) };
  });
  const errors = accounts
    .filter((userId) => !accountExists(context, userId))
    .map((userId) => ({ To_Account: userId, ErrorCode: 70107 }));
  return {
    fields: field('QueryResult', results) + (errors.length > 0 ? field('ErrorList', errors) : ''),
  };
}

function detailOf(clients: Clients): { Platform: string; Status: string }[] {
  return Object.entries(clients).map(([Platform, Status]) => ({ Platform, Status }));
}

function accountsOf(body: RequestBody): string[] {
  const value = body.get('To_Account');
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  if (list.length === 0 || list.length > MOST_ACCOUNTS) {
    throw new Refusal(90001, `To_Account is not a list of 1 to ${MOST_ACCOUNTS} accounts`);
  }
  if (!list.every((item): item is string => typeof item === 'string')) {
    throw new Refusal(90001, 'To_Account has an item that is not a string');
  }
  return list;
}
