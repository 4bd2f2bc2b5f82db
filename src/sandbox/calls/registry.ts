import { accountCheck, accountDelete, accountImport, multiAccountImport } from './accounts';
import { batchSendMsg } from './batch';
import type { Call } from './call';
import { deleteContact, getContacts } from './contacts';
import { groupCalls } from './groups';
import { getRoamMsg } from './history';
import { importMsg } from './import';
import { modifyC2cMsg } from './modify';
import { kick, queryOnlineStatus, queryState } from './online';
import { portraitGet } from './profile';
import { portraitSet } from './profileSet';
import { friendAdd, friendImport, friendUpdate } from './relations/adding';
import { blackListAdd, blackListCheck, blackListDelete, blackListGet } from './relations/blockLists';
import {
  friendCheck,
  friendDelete,
  friendDeleteAll,
  friendGet,
  friendGetList,
} from './relations/friendLists';
import { adminMsgWithdraw, deleteC2cMsgRamble } from './recall';
import { sendMsg } from './send';
import { adminSetMsgRead, getC2cUnreadMsgNum } from './unread';

/** The calls that the sandbox has, by `service/command`. */
export const calls: ReadonlyMap<string, Call> = new Map(
  [
    sendMsg,
    batchSendMsg,
    importMsg,
    getRoamMsg,
    modifyC2cMsg,
    adminMsgWithdraw,
    adminSetMsgRead,
    getC2cUnreadMsgNum,
    deleteC2cMsgRamble,
    getContacts,
    deleteContact,
    accountImport,
    multiAccountImport,
    accountCheck,
    accountDelete,
    kick,
    queryOnlineStatus,
    queryState,
    portraitGet,
    portraitSet,
    friendAdd,
    friendImport,
    friendUpdate,
    friendDelete,
    friendDeleteAll,
    friendCheck,
    friendGet,
    friendGetList,
    blackListAdd,
    blackListDelete,
    blackListGet,
    blackListCheck,
    ...groupCalls,
  ].map((call) => [call.name, call]),
);
