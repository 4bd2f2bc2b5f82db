import type { Call } from '../call';
import { groupMsgGetSimple } from './messages/groupHistory';
import { importGroupMsg } from './messages/groupImport';
import { getAppidGroupList, getGroupInfo, getJoinedGroupList } from './groupLists';
import { changeGroupOwner, createGroup, destroyGroup, importGroup, modifyGroupBaseInfo } from './groupMaking';
import { modifyGroupMsg } from './messages/groupModify';
import { deleteGroupMsgBySender, groupMsgRecall } from './messages/groupRecall';
import { sendGroupMsg, sendGroupSystemNotification } from './messages/groupSend';
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
