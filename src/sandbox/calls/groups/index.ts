import type { Call } from '../call';
import { groupMsgGetSimple } from './groupHistory';
import { getAppidGroupList, getGroupInfo, getJoinedGroupList } from './groupLists';
import { modifyGroupMsg } from './groupModify';
import { deleteGroupMsgBySender, groupMsgRecall } from './groupRecall';
import { createTopic, getTopic } from './topics';

/** The calls of groups, of their members and messages, and of topics. */
export const groupCalls: readonly Call[] = [
  getAppidGroupList,
  getJoinedGroupList,
  getGroupInfo,
  groupMsgGetSimple,
  groupMsgRecall,
  deleteGroupMsgBySender,
  modifyGroupMsg,
  getTopic,
  createTopic,
];
