import type { CallName } from '../specs';

/** What people call a call beside its name and its purpose: the words of client SDKs and of other services. */
export const aliases: Readonly<Partial<Record<CallName, string>>> = {
  'openim/sendmsg': 'c2c single send_message 发消息',
  'openim/batchsendmsg': 'broadcast many 群发',
  'openim/admin_getroammsg': 'history roaming messages 历史 漫游',
  'openim/admin_msgwithdraw': 'withdraw revoke undo delete 撤销',
  'openim/modify_c2c_msg': 'edit update change 编辑',
  'openim/modify_group_msg': 'edit update change 编辑',
  'openim/query_online_status': 'state login presence 在线',
  'recentcontact/get_list': 'recent contacts sessions 最近联系人',
  'im_open_login_svc/account_import': 'register create user 注册',
  'im_open_login_svc/kick': 'logout sign out invalidate 踢下线',
  'profile/portrait_get': 'portrait user info 用户资料',
  'profile/portrait_set': 'portrait user info nickname avatar 昵称 头像',
  'sns/black_list_add': 'blacklist ban 拉黑',
  'group_open_http_svc/group_msg_get_simple': 'history roaming messages 历史 漫游',
  'group_open_http_svc/group_msg_recall': 'withdraw revoke undo delete 撤销',
  'group_open_http_svc/destroy_group': 'dismiss dissolve delete 删除群',
  'group_open_http_svc/add_group_member': 'invite join 拉人',
  'group_open_http_svc/delete_group_member': 'kick 踢人',
  'group_open_http_svc/forbid_send_msg': 'shut up silence ban 禁言',
  'group_open_http_svc/send_group_system_notification': 'notice announce 公告',
};
