import { accountCheck, accountDelete, accountImport, multiAccountImport } from './accounts';
import { batchSendMsg } from './batch';
import type { Call } from './call';
import { deleteContact, getContacts } from './contacts';
import { getAppidGroupList } from './groups';
import { getRoamMsg } from './history';
import { importMsg } from './import';
import { modifyC2cMsg } from './modify';
import { portraitGet } from './profile';
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
    portraitGet,
    getAppidGroupList,
  ].map((call) => [call.name, call]),
);
