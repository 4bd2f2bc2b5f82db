import type { Call } from '../call';
import { groupMsgGetSimple } from './groupHistory';
import { importGroupMsg } from './groupImport';
import { getAppidGroupList, getGroupInfo, getJoinedGroupList } from './groupLists';
import { changeGroupOwner, createGroup, destroyGroup, importGroup, modifyGroupBaseInfo } from './groupMaking';
import { modifyGroupMsg } from './groupModify';
import { deleteGroupMsgBySender, groupMsgRecall } from './groupRecall';
import { sendGroupMsg, sendGroupSystemNotification } from './groupSend';
import {
  addGroupMember,
  deleteGroupMember,
  forbidSendMsg,
  getGroupMemberInfo,
  getRoleInGroup,
  importGroupMember,
} from './members';
import { createTopic, getTopic } from './topics';

/** The calls of groups, of their members and messages, and of topics. */
export const groupCalls: readonly Call[] = [
  getAppidGroupList,
  getJoinedGroupList,
  getGroupInfo,
  getGroupMemberInfo,
  getRoleInGroup,
  createGroup,
  importGroup,
  modifyGroupBaseInfo,
  changeGroupOwner,
  destroyGroup,
  addGroupMember,
  importGroupMember,
  deleteGroupMember,
  forbidSendMsg,
  sendGroupMsg,
  sendGroupSystemNotification,
  importGroupMsg,
  groupMsgGetSimple,
  groupMsgRecall,
  deleteGroupMsgBySender,
  modifyGroupMsg,
  getTopic,
  createTopic,
];
